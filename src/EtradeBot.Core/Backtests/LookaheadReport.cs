using System.Globalization;

namespace EtradeBot.Backtests;

public sealed record LookaheadOptions
{
    /// <summary>Seed of the random cuts, when not every cut is affordable.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Candle steps to spend at most, about: every cut of up to 10,000 candles costs 50 million.</summary>
    public long MaxSteps { get; init; } = 50_000_000;
}

public enum LookaheadKind
{
    /// <summary>Two runs over the same candles differ: remembered state, a clock or chance.</summary>
    NotRepeatable,

    /// <summary>A line's past value changes with the candles that follow.</summary>
    Line,

    /// <summary>A past decision changes with the candles that follow.</summary>
    Decision,

    /// <summary>It throws on a shorter history but not on the whole one.</summary>
    Failure,
}

/// <summary>The first place where a run differs from the full run.</summary>
public sealed record LookaheadFinding
{
    public required LookaheadKind Kind { get; init; }

    /// <summary>Index of the candle whose line value or decision differs.</summary>
    public required int Index { get; init; }

    /// <summary>Which line, from 1, in the order the strategy asked for them; null for a decision.</summary>
    public int? Line { get; init; }

    /// <summary>Fewest candles after <see cref="Index"/> whose arrival changes the value; null where that has no meaning.</summary>
    public int? CandlesAhead { get; init; }

    /// <summary>What differs, at which candle, in words.</summary>
    public required string Message { get; init; }
}

/// <summary>What a look-ahead check tried and found.</summary>
public sealed record LookaheadReport
{
    public required int Candles { get; init; }

    /// <summary>Shortened histories that were run.</summary>
    public required int CutsRun { get; init; }

    /// <summary>Where the history was cut, in words.</summary>
    public required string Cuts { get; init; }

    /// <summary>Signals returned in the full run.</summary>
    public required int Decisions { get; init; }

    /// <summary>Lines asked for in the full run.</summary>
    public required int Lines { get; init; }

    /// <summary>The first difference of each line, then of the decisions; empty when the strategy is clean.</summary>
    public required IReadOnlyList<LookaheadFinding> Findings { get; init; }

    public bool IsClean => Findings.Count == 0;

    /// <summary>What was tried, in one sentence.</summary>
    public string Effort => string.Create(CultureInfo.InvariantCulture,
        $"{Candles:N0} candles, {Decisions:N0} {(Decisions == 1 ? "decision" : "decisions")}, {Lines} {(Lines == 1 ? "line" : "lines")}; {CutsRun:N0} shortened histories (cut {Cuts})");
}
