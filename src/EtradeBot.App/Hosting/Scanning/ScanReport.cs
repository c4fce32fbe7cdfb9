using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Scanning;

/// <summary>A pattern on one of the last closed candles.</summary>
/// <param name="Value">As of <see cref="Patterns.Find"/>, never 0.</param>
public sealed record ScanRow(Symbol Symbol, Timeframe Timeframe, PatternInfo Pattern, int Value)
{
    public DateTimeOffset OpenTime { get; init; }

    public DateTimeOffset CloseTime { get; init; }

    /// <summary>Closed candles that have come since; 0 for the last one.</summary>
    public int Age { get; init; }

    /// <summary>Open of the first candle a chart should show to see it in its place.</summary>
    public DateTimeOffset ShownFrom { get; init; }

    /// <summary>What followed the same pattern in the same direction before, on the same symbol and timeframe, known by now.</summary>
    public required PatternEvidence Evidence { get; init; }

    /// <summary>1 bullish, -1 bearish, 0 neither.</summary>
    public int Direction => Pattern.DirectionOf(Value);
}

/// <summary>One symbol in one timeframe.</summary>
public sealed record ScanSeries(Symbol Symbol, Timeframe Timeframe)
{
    /// <summary>Closed candles that were looked at.</summary>
    public int Candles { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ScanRow> Rows { get; init; } = [];

    /// <summary>Why there is nothing, with the remedy; empty when there are candles.</summary>
    public string Problem { get; init; } = "";
}

/// <summary>What a scan of the watchlist found.</summary>
public sealed record ScanReport
{
    /// <summary>Questions asked of each series: every pattern, in both directions where it has two.</summary>
    public static readonly int TestsPerSeries = Patterns.All.Sum(info => info.Bias == PatternBias.EitherWay ? 2 : 1);

    /// <summary>In the watchlist's order, shortest timeframe first.</summary>
    public IReadOnlyList<ScanSeries> Series { get; init; } = [];

    /// <summary>Series there are to look at.</summary>
    public int Planned { get; init; }

    /// <summary>When the scan ended, by this machine's clock; null before the first.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Time it worked, waiting for history included.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Watched symbols that were left out, as there are too many.</summary>
    public int LeftOut { get; init; }

    /// <summary>Combinations of symbol, timeframe, pattern and direction that were looked at: so many chances for luck to look like evidence.</summary>
    public int Tests => Math.Max(1, Series.Count(series => series.Candles > 0) * TestsPerSeries);
}
