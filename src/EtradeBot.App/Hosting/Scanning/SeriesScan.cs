using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Scanning;

/// <summary>Looks at one series: the patterns on its last candles, and what followed them before.</summary>
static class SeriesScan
{
    /// <summary>Closed candles that are looked at for patterns.</summary>
    public const int Latest = 10;

    /// <summary>Candles before the pattern that a chart shows with it.</summary>
    const int Before = 80;

    /// <summary>Candles before the latest that their averages need.</summary>
    const int WarmUp = 1_000;

    static readonly Pattern[] All = [.. Patterns.All.Select(info => info.Pattern)];

    public static ScanSeries Of(CandleSeries candles)
    {
        var shown = OnLatest(candles);
        var found = Patterns.FindAll(candles, shown);
        var known = new Dictionary<(Pattern, int), PatternEvidence>();
        var rows = new List<ScanRow>();
        for (var age = 0; age < Math.Min(Latest, candles.Count); age++)
        {
            var index = candles.Count - 1 - age;
            foreach (var (info, values) in shown.Select(Patterns.Info).Zip(found))
                if (values[index] is not 0 and var value) rows.Add(Row(candles, index, (info, value), Evidence(info.Pattern, info.DirectionOf(value), values)));
        }
        return new(candles.Symbol, candles.Timeframe) { Candles = candles.Count, Rows = rows };

        PatternEvidence Evidence(Pattern pattern, int direction, sbyte[] values)
        {
            if (!known.TryGetValue((pattern, direction), out var evidence)) known[(pattern, direction)] = evidence = PatternEvidence.Of(candles, values, pattern, direction);
            return evidence;
        }
    }

    /// <summary>Patterns on the latest candles: only of those the whole history is worth looking at.</summary>
    static Pattern[] OnLatest(CandleSeries candles)
    {
        var from = Math.Max(0, candles.Count - Latest - WarmUp);
        var found = Patterns.FindAll(candles.Slice(from, candles.Count - from), All);
        return [.. All.Zip(found).Where(pair => pair.Second.AsSpan(Math.Max(0, pair.Second.Length - Latest)).ContainsAnyExcept((sbyte)0)).Select(pair => pair.First)];
    }

    static ScanRow Row(CandleSeries candles, int index, (PatternInfo Pattern, int Value) found, PatternEvidence evidence)
    {
        var openTime = candles.OpenTime(index);
        return new(candles.Symbol, candles.Timeframe, found.Pattern, found.Value)
        {
            OpenTime = openTime,
            CloseTime = MarketCalendar.Nyse.CloseTime(openTime, candles.Timeframe),
            Age = candles.Count - 1 - index,
            ShownFrom = candles.OpenTime(Math.Max(0, index - Before)),
            Evidence = evidence,
        };
    }
}
