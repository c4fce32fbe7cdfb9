using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.App.Reports;
using EtradeBot.Backtests;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>A name with a value in words.</summary>
/// <param name="Note">Beside it, small; may be empty.</param>
public sealed record ViewLine(string Key, string Label, string Text, string Note = "");

/// <summary>Where the candles of one symbol came from.</summary>
public sealed record ViewData(string Symbol, string Source, bool IsSimulated, string Adjustment, long Candles, string First, string Last, string Sha256);

/// <summary>Equal steps of a result and how many trades fell into each.</summary>
/// <param name="Unit">R, or % where there were no stops.</param>
/// <param name="First">Left edge of the first step, in the unit.</param>
public sealed record ViewHistogram(string Unit, double First, double Width, IReadOnlyList<int> Counts, double Mean, double Median)
{
    public bool IsR => Unit == "R";
}

/// <summary>A trade by how far it went against and for the account, and how it ended; percent of the entry value.</summary>
public sealed record ViewExcursion(int Trade, double Mae, double Mfe, double Result);

/// <summary>Part of the account in the market.</summary>
/// <param name="Day">Of New York.</param>
public sealed record ViewExposure(string Day, double Fraction);

/// <summary>view.json: what the page of a run shows beside its trades and its chart, as it was when it ran.</summary>
public sealed record RunView
{
    public const string FileName = "view.json";

    internal static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public required string Strategy { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    public required string Timeframe { get; init; }

    public required bool IsSimulated { get; init; }

    /// <summary>First and last day, number and length of the candles.</summary>
    public required string Period { get; init; }

    public required double StartValue { get; init; }

    public required double EndValue { get; init; }

    /// <summary>Fraction; so are the next two.</summary>
    public required double TotalReturn { get; init; }

    public required double? BenchmarkReturn { get; init; }

    public required double MaxDrawdown { get; init; }

    public required string BenchmarkSymbol { get; init; }

    public required string IntrabarPolicy { get; init; }

    /// <summary>Final equity under the worst assumption, and under the best; null when not run.</summary>
    public required double? WorstEquity { get; init; }

    public required double? BestEquity { get; init; }

    public required int AmbiguousCandles { get; init; }

    public required int Trades { get; init; }

    /// <summary>What to know before believing it; the gravest first.</summary>
    public required IReadOnlyList<string> Caveats { get; init; }

    public required IReadOnlyList<ViewLine> KeyFigures { get; init; }

    public required IReadOnlyList<MetricsRow> Metrics { get; init; }

    public required IReadOnlyList<MonthReturn> Months { get; init; }

    public required IReadOnlyList<ViewLine> Parameters { get; init; }

    public required IReadOnlyList<ViewLine> Settings { get; init; }

    public required IReadOnlyList<ViewData> Data { get; init; }

    /// <summary>Null without a trade.</summary>
    public required ViewHistogram? Results { get; init; }

    public required IReadOnlyList<ViewExcursion> Excursions { get; init; }

    public required IReadOnlyList<ViewExposure> Exposure { get; init; }

    public required string EngineVersion { get; init; }

    public required long Seed { get; init; }

    /// <summary>Timeframe of the candles drawn; longer than the run's own where there were too many.</summary>
    public required string DrawnTimeframe { get; init; }

    internal static CompanionFile File { get; } = new(FileName, (stream, run) => JsonSerializer.Serialize(stream, RunViewBuilder.Of(run), Json));
}
