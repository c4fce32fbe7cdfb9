using System.Globalization;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.Execution;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Notify;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>Turns the events of a journal into notices. It follows the order path after the fact, from its own copy of the entries, and never holds it up.</summary>
/// <remarks>A notice's key is the entry's place in the journal, so that the same happening is never told twice, whoever reads the journal again.</remarks>
sealed class JournalNotices(TradingFolder folder)
{
    /// <summary>A program that starts again tells what happened while nobody did; older things are no news.</summary>
    static readonly TimeSpan News = TimeSpan.FromHours(24);

    readonly Dictionary<string, OrderLife> _orders = new(StringComparer.Ordinal);
    int _read;

    string Mode => folder.Mode.ToString().ToUpperInvariant();

    /// <summary>What is in the journal already is known and not told.</summary>
    public void Skip(IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries) Note(entry);
        _read = entries.Count;
    }

    /// <summary>Notices of what was written since the last call.</summary>
    public IReadOnlyList<Notice> Read(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count <= _read) return [];
        var oldest = entries[^1].At - News;
        var notices = new List<Notice>();
        for (; _read < entries.Count; _read++)
        {
            var entry = entries[_read];
            var before = entry.Event is OrderEvent order ? _orders.GetValueOrDefault(order.Id) : null;
            Note(entry);
            if (entry.At >= oldest) notices.AddRange(Of(entry, before, entries));
        }
        return notices;
    }

    void Note(JournalEntry entry)
    {
        if (entry.Event is IntentMade made) _orders[made.Intent.Id] = new OrderLife(made.Intent, entry.At);
        else if (entry.Event is OrderEvent order && _orders.TryGetValue(order.Id, out var life)) _orders[order.Id] = life.After(entry);
    }

    IEnumerable<Notice> Of(JournalEntry entry, OrderLife? before, IReadOnlyList<JournalEntry> entries) => entry.Event switch
    {
        IntentMade { Intent: { Role: OrderRole.Stop, Replaces: { } replaced } intent } when _orders.GetValueOrDefault(replaced) is { } old && old.Intent.Stop != intent.Stop =>
            [Make(entry, NoticeEvents.StopMoved, Words($"{intent.Symbol}: stop moved from {old.Intent.Stop} to {intent.Stop}"), intent.Because, intent)],
        Refused refused when before is not null => [Make(entry, NoticeEvents.OrderRejected, $"refused: {before.Intent}", refused.Words, before.Intent)],
        BecameUnknown unknown when before is not null => [Make(entry, NoticeEvents.OrderUnknown, $"unknown: {before.Intent}", unknown.Words, before.Intent)],
        Ambiguous ambiguous when before is not null => [Make(entry, NoticeEvents.OrderUnknown, $"needs you: {before.Intent}", $"{ambiguous.Words}. Say on the page Orders which it is; until then {before.Intent.Symbol} is not entered.", before.Intent)],
        OrderSeen seen when before is not null => Seen(entry, (before, seen), entries),
        Halted halted => [Make(entry, halted.By == "the daily loss limit" ? NoticeEvents.LimitHit : NoticeEvents.Kill, halted.Flatten ? "KILLED, and selling everything" : "KILLED: no entries", $"by {halted.By}: {halted.Reason}. It holds over restarts until a person clears it.", null, NoticeLevel.Critical)],
        HaltCleared cleared => [Make(entry, NoticeEvents.Kill, "the brake is released", $"by {cleared.By}: entries may leave again.", null, NoticeLevel.Info)],
        EntriesStopped stopped => [Make(entry, NoticeEvents.Kill, "entries are stopped", $"by {stopped.By}: {stopped.Reason}", null, NoticeLevel.Warning)],
        EntriesResumed resumed => [Make(entry, NoticeEvents.Kill, "entries go on", $"by {resumed.By}", null, NoticeLevel.Info)],
        LevelChanged level => Level(entry, level),
        DayReconciled { IsClean: false } day => [Make(entry, NoticeEvents.ReconcileFailed, Words($"the day {day.Day:yyyy-MM-dd} does not agree with the broker"), day.Words, null)],
        JournalMended mended => [Make(entry, NoticeEvents.DiskLow, "the journal was mended", mended.Words, null)],
        _ => [],
    };

    IEnumerable<Notice> Seen(JournalEntry entry, (OrderLife Before, OrderSeen Seen) order, IReadOnlyList<JournalEntry> entries)
    {
        var (before, seen) = order;
        var (intent, now) = (before.Intent, _orders[before.Id].State);
        if (now == OrderState.Rejected && before.State != now) yield return Make(entry, NoticeEvents.OrderRejected, $"rejected: {intent}", "The broker took the order and rejected it afterwards.", intent);
        var ended = now is OrderState.Filled or OrderState.Cancelled or OrderState.Expired && before.State != now;
        if (ended && seen.Filled > 0) yield return Make(entry, NoticeEvents.OrderFilled, Words($"{(intent.IsBuy ? "bought" : "sold")} {seen.Filled} of {intent.Shares} {intent.Symbol} at {seen.AveragePrice:0.00##}"), $"{intent.Owner}: {intent.Because}", intent);
        if (seen.Filled <= before.Filled || intent.Role == OrderRole.Stop && !ended && now != OrderState.Partial) yield break;
        if (intent.IsEntry && before.Filled == 0) yield return Make(entry, NoticeEvents.PositionOpened, Words($"{(intent.Sign > 0 ? "long" : "short")} {intent.Symbol} opened at {seen.AveragePrice:0.00##}"), Plan(intent), intent);
        if (!intent.IsEntry && Closed(intent, entries) is { } trade) yield return Make(entry, NoticeEvents.PositionClosed, Words($"{trade.Entry.Symbol} closed: {Money(trade.Profit)}{(trade.R is { } r ? $", {r:+0.00;-0.00} R" : "")}"), Words($"{trade.Shares} shares, in at {trade.Price:0.00##}, out at {trade.Exits.Sum(exit => exit.Price * exit.Shares) / trade.Shares:0.00##}; {intent.Because}. Fees {trade.Fees:0.00} are taken off."), intent);
    }

    /// <summary>The trade that this exit has ended; null while shares of it are held.</summary>
    static JournalTrade? Closed(OrderIntent exit, IReadOnlyList<JournalEntry> entries) =>
        TradeFold.Of(entries).LastOrDefault(trade => trade.IsClosed && trade.Exits.Count > 0 && trade.Exits[^1].Intent.Id == exit.Id);

    IEnumerable<Notice> Level(JournalEntry entry, LevelChanged level)
    {
        var reasons = string.Join("\n", level.Reasons);
        if (level.Level == nameof(Readiness.Ready)) yield return Make(entry, NoticeEvents.Readiness, "ready again: everything may be traded", "", null, NoticeLevel.Info);
        else if (reasons.Contains("by the journal this program holds", StringComparison.Ordinal)) yield return Make(entry, NoticeEvents.ReconcileFailed, $"{level.Level}: journal and broker do not agree", reasons, null);
        else if (reasons.Contains("halted by", StringComparison.Ordinal)) yield break; // told as the brake
        else yield return Make(entry, NoticeEvents.Readiness, $"{level.Level}: {(level.Reasons.Count > 0 ? level.Reasons[0] : "")}", reasons, null);
    }

    static string Plan(OrderIntent intent) => Words($"stop {(intent.PlannedStop is { } stop ? stop.ToString("0.00##", CultureInfo.InvariantCulture) : "none")}, target {(intent.PlannedTarget is { } target ? target.ToString("0.00##", CultureInfo.InvariantCulture) : "none")}; {intent.Owner}: {intent.Because}");

    static string Money(decimal dollars) => dollars.ToString("+$#,##0.00;-$#,##0.00;$0.00", CultureInfo.InvariantCulture);

    static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);

    Notice Make(JournalEntry entry, string happening, string title, string text, OrderIntent? intent, NoticeLevel? level = null) =>
        new(happening, $"journal/{folder.Mode}-{folder.Account}/{entry.Number}/{happening}", $"{Mode} {title}", text, entry.At) { Level = level, Symbol = intent?.Symbol };
}
