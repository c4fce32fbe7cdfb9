using System.Globalization;
using EtradeBot.Execution.Journaling;

namespace EtradeBot.App.Commands;

/// <summary>Events of an order's life as people read them.</summary>
static class EventWords
{
    public static string Of(OrderEvent what) => what switch
    {
        Previewed previewed => string.Create(CultureInfo.InvariantCulture, $"previewed: total {previewed.Total:0.00} dollars{Joined("; ", previewed.Warnings)}"),
        Sending => "sent, once",
        Accepted accepted => string.Create(CultureInfo.InvariantCulture, $"the broker has it as order {accepted.OrderId}{Joined("; it differs: ", accepted.Differences)}"),
        Refused refused => $"not at the broker: {refused.Words}",
        BecameUnknown unknown => $"UNKNOWN: {unknown.Words}",
        NotListed => "a complete list does not show it",
        Adopted adopted => string.Create(CultureInfo.InvariantCulture, $"found as order {adopted.OrderId}, {adopted.How}"),
        Ambiguous ambiguous => $"UNKNOWN: {ambiguous.Words}",
        Dropped dropped => $"given up by {dropped.By}: {dropped.Words}",
        CancelSending cancel => $"cancel asked for: {cancel.Because}",
        CancelAnswered { IsTaken: true } => "the broker takes the cancel",
        CancelAnswered answered => $"the cancel: {answered.Words}",
        OrderSeen seen => string.Create(CultureInfo.InvariantCulture, $"{seen.Status.ToString().ToLowerInvariant()}{(seen.Filled > 0 ? $", {seen.Filled} filled at {seen.AveragePrice:0.00##}" : "")}{(seen.Fees > 0 ? $", fees {seen.Fees:0.00##}" : "")}"),
        _ => what.GetType().Name,
    };

    static string Joined(string before, IReadOnlyList<string> words) => words.Count == 0 ? "" : before + string.Join("; ", words);
}
