using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.Engine;

/// <summary>Shows a verdict of the risk manager as gates in its order. The verdict itself is the risk manager's: the gates before the
/// one that blocked have passed, those after it were not looked at.</summary>
static class RiskGates
{
    public static IEnumerable<Gate> Of(RiskManager risk, Signal signal, RiskStanding standing, RiskDecision decision)
    {
        var denied = decision as RiskDecision.Denied;
        foreach (var gate in Before(risk, signal, standing).Concat(decision is RiskDecision.Sized sized ? OfSize(risk, signal, standing, sized) : []))
        {
            if (gate.Rule == denied?.Rule) break;
            yield return gate;
        }
        if (denied is not null) yield return new Gate(denied.Rule, denied.Words, denied.Asked, denied.Limit, false);
    }

    static IEnumerable<Gate> Before(RiskManager risk, Signal signal, RiskStanding standing)
    {
        var limits = risk.Limits;
        yield return Passed("no-price", "the last price is a positive number", standing.Price, 0);
        yield return Passed("no-equity", "the account is worth something", standing.Equity, 0);
        if (signal.Side == Side.Sell) yield return Passed("short-not-allowed", "short selling is allowed", 1, 1);
        yield return Passed("max-positions", "positions with this one", standing.Positions + 1, limits.MaxPositions);
        if (limits.MaxDailyLoss is { } most)
            yield return Passed("max-daily-loss", "today's loss in dollars is below its limit", standing.DayStartEquity - standing.Equity, most * standing.DayStartEquity);
        if (signal.Stop is { } stop) yield return Passed("stop-on-wrong-side", "the stop is on the losing side of the entry", stop, EntryPrice(signal, standing));
        if (risk.Sizing.Kind == SizingKind.Risk) yield return Passed("no-stop-distance", "dollars a share to the stop", Distance(signal, standing), 0);
    }

    // A size has passed only when all of its limits have: a denial names the tightest of them.
    static IEnumerable<Gate> OfSize(RiskManager risk, Signal signal, RiskStanding standing, RiskDecision.Sized sized)
    {
        var (limits, equity, entry) = (risk.Limits, standing.Equity, EntryPrice(signal, standing));
        // With all cash the fill fixes the count: about as many as the account is worth.
        var shares = sized.IsAllCash ? Math.Floor(equity / entry) : sized.Shares;
        yield return Passed("max-position", "shares that one position may have", shares, Math.Floor((limits.MaxPosition * equity - standing.HeldOfSymbol) / entry));
        yield return Passed("max-gross-exposure", "shares that all positions together leave", shares, Math.Floor((limits.MaxGrossExposure * equity - standing.Exposure) / entry));
        if ((signal.Stop ?? signal.Trail) is not null)
            yield return Passed("max-risk-per-trade", "shares that one trade may risk", shares, Math.Floor(limits.MaxRiskPerTrade * equity / Distance(signal, standing)));
        yield return Passed("size-below-one-share", sized.CutBy.Length > 0 ? $"at least one share is left: {sized.CutBy}" : "the size comes to at least one share", shares, 1);
    }

    static double EntryPrice(Signal signal, in RiskStanding standing) => signal.Limit ?? signal.Trigger ?? standing.Price;

    static double Distance(Signal signal, in RiskStanding standing) =>
        signal.Stop is { } stop ? signal.Side.Sign() * (EntryPrice(signal, standing) - stop)
        : signal.Trail ?? standing.Atr * RiskManager.DefaultStopMultiple;

    static Gate Passed(string rule, string words, double value, double threshold) => new(rule, words, value, threshold, true);
}
