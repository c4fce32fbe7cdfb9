using EtradeBot.Risk;

namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>Risk limits in plain language.</summary>
static class RiskWords
{
    /// <param name="account">Dollars, positive.</param>
    /// <param name="stop">Dollars a share between entry and stop, positive.</param>
    public static IReadOnlyList<string> Of(RiskLimits limits, decimal account, decimal stop)
    {
        var size = RiskManager.PositionSize(account, limits.MaxRiskPerTrade, (double)stop, 1);
        return
        [
            $"At {Figures.Dollars(account)} and {Percent(limits.MaxRiskPerTrade)}, a stop {Figures.Dollars(stop)} away means {Figures.Count(size.Shares)} {(size.Shares == 1 ? "share" : "shares")}: {Figures.Dollars(size.RiskDollars)} may be lost.",
            limits.MaxDailyLoss is { } loss ? $"The worst day stops at {Figures.Dollars(-account * (decimal)loss)}: then no position is opened until the next day." : "No day is ended early: there is no limit to a day's loss.",
            $"One position may be worth {Figures.Dollars(account * (decimal)limits.MaxPosition)}, all together {Figures.Dollars(account * (decimal)limits.MaxGrossExposure)}, in at most {Figures.Count(limits.MaxPositions)} {(limits.MaxPositions == 1 ? "position" : "positions")}.",
            limits.AllowShort ? "Shares that are not held may be sold: a loss on them has no end." : "Nothing is sold that is not held.",
        ];
    }

    static string Percent(double fraction) => Figures.Percent(fraction, decimals: 2).Replace(".00 %", " %", StringComparison.Ordinal);
}
