using EtradeBot.App.Commands;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;

namespace EtradeBot.App.Dashboard.Lives;

/// <summary>One step of an order's life.</summary>
/// <param name="IsBad">A person should see it.</param>
public sealed record LifeStep(DateTimeOffset At, string Words, bool IsBad);

/// <summary>An order of the program as a trader reads it.</summary>
static class LifeWords
{
    /// <summary>What it is for: entry, stop, target, leave.</summary>
    public static string Role(OrderIntent intent) => intent.Role switch
    {
        OrderRole.Entry => "entry",
        OrderRole.Stop => "stop",
        _ => intent.Because == "target" ? "target" : "leave",
    };

    /// <summary>Whose wish it was.</summary>
    public static string Owner(OrderIntent intent) => intent.IsByPerson ? $"{intent.Owner} (person)" : $"{intent.Owner} (bot)";

    public static string State(OrderLife order) => order switch
    {
        { State: OrderState.Unknown } => "UNKNOWN",
        { IsWorking: true, LeavingSince: not null } => "being cancelled",
        { State: OrderState.Drafted } => "wished for",
        _ => order.State.ToString().ToLowerInvariant(),
    };

    /// <summary>Several fills have an average between the cents: up to four decimals.</summary>
    public static string Average(decimal? dollars) => dollars is { } value ? value.ToString("#,0.00##", System.Globalization.CultureInfo.InvariantCulture) : Figures.Missing;

    /// <summary>What a person should do about it; empty when nothing.</summary>
    public static string ToDo(OrderLife order) => order switch
    {
        { Candidates.Count: > 0 } => $"At E*TRADE there {(order.Candidates.Count == 1 ? "is an order" : "are several orders")} like this one ({string.Join(", ", order.Candidates)}): look there which it is, and cancel what you do not want. New entries of {order.Intent.Symbol} wait meanwhile.",
        { State: OrderState.Sending } => "It is on its way to the broker: wait for the answer. If no program runs any more, start one: it finds out what became of it. Do not order it again.",
        { State: OrderState.Unknown } => $"Its answer was lost: it may be at the broker or not. Do not order it again. The program reads the broker's lists until they show it or prove that it is not there{Looks(order)}; entries of {order.Intent.Symbol} wait, exits go on. Should it stay so for minutes, look at E*TRADE's own order page.",
        { Differences.Count: > 0, MayFill: true } => $"The broker booked it otherwise than asked for: {string.Join("; ", order.Differences)}. Compare it with E*TRADE's own order page.",
        _ => "",
    };

    /// <summary>Everything the journal says of it, oldest first.</summary>
    public static IReadOnlyList<LifeStep> Life(string id, IReadOnlyList<JournalEntry> entries)
    {
        var steps = new List<LifeStep>();
        foreach (var entry in entries)
        {
            if (entry.Event is IntentMade made && made.Intent.Id == id) steps.Add(new LifeStep(entry.At, $"wished for: {made.Intent}", IsBad: false));
            else if (entry.Event is OrderEvent change && change.Id == id) steps.Add(new LifeStep(entry.At, EventWords.Of(change), change is BecameUnknown or Ambiguous or NotListed));
        }
        return steps;
    }

    static string Looks(OrderLife order) => order.Absence is { } absence ? $" ({absence.Times} complete {(absence.Times == 1 ? "list" : "lists")} without it so far)" : "";
}
