namespace EtradeBot.App.Commands;

/// <summary>What a backtest is busy with, in the order it happens.</summary>
public enum RunPhase
{
    /// <summary>Reading and checking candles.</summary>
    Loading,
    Simulating,

    /// <summary>Figures and their intervals.</summary>
    Measuring,

    /// <summary>The same run under the worst and the best intrabar assumption.</summary>
    Comparing,
    Writing,
}

/// <param name="Done">Fraction of the phase, 0 to 1.</param>
readonly record struct RunStep(RunPhase Phase, double Done);
