using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>Is it an order at all, and is its size one that a person would mean?</summary>
static class ShapeGates
{
    public static void Judge(SendRequest request, WorstReading worst, GateSheet sheet)
    {
        var (order, limits) = (request.Order, request.Limits);
        sheet.Stage = GateStage.Shape;
        sheet.Always("shares", new Measure(order.Shares, 1, "shares", "shares ordered") { IsLeast = true });
        sheet.Always("prices", OrderShape.Problem(order) is null, OrderShape.Problem(order) ?? "the prices fit the kind of order");
        ExitGates(order, request.Account, sheet);
        var isEntryAction = order.Action is OrderAction.Buy or OrderAction.SellShort;
        sheet.Entry("entry-action", isEntryAction, isEntryAction ? "the order opens a position" : $"{order.Action} opens no position: it is an exit");
        sheet.Entry("most-shares", new Measure(order.Shares, limits.MostShares, "shares", "shares of one order"));
        var notional = worst.AskedPrice * order.Shares;
        sheet.Entry("most-notional", new Measure(notional, limits.MostNotional, "dollars", "money of one order"));
        var volume = request.Market.AverageDailyVolume is > 0 and < 1e15 and { } shares ? order.Shares / (decimal)shares : (decimal?)null;
        sheet.Entry("volume-share", new Measure(volume, limits.VolumeShare, "fraction", "part of an average day's volume"));
        if (IsFirstWeek(request)) sheet.Entry("first-week-notional", new Measure(notional, FirstLiveWeek.MostNotional, "dollars", FirstWeekWords(request)));
        else sheet.Skip("first-week-notional", "for the first week with real money only");
        Hours(request, sheet);
    }

    internal static bool IsFirstWeek(SendRequest request) => request.Desk.IsLive && !FirstLiveWeek.IsOver(request.Desk.LiveDays, MarketCalendar.Nyse.DayOf(request.Now));

    internal static string FirstWeekWords(SendRequest request) => FirstLiveWeek.Words(request.Desk.LiveDays, MarketCalendar.Nyse.DayOf(request.Now));

    static void ExitGates(AskedOrder order, AccountPicture account, GateSheet sheet)
    {
        var isExitAction = order.Action is OrderAction.Sell or OrderAction.BuyToCover;
        sheet.Exit("exit-action", isExitAction, isExitAction ? "the order reduces a position" : $"{order.Action} opens a position: it is no exit");
        sheet.Exit("exit-size", new Measure(order.Shares, Math.Max(0, Free(order, account)), "shares", "shares held that no other exit has reserved"));
    }

    /// <summary>Shares that an exit may still take: held by the journal and by the broker, whichever says less, without those that another exit may take.</summary>
    static decimal Free(AskedOrder order, AccountPicture account)
    {
        var sign = order.IsBuy ? -1 : 1;
        var held = account.Positions.Where(held => held.Symbol == order.Symbol && Math.Sign(held.Shares) == sign).ToList();
        var others = WorstReading.Others(order, account).Where(open => open.Symbol == order.Symbol && open.IsBuy == order.IsBuy).ToList();
        var all = Math.Floor(held.Sum(part => Math.Abs(part.Shares))) - others.Sum(open => (decimal)open.Shares);
        if (order.IsByPerson) return all;
        // Shares and orders of others are theirs: an own exit stands on own shares only.
        var own = held.Sum(part => Math.Max(0m, (decimal)sign * part.OwnShares)) - others.Where(open => open is { IsOwn: true, IsByPerson: false }).Sum(open => (decimal)open.Shares);
        return Math.Min(all, own);
    }

    static void Hours(SendRequest request, GateSheet sheet)
    {
        var (now, limits) = (request.Now, request.Limits);
        var day = MarketCalendar.Nyse.DayOf(now);
        if (MarketCalendar.Nyse.SessionOn(day) is not { } session)
        {
            sheet.Entry("hours", false, FormattableString.Invariant($"there is no session on {day:yyyy-MM-dd}"));
            return;
        }
        var isRegular = now >= session.Open + limits.AfterOpen && now < session.Close - limits.BeforeClose;
        var isExtended = limits.AllowExtendedHours && request.Order.IsExtendedSession && now >= ExtendedOpen(day) && now < ExtendedClose(day, session);
        var words = FormattableString.Invariant($"entries leave from {limits.AfterOpen.TotalMinutes:0.#} min after the open to {limits.BeforeClose.TotalMinutes:0.#} min before the close{(session.IsShortened ? ", and this session is short" : "")}");
        if (request.Order.IsExtendedSession && !limits.AllowExtendedHours) words = "entries outside the regular session are not allowed";
        sheet.Entry("hours", request.Order.IsExtendedSession ? isExtended : isRegular, words);
    }

    /// <summary>The broker takes orders for its extended sessions from 7:00 to 20:00 New York time; after a short day for four hours.</summary>
    static DateTimeOffset ExtendedOpen(DateOnly day) => MarketCalendar.Nyse.At(day, new TimeOnly(7, 0));

    static DateTimeOffset ExtendedClose(DateOnly day, Session session)
    {
        var evening = MarketCalendar.Nyse.At(day, new TimeOnly(20, 0));
        var hours = session.Close.AddHours(4);
        return hours < evening ? hours : evening;
    }
}
