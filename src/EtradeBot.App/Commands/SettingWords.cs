using System.Globalization;
using EtradeBot.App.Reports;
using EtradeBot.Backtests;
using EtradeBot.Trading;

namespace EtradeBot.App.Commands;

/// <summary>The settings of a run as keys, values and words.</summary>
static class SettingWords
{
    public static IReadOnlyList<RunSetting> Of(BacktestSettings settings, Sizing sizing)
    {
        var (costs, fills, limits) = (settings.Costs, settings.Fills, settings.Limits);
        return
        [
            new("cash", "Starting cash", settings.Cash, Say($"${settings.Cash:#,0.##}")),
            new("size", "Size", sizing.ToString(), sizing.Kind == SizingKind.Shares ? $"{sizing} shares" : sizing.ToString()),
            new("commission_percent", "Commission", costs.CommissionFraction * 100, Say($"{costs.CommissionFraction * 100:0.####} % of the value")),
            new("commission_per_order", "Commission a fill", costs.CommissionPerOrder, Say($"${costs.CommissionPerOrder:0.####}")),
            new("commission_per_share", "Commission a share", costs.CommissionPerShare, Say($"${costs.CommissionPerShare:0.####}")),
            new("regulatory_fees", "SEC and FINRA fees", costs.RegulatoryFees, costs.RegulatoryFees ? "charged on sales" : "not charged"),
            new("slippage", "Slippage", costs.Slippage.ToString(), costs.Slippage.ToString()),
            new("intrabar", "Stop and target in one candle", fills.Intrabar.ToString().ToLowerInvariant(), fills.Intrabar.ToString().ToLowerInvariant()),
            new("drill", "Finer candles", fills.Finer is { } finer ? $"{finer.Timeframe} {finer.ContentHash()}" : null, fills.Finer is { } used ? $"{used.Timeframe}, {used.Origin.Source}" : "none"),
            new("participation", "Part of a candle's volume", fills.Participation, fills.Participation is { } part ? Percent(part) + " at most" : "no cap"),
            new("settlement_sessions", "Settlement", fills.SettlementSessions, fills.SettlementSessions == 0 ? "at once" : $"T+{fills.SettlementSessions}"),
            new("allow_short", "Short selling", limits.AllowShort, limits.AllowShort ? "allowed" : "not allowed"),
            new("max_position", "Largest position", limits.MaxPosition, Percent(limits.MaxPosition)),
            new("max_gross_exposure", "Largest exposure", limits.MaxGrossExposure, Percent(limits.MaxGrossExposure)),
            new("max_risk_per_trade", "Largest risk a trade", limits.MaxRiskPerTrade, Percent(limits.MaxRiskPerTrade)),
            new("max_daily_loss", "Largest daily loss", limits.MaxDailyLoss, limits.MaxDailyLoss is { } loss ? Percent(loss) : "no limit"),
            new("max_positions", "Positions at a time", limits.MaxPositions, Say($"{limits.MaxPositions}")),
        ];
    }

    static string Percent(double fraction) => Say($"{fraction * 100:0.####} %");

    static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
