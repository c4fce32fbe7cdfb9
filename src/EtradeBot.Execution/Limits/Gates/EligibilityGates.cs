using EtradeBot.ETrade;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Regimes;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>May this account do that?</summary>
static class EligibilityGates
{
    public static void Judge(SendRequest request, WorstReading worst, GateSheet sheet)
    {
        var (order, limits, account) = (request.Order, request.Limits, request.Account);
        sheet.Stage = GateStage.Eligibility;
        var isRestricted = limits.Restricted.Contains(order.Symbol);
        sheet.Entry("restricted", !isRestricted, isRestricted ? $"{order.Symbol} is on the list of restricted symbols" : $"{order.Symbol} is not restricted");
        var isShort = order.Action == OrderAction.SellShort;
        var mayShort = !isShort || (limits.AllowShort && account.Kind == AccountKind.Margin);
        sheet.Entry("short", mayShort, !isShort ? "not a short sale" : account.Kind == AccountKind.Cash ? "a cash account cannot sell short" : mayShort ? "short sales are allowed" : "short sales are not allowed");
        if (account.Kind == AccountKind.Margin) DayTrade(request, worst, sheet);
        else sheet.Skip("day-trade", "not for cash accounts");
        if (account.Kind == AccountKind.Cash && order.IsBuy) CashOf(request, worst, sheet);
        else SkipCash(sheet);
        sheet.Warnings.AddRange(OrderWarnings.Of(request));
    }

    static void DayTrade(SendRequest request, WorstReading worst, GateSheet sheet)
    {
        var account = request.Account;
        var question = new DayTradeQuestion(request.Order.Symbol, MarketCalendar.Nyse.DayOf(request.Now), Math.Min(account.Equity, account.Losses.DayStart ?? account.Equity),
            account.Orders.Where(open => !open.IsExit && open.Shares > 0).Select(open => open.Symbol).ToList())
        {
            LongValue = worst.Long,
            ShortValue = worst.Short,
        };
        var answer = DayTradeTest.Ask(request.DayTradeRules, account.DayTrades, question);
        sheet.Entry("day-trade", new Measure(answer.Value, answer.Threshold, answer.Unit, answer.Words) { IsLeast = answer.Unit == "dollars" });
    }

    static void CashOf(SendRequest request, WorstReading worst, GateSheet sheet)
    {
        var today = MarketCalendar.Nyse.DayOf(request.Now);
        var (cash, cost) = (request.Account.Cash, worst.AskedPrice * request.Order.Shares + worst.OtherEntries);
        var all = cash is null ? (decimal?)null : cash.SettledOn(today) + cash.UnsettledOn(today);
        sheet.Entry("paid-for", new Measure(all is null ? null : cost, Math.Max(0, all ?? 0), "dollars", "cost of all entries at work against the cash of the account"));
        if (request.Limits.SettledCashOnly)
            sheet.Entry("settled-cash", new Measure(cash is null ? null : cost, Math.Max(0, cash?.SettledOn(today) ?? 0), "dollars", "cost of all entries at work against settled cash"));
        else
            sheet.Skip("settled-cash", "unsettled cash may be spent");
    }

    static void SkipCash(GateSheet sheet)
    {
        sheet.Skip("paid-for", "for purchases in a cash account only");
        sheet.Skip("settled-cash", "for purchases in a cash account only");
    }
}
