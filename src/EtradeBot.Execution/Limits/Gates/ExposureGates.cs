using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>How much may be at stake, and how much is lost already?</summary>
static class ExposureGates
{
    static readonly string[] Pauses = ["loss-pause", "streak-pause", "stop-out-pause"];

    public static void Judge(SendRequest request, WorstReading worst, GateSheet sheet)
    {
        var (order, limits, account) = (request.Order, request.Limits, request.Account);
        sheet.Stage = GateStage.Exposure;
        var unpriced = worst.Unpriced;
        sheet.Entry("priced", unpriced.Count == 0, unpriced.Count == 0 ? "everything held or ordered has a price" : $"no price of {string.Join(", ", unpriced)}: what is at stake cannot be told");
        sheet.Entry("position", new Measure(worst.Of(order.Symbol), limits.Position, "dollars", $"money in {order.Symbol}, whatever fills"));
        sheet.Entry("gross-exposure", new Measure(worst.Gross, limits.GrossExposure, "dollars", "money in all positions, whatever fills"));
        sheet.Entry("net-exposure", new Measure(worst.Net, limits.NetExposure, "dollars", "money on one side, whatever fills"));
        var today = MarketCalendar.Nyse.DayOf(request.Now);
        var before = request.History.Sent.Where(sent => sent is { IsExit: false, IsProvedAbsent: false } && MarketCalendar.Nyse.DayOf(sent.At) >= today).Sum(sent => sent.Notional);
        var notional = worst.AskedPrice * order.Shares;
        sheet.Entry("day-notional", new Measure(before + notional, limits.DayNotional, "dollars", "money of all entries today"));
        // The broker has taken off what it knows of; what it may not know of is taken off here.
        if (account.BuyingPower is { } power) sheet.Entry("buying-power", new Measure(notional + worst.UnknownEntries, power, "dollars", "money to be spent"));
        else sheet.Skip("buying-power", "the broker does not say: its preview will");
        Losses(request, sheet);
    }

    static void Losses(SendRequest request, GateSheet sheet)
    {
        var (losses, limits, now) = (request.Account.Losses, request.Limits, request.Now);
        sheet.Entry("account-value", losses.Doubt.Length == 0, losses.Doubt.Length == 0 ? "broker and books agree on the account's value" : losses.Doubt);
        sheet.Entry("daily-loss", new Measure(losses.DayLoss, limits.DailyLossSoft, "dollars", "lost since the end of the day before") { IsStrict = true });
        var isStopped = losses.IsSoftStopped(now);
        sheet.Entry("daily-loss-stop", !isStopped, isStopped ? FormattableString.Invariant($"the daily loss of {losses.SoftDay:yyyy-MM-dd} holds entries back until the next session opens") : "no daily loss holds entries back");
        sheet.Entry("drawdown", new Measure(losses.DrawdownNow, limits.Drawdown, "fraction", "below the account's highest value") { IsStrict = true });
        var pauses = CoolDowns.For(request.Order.Symbol, request.History.Closed, limits, now);
        foreach (var name in Pauses)
        {
            if (pauses.FirstOrDefault(pause => pause.Name == name) is { } pause)
                sheet.Entry(name, new Measure(StateGates.Seconds(pause.Until - now), 0, "seconds", $"{pause.Words}, a pause is left"));
            else
                sheet.Entry(name, true, "no pause");
        }
    }
}
