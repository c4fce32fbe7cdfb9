using EtradeBot.App.Commands;

namespace EtradeBot.App.Hosting.Backtests;

public enum RunState
{
    Queued,
    Running,
    Finished,
    Failed,
    Cancelled,

    /// <summary>The program ended while it waited or ran.</summary>
    Interrupted,
}

/// <summary>How far a run is.</summary>
/// <param name="Done">Fraction of the whole work, 0 to 1.</param>
/// <param name="Left">Estimate; null while there is nothing to estimate from.</param>
public sealed record RunProgress(RunPhase Phase, double Done, long CandlesDone, long Candles, TimeSpan Elapsed, TimeSpan? Left);

/// <summary>The few figures of a finished run that a list shows; fractions, NaN where undefined.</summary>
public sealed record RunFigures
{
    public required double StartValue { get; init; }

    public required double EndValue { get; init; }

    public required double TotalReturn { get; init; }

    public required double BenchmarkReturn { get; init; }

    public required double Sharpe { get; init; }

    public required double MaxDrawdown { get; init; }

    public required int RoundTrips { get; init; }

    public required long Candles { get; init; }

    /// <summary>Labels of the first and last candle traded.</summary>
    public required string Start { get; init; }

    public required string End { get; init; }

    public required bool IsSimulated { get; init; }

    /// <summary>Of the whole run, files included.</summary>
    public required double Seconds { get; init; }
}

/// <summary>One backtest, whatever became of it. Immutable; the desk replaces it.</summary>
/// <param name="Id">Name of its folder.</param>
public sealed record RunEntry(string Id, RunState State, BacktestForm Form, DateTimeOffset CreatedAt)
{
    /// <summary>Who asked for it; empty for a run of the command line.</summary>
    public string By { get; init; } = "";

    /// <summary>The run that this one repeats.</summary>
    public string? AgainOf { get; init; }

    /// <summary>Why it failed, in one sentence.</summary>
    public string Problem { get; init; } = "";

    public RunProgress? Progress { get; init; }

    public RunFigures? Figures { get; init; }

    /// <summary>Made by the command line: its files are there, its charts are in report.html.</summary>
    public bool IsFromCommandLine { get; init; }

    public bool IsOver => State is not (RunState.Queued or RunState.Running);

    public string SymbolNames => Text(FormFields.Symbols);

    public string Timeframe => Text(FormFields.Timeframe);

    public string Strategy => Text(FormFields.Strategy);

    string Text(string key) => Form[key];
}
