using EtradeBot.App.Hosting.Bots;

namespace EtradeBot.App.Dashboard.Bots;

/// <summary>A decision in its day's list.</summary>
public sealed class NumberedDecision
{
    internal NumberedDecision(int number, DecisionRow row) => (Number, Row) = (number, row);

    /// <summary>Its place in the file, which never changes: the page's address names it by that.</summary>
    public int Number { get; }

    internal DecisionRow Row { get; }
}

/// <summary>Which decisions of a day a reader wants to see.</summary>
/// <param name="Symbol">Empty: all.</param>
/// <param name="OnlyStopped">Only wishes that did not become what was wished for.</param>
sealed record DecisionFilter(string Symbol, bool OnlyStopped)
{
    /// <summary>Newest first.</summary>
    public IReadOnlyList<NumberedDecision> Of(IReadOnlyList<DecisionRow> rows) =>
    [
        .. rows.Select((row, number) => new NumberedDecision(number, row)).Reverse()
            .Where(one => (Symbol.Length == 0 || one.Row.Symbol == Symbol) && (!OnlyStopped || DecisionWords.IsStopped(one.Row))),
    ];
}

/// <summary>A decision as a trader reads it.</summary>
static class DecisionWords
{
    /// <summary>As <see cref="DecisionLog"/> words what became of an order.</summary>
    const string NotSent = ": not sent: ", Refused = ": the broker said no: ";

    /// <summary>Something was wanted, and a condition, a failure, a limit or the broker stood against it.</summary>
    public static bool IsStopped(DecisionRow row) =>
        row.Failure is not null || (row.Wanted.Length > 0 && (row.BlockedBy is not null || row.Outcome.Length == 0 || LateBlock(row).Length > 0));

    /// <summary>What stood against it, in a sentence; empty when nothing did.</summary>
    public static string StoppedBy(DecisionRow row) => row switch
    {
        { Failure: { } failure } => $"the strategy failed: {failure}",
        { Wanted.Length: 0 } => "",
        { BlockedBy: { } gate } => $"{gate.Words} ({gate.Rule})",
        _ => LateBlock(row),
    };

    /// <summary>What became of it, where <see cref="StoppedBy"/> stands beside it.</summary>
    public static string ShortOutcome(DecisionRow row) => LateBlock(row) is { Length: > 0 } why && Outcome(row) is var words ? words.Replace(": " + why, "", StringComparison.Ordinal) : Outcome(row);

    /// <summary>What became of it.</summary>
    public static string Outcome(DecisionRow row) =>
        row.Wanted.Length == 0 ? "no order" : row.BlockedBy is not null || row.Outcome.Length == 0 ? "no order" : row.Outcome;

    /// <summary>As wished, and then stopped at the door: by the limits, or by the broker.</summary>
    static string LateBlock(DecisionRow row)
    {
        foreach (var mark in (string[])[NotSent, Refused])
            if (row.Outcome.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at) return row.Outcome[(at + mark.Length)..];
        return "";
    }
}
