using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>Candles of one symbol from two sources, where they overlap.</summary>
sealed record SourceComparison(string Source, string Other)
{
    /// <summary>Closes further apart than this fraction count as different.</summary>
    public const double Tolerance = 0.001;

    const int Shown = 5;

    /// <summary>Candles both have.</summary>
    public int Common { get; private init; }

    /// <summary>Candles that only <see cref="Source"/> has, from the first to the last common one.</summary>
    public int OnlyInSource { get; private init; }

    /// <summary>Candles that only <see cref="Other"/> has, from the first to the last common one.</summary>
    public int OnlyInOther { get; private init; }

    /// <summary>Common candles whose closes differ by more than <see cref="Tolerance"/>.</summary>
    public int Different { get; private init; }

    /// <summary>The largest difference of two closes, as a fraction.</summary>
    public double Largest { get; private init; }

    /// <summary>The candle of <see cref="Largest"/>; empty where nothing is common.</summary>
    public string LargestAt { get; private init; } = "";

    /// <summary>The first of the <see cref="Different"/> candles.</summary>
    public IReadOnlyList<string> Examples { get; private init; } = [];

    public bool Agrees => Common > 0 && Different == 0 && OnlyInSource == 0 && OnlyInOther == 0;

    public static SourceComparison Of(CandleSeries candles, CandleSeries others)
    {
        var comparison = new SourceComparison(candles.Origin.Source, others.Origin.Source);
        if (candles.Count == 0 || others.Count == 0) return comparison;
        var from = candles.OpenTime(0) > others.OpenTime(0) ? candles.OpenTime(0) : others.OpenTime(0);
        var to = candles.OpenTime(candles.Count - 1) < others.OpenTime(others.Count - 1) ? candles.OpenTime(candles.Count - 1) : others.OpenTime(others.Count - 1);
        if (to < from) return comparison;
        return Compare(comparison, Between(candles, from, to), Between(others, from, to));
    }

    static CandleSeries Between(CandleSeries candles, DateTimeOffset from, DateTimeOffset to)
    {
        var start = candles.IndexAtOrAfter(from);
        return candles.Slice(start, candles.IndexAtOrAfter(to.AddTicks(1)) - start);
    }

    static SourceComparison Compare(SourceComparison empty, CandleSeries a, CandleSeries b)
    {
        int i = 0, j = 0, common = 0, different = 0;
        var largest = -1.0;
        var largestAt = "";
        var examples = new List<string>();
        while (i < a.Count && j < b.Count)
        {
            if (a.OpenTicks[i] < b.OpenTicks[j]) i++;
            else if (a.OpenTicks[i] > b.OpenTicks[j]) j++;
            else
            {
                common++;
                var apart = Math.Abs(b.Close[j] / a.Close[i] - 1);
                if (apart > largest) (largest, largestAt) = (apart, a.Label(i));
                if (apart > Tolerance && ++different <= Shown)
                    examples.Add(FormattableString.Invariant($"{a.Label(i)}: close {a.Close[i]:R} in {empty.Source}, {b.Close[j]:R} in {empty.Other}"));
                i++;
                j++;
            }
        }
        return empty with
        {
            Common = common,
            OnlyInSource = a.Count - common,
            OnlyInOther = b.Count - common,
            Different = different,
            Largest = Math.Max(largest, 0),
            LargestAt = largestAt,
            Examples = examples,
        };
    }
}
