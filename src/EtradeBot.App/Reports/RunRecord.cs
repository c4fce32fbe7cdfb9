using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>A strategy's parameter as it was set: int, double, bool, string or the name of an enum's value.</summary>
sealed record RunParameter(string Name, object Value, object Default)
{
    public bool IsChanged => !Equals(Value, Default);
}

/// <summary>One setting of the account, the costs or the limits.</summary>
/// <param name="Key">snake_case, its name in summary.json.</param>
/// <param name="Label">Its name on screen.</param>
/// <param name="Value">bool, int, long, decimal, double, string or null: what summary.json holds.</param>
/// <param name="Words">The value as a reader wants it, with its unit.</param>
sealed record RunSetting(string Key, string Label, object? Value, string Words);

/// <summary>What was assumed where stop and target (or entry and stop) lay in one candle, and what the other assumptions would have given.</summary>
/// <param name="Policy">worst, best, path or drill.</param>
/// <param name="WorstEquity">Final equity in dollars under <c>worst</c>; null when it was not run.</param>
/// <param name="BestEquity">Final equity in dollars under <c>best</c>; null when it was not run.</param>
sealed record IntrabarOutcome(string Policy, double? WorstEquity, double? BestEquity)
{
    public double? Spread => BestEquity - WorstEquity;
}

/// <summary>Seconds spent before the files were written.</summary>
/// <param name="StartedAt">Timestamp of the clock given to <see cref="ResultFiles"/>, taken when the program began.</param>
sealed record RunTiming(double Load, double Indicators, double Simulation, long StartedAt);

/// <summary>One run, with everything needed to understand it and to run it again.</summary>
sealed record RunRecord
{
    public required BacktestResult Result { get; init; }

    public required Metrics Metrics { get; init; }

    /// <summary>The strategy's name on the command line.</summary>
    public required string Strategy { get; init; }

    /// <summary>Sorted by name.</summary>
    public required IReadOnlyList<RunParameter> Parameters { get; init; }

    public required IReadOnlyList<RunSetting> Settings { get; init; }

    /// <summary><see cref="CandleSeries.ContentHash"/> of each symbol's candles.</summary>
    public required IReadOnlyDictionary<Symbol, string> DataHashes { get; init; }

    public required string EngineVersion { get; init; }

    public required long Seed { get; init; }

    public required IntrabarOutcome Intrabar { get; init; }

    /// <summary>Warnings beyond those of the metrics and the result: about data and settings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public required RunTiming Timing { get; init; }

    /// <summary>The gravest first, each once.</summary>
    public IEnumerable<string> AllWarnings => Metrics.Warnings.Concat(Result.Warnings).Concat(Warnings).Distinct(StringComparer.Ordinal);

    public bool IsSimulated => Result.Candles.Any(series => series.Origin.IsSimulated);

    public string SymbolNames => string.Join(", ", Result.Candles.Select(series => series.Symbol.Ticker));

    public EquityCurve Curve => Result.Curve;
}
