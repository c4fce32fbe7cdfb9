namespace EtradeBot.Execution;

/// <summary>What may be done at present: each step down forbids more. A computed state with reasons, not a light.</summary>
public enum Readiness
{
    /// <summary>Everything.</summary>
    Ready,

    /// <summary>No new positions; those there are are protected and left as planned.</summary>
    NoEntries,

    /// <summary>The broker cannot be read: resting orders stay as they are; what was planned goes on as soon as it can.</summary>
    ManageOnly,

    /// <summary>Only leaving, as fast as possible.</summary>
    ExitsOnly,

    /// <summary>Nothing is sent but by a person.</summary>
    Frozen,
}

/// <param name="Reasons">Sentences, the gravest first; empty when ready.</param>
public sealed record Standing(Readiness Readiness, IReadOnlyList<string> Reasons)
{
    public static readonly Standing Starting = new(Readiness.Frozen, ["journal and broker have not been compared yet"]);

    public override string ToString() => Reasons.Count == 0 ? Readiness.ToString() : $"{Readiness}: {string.Join("; ", Reasons)}";
}
