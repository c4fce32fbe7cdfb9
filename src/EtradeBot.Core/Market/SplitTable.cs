using System.Globalization;

namespace EtradeBot.Market;

/// <summary>One share split.</summary>
/// <param name="ExDate">First day on which the stock traded at its new scale.</param>
/// <param name="Factor">New shares for each old one: 4 for a 4:1 split, 0.1 for a reverse split of 1:10.</param>
public readonly record struct Split(DateOnly ExDate, double Factor);

/// <summary>The splits of one symbol, oldest first, and the adjustment of raw prices for them.</summary>
public sealed class SplitTable
{
    const double LargestFactor = 10_000;

    /// <summary>Below 3:2 a day's own move can hide the jump, so its absence proves nothing.</summary>
    const double SmallestSureFactor = 1.5;

    SplitTable(IReadOnlyList<Split> splits) => Splits = splits;

    public IReadOnlyList<Split> Splits { get; }

    /// <summary>Reads lines of <c>date,factor</c>, such as <c>2020-08-31,4</c>, in any order; a header, blank lines and lines that begin with # are passed over.</summary>
    /// <param name="name">File name for messages.</param>
    /// <exception cref="CandleDataException">A line cannot be read, or a day stands in it twice.</exception>
    public static SplitTable Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var splits = new SortedDictionary<DateOnly, Split>();
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.Trim().TrimStart('\uFEFF').ToString();
            if (line.Length == 0 || line[0] == '#' || line.Replace(" ", "", StringComparison.Ordinal).Equals("date,factor", StringComparison.OrdinalIgnoreCase)) continue;
            var split = ParseLine(line, $"{name} line {number}");
            if (!splits.TryAdd(split.ExDate, split))
                throw new CandleDataException($"{name} line {number}, column date: {split.ExDate:yyyy-MM-dd} stands in the file twice; leave one line for each day");
        }
        return new SplitTable([.. splits.Values]);
    }

    /// <summary>The series with prices before each ex-date divided, and volumes multiplied, by the splits that followed; the given series stays as it is.</summary>
    /// <exception cref="CandleDataException">
    /// The series is already adjusted, or of unknown adjustment and without the jump that a split of 3:2 or more must show; a split falls
    /// inside a weekly candle.
    /// </exception>
    public CandleSeries Adjust(CandleSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Origin.Adjustment is PriceAdjustment.Splits or PriceAdjustment.SplitsAndDividends)
            throw new CandleDataException($"{series.Symbol}: the prices of {series.Origin.Source} are already adjusted for splits; give raw prices or leave the factor file out");
        foreach (var split in Splits) Check(series, split);
        return Divided(series).With(series.Symbol, series.Origin with { Adjustment = PriceAdjustment.Splits });
    }

    static Split ParseLine(string line, string place)
    {
        var cells = line.Split(',', StringSplitOptions.TrimEntries);
        if (cells.Length != 2)
            throw new CandleDataException($"{place}: '{line}' has {cells.Length} cells; write date,factor such as 2020-08-31,4");
        if (!DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            throw new CandleDataException($"{place}, column date: '{cells[0]}' is not a day; write it as 2020-08-31");
        if (!double.TryParse(cells[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
            || factor is not (>= 1 / LargestFactor and <= LargestFactor))
            throw new CandleDataException($"{place}, column factor: '{cells[1]}' is not a number from 0.0001 to 10000; write the new shares for each old one, such as 4 for a 4:1 split");
        return new Split(day, factor);
    }

    static void Check(CandleSeries series, Split split)
    {
        var first = FirstCandleOn(series, split.ExDate);
        if (first == 0) return;
        if (series.Timeframe == Timeframe.W1 && MarketCalendar.Nyse.CloseTicks(series.OpenTicks[first - 1], Timeframe.W1) > Midnight(split.ExDate))
            throw new CandleDataException(
                $"{series.Symbol}: the split of {split.ExDate:yyyy-MM-dd} falls inside the weekly candle of {series.Label(first - 1)}, "
                + "which mixes both scales; adjust daily candles and resample them");
        if (series.Origin.Adjustment == PriceAdjustment.Unknown && first < series.Count) RefuseWithoutJump(series, split, first);
    }

    /// <summary>Prices adjusted once already show no jump at the split; dividing them again would make one.</summary>
    static void RefuseWithoutJump(CandleSeries series, Split split, int first)
    {
        if (Math.Abs(Math.Log(split.Factor)) < Math.Log(SmallestSureFactor)) return;
        double before = series.Close[first - 1], after = series.Close[first];
        var jump = Math.Log(before / after);
        if (Math.Abs(jump) >= Math.Abs(jump - Math.Log(split.Factor))) return;
        var culture = CultureInfo.InvariantCulture;
        throw new CandleDataException(
            $"{series.Symbol}: {series.Origin.Source} closes at {before.ToString(culture)} before and {after.ToString(culture)} "
            + $"on {split.ExDate:yyyy-MM-dd}, which is no split of {split.Factor.ToString(culture)}:1; its prices seem adjusted already, so leave the factor file out or correct it");
    }

    CandleSeries Divided(CandleSeries series)
    {
        var columns = new CandleColumns(series.Count);
        var next = -1; // the first split after candle i
        var factor = 1.0;
        for (var i = 0; i < series.Count; i++)
        {
            if (next < 0 || (next < Splits.Count && series.OpenTicks[i] >= Midnight(Splits[next].ExDate)))
            {
                next = FirstSplitAfter(series.OpenTicks[i]);
                factor = Splits.Skip(next).Aggregate(1.0, (product, split) => product * split.Factor);
            }
            var volume = factor == 1 ? series.Volume[i] : checked((long)Math.Round(series.Volume[i] * factor));
            columns.Add(series.OpenTicks[i], series.Open[i] / factor, series.High[i] / factor, series.Low[i] / factor, series.Close[i] / factor, volume);
        }
        return CandleSeries.FromColumns(series.Symbol, series.Timeframe, series.Origin, columns);
    }

    int FirstSplitAfter(long openTicks)
    {
        var next = 0;
        while (next < Splits.Count && openTicks >= Midnight(Splits[next].ExDate)) next++;
        return next;
    }

    static int FirstCandleOn(CandleSeries series, DateOnly day) => series.IndexAtOrAfter(new DateTimeOffset(Midnight(day), TimeSpan.Zero));

    static long Midnight(DateOnly day) => MarketCalendar.Nyse.UtcTicks(day, 0);
}
