namespace EtradeBot.Execution.Limits.Gates;

/// <summary>The stages of the judgement, cheap to dear.</summary>
public enum GateStage
{
    State,
    Data,
    Shape,
    Throttle,
    Exposure,
    Eligibility,
}

/// <summary>What one gate found.</summary>
/// <param name="Name">In kebab case, the same for ever.</param>
/// <param name="Words">The finding in a sentence.</param>
public sealed record GateReading(GateStage Stage, string Name, bool Passed, string Words)
{
    /// <summary>What was measured; null where there is no number or it is unknown.</summary>
    public decimal? Value { get; init; }

    /// <summary>What it may be at most (or at least, as the words say); null where there is no number.</summary>
    public decimal? Threshold { get; init; }

    /// <summary>dollars, shares, orders, seconds, fraction, ...; empty without numbers.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The gate is for entries and the order is an exit, or for another kind of account: it has passed without being asked.</summary>
    public bool IsSkipped { get; init; }
}

/// <summary>The judgement.</summary>
/// <param name="Gates">Every gate in order, also those behind the first that blocked.</param>
/// <param name="Warnings">What a careful person would point out; none of it blocks.</param>
/// <param name="CancelFirst">Keys of own entries that rest on the other side of an exit: to be cancelled before it is sent, or at least with it.</param>
public sealed record SendVerdict(IReadOnlyList<GateReading> Gates, IReadOnlyList<string> Warnings, IReadOnlyList<string> CancelFirst)
{
    /// <summary>The first gate that blocked; null: the order may leave.</summary>
    public GateReading? FirstBlock { get; } = Gates.FirstOrDefault(gate => !gate.Passed);

    public bool IsAllowed => FirstBlock is null;
}
