using EtradeBot.Execution.World;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>What left the program, request by request: sent once, written down before, within size, not after the brake, of own orders only.</summary>
static class SentRules
{
    /// <summary>A protective order that is proved absent may be sent once more under its own name, after this long at the least.</summary>
    static readonly TimeSpan ProofTakes = TimeSpan.FromSeconds(100);

    /// <summary>What had passed its last check when the brake was pulled or the settings were changed may still leave.</summary>
    static readonly TimeSpan Leeway = TimeSpan.FromSeconds(2);

    /// <summary>Of previews and orders together: what two symbols with their entries, stops and exits come to, and some more.</summary>
    const int MostInAMinute = 50;

    public static IEnumerable<string> Broken(Evidence evidence) =>
        Repeats(evidence).Concat(evidence.World.Sent.Where(sent => sent.IsPlace).SelectMany(sent => Placed(evidence, sent))).Concat(Cancels(evidence)).Concat(Storms(evidence));

    static IEnumerable<string> Repeats(Evidence evidence)
    {
        foreach (var group in evidence.World.Sent.Where(sent => sent.IsPlace).GroupBy(sent => sent.Name))
        {
            var sent = group.ToList();
            for (var i = 1; i < sent.Count; i++)
                if (sent[i].IsEntry || sent[i].At - sent[i - 1].At < ProofTakes) yield return $"I1: {group.Key} left {sent.Count} times, at {string.Join(", ", sent.Select(one => $"{one.At:HH:mm:ss.fff}"))}";
        }
    }

    static IEnumerable<string> Placed(Evidence evidence, SentRequest sent)
    {
        var testimony = evidence.Testimony;
        if (!sent.WasWritten) yield return $"I8: {sent.Name} left at {sent.At:O} before it was on the disk";
        if (!sent.IsEntry)
        {
            if (sent.Stop is { } stop && testimony.Wishes.All(wish => wish.Ticker != sent.Ticker || wish.Stop != stop)) yield return $"I4: {sent.Name} is a stop at {stop}, where none was planned";
            yield break;
        }
        var before = sent.At - Leeway;
        // The last check comes after the preview's answer: what was forbidden when the preview left must not follow it.
        var preview = evidence.World.Sent.LastOrDefault(one => one.Call == "preview" && one.Name == sent.Name && one.At <= sent.At)?.At ?? before;
        if (!sent.IsAfterFreeze && testimony.IsHalted(sent.At) && testimony.IsHalted(preview > before ? preview : before)) yield return $"I7: the entry {sent.Name} left at {sent.At:O}, after the brake was pulled";
        if (!sent.IsAfterFreeze && sent.Shares > Math.Max(testimony.MostAt(sent.At), testimony.MostAt(before))) yield return $"I6: the entry {sent.Name} is of {sent.Shares} shares, and {testimony.MostAt(sent.At)} are allowed";
        if (testimony.Wishes.Find(wish => wish.Name == sent.Name) is { } asked && asked.Shares != sent.Shares) yield return $"I6: {sent.Name} left with {sent.Shares} shares instead of {asked.Shares}";
        if (evidence.Program.HasAllLimits && !testimony.ByHand.Contains(sent.Name) && !IsInSession(sent.At) && !sent.IsAfterFreeze && !evidence.Struck("clock-skew", "clock-jump", "freeze", "sleep", "midnight")) yield return $"I9: the entry {sent.Name} left at {sent.At:O}, outside the session";
    }

    static bool IsInSession(DateTimeOffset at) => MarketCalendar.Nyse.SessionOn(MarketCalendar.Nyse.DayOf(at)) is { } session && at >= session.Open && at < session.Close;

    static IEnumerable<string> Cancels(Evidence evidence)
    {
        foreach (var sent in evidence.World.Sent.Where(sent => sent.Call is "cancel" or "change-place"))
        {
            if (evidence.Own.FirstOrDefault(own => own.OrderId == sent.Number) is not { } order)
            {
                yield return $"I12: it touched the order {sent.Number}, which is not its own";
                continue;
            }
            if (sent.Call != "cancel" || Evidence.Sign(order) < 0 || evidence.Testimony.TakenBack.Contains(order.ClientOrderId)) continue;
            if (IsWanted(evidence, order, sent)) continue;
            yield return $"I2: the entry {order.ClientOrderId} was cancelled at {sent.At:O}, and nobody had asked for that";
        }
    }

    /// <summary>Orders that the broker refuses must not be asked for over and over.</summary>
    static IEnumerable<string> Storms(Evidence evidence)
    {
        var asked = evidence.World.Sent.Where(sent => sent.Call != "cancel").ToList();
        for (var i = MostInAMinute; i < asked.Count; i++)
        {
            if (asked[i].At - asked[i - MostInAMinute].At > TimeSpan.FromMinutes(1)) continue;
            yield return $"I10: {MostInAMinute + 1} previews and orders from {asked[i - MostInAMinute].At:O} to {asked[i].At:O}";
            yield break;
        }
    }

    /// <summary>Its time was over, the brake was pulled, its position was being left, or the machine's clock may have said so.</summary>
    static bool IsWanted(Evidence evidence, TrueOrder order, SentRequest sent) =>
        evidence.Testimony.Wishes.Any(wish => wish.Name == order.ClientOrderId && wish.GoodUntil <= sent.At)
        || evidence.Testimony.IsHalted(sent.At)
        || order.Executions.Any(execution => execution.At <= sent.At)
        || evidence.Struck("clock-skew", "clock-jump")
        // A brake file that cannot be read counts as pulled.
        || evidence.Struck("disk-unreadable", "corrupt-tail", "corrupt-middle");
}
