using EtradeBot.Backtests;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.App.Commands;

/// <summary>The terms of a simulated account as a user states them, on the command line or on a page. Percentages are as typed: 1.5 is 1.5 %.</summary>
sealed record BacktestTerms
{
    public const decimal UsualCash = 100_000;
    public const int UsualPositions = 20;

    /// <summary>First New York day that may trade; null: that of the first candle.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>Last New York day, itself included; null: that of the last candle.</summary>
    public DateOnly? End { get; init; }

    public decimal Cash { get; init; } = UsualCash;

    /// <summary>Null: what the strategy prefers, else 1 % risk.</summary>
    public Sizing? Size { get; init; }

    /// <summary>Percent of the value, each side.</summary>
    public decimal CommissionPercent { get; init; }

    /// <summary>Dollars a fill.</summary>
    public decimal CommissionOrder { get; init; }

    /// <summary>Dollars a share.</summary>
    public decimal CommissionShare { get; init; }

    public bool RegulatoryFees { get; init; }

    public Slippage Slippage { get; init; } = Slippage.None;

    public IntrabarPolicy Intrabar { get; init; } = IntrabarPolicy.Worst;

    /// <summary>Timeframe of the finer candles; goes with <see cref="IntrabarPolicy.Drill"/>.</summary>
    public Timeframe? Drill { get; init; }

    /// <summary>Fraction of a candle's volume; null: no cap.</summary>
    public double? Participation { get; init; }

    /// <summary>Sessions.</summary>
    public int Settlement { get; init; }

    public bool AllowShort { get; init; }

    /// <summary>Fraction of the account; null: the usual limit. So are the next two.</summary>
    public double? MaxPosition { get; init; }

    public double? MaxExposure { get; init; }

    public double? MaxRisk { get; init; }

    /// <summary>Fraction of the account; null: no limit.</summary>
    public double? MaxDailyLoss { get; init; }

    public int MaxPositions { get; init; } = UsualPositions;

    /// <param name="finer">Candles of <see cref="Drill"/>, where there is one.</param>
    public BacktestSettings Settings(CandleSeries? finer) => new()
    {
        Cash = Cash,
        Sizing = Size,
        From = Start is { } first ? MarketCalendar.Nyse.At(first, TimeOnly.MinValue) : null,
        To = End is { } last ? MarketCalendar.Nyse.At(last.AddDays(1), TimeOnly.MinValue) : null,
        Costs = new CostModel
        {
            CommissionFraction = CommissionPercent / 100,
            CommissionPerOrder = CommissionOrder,
            CommissionPerShare = CommissionShare,
            RegulatoryFees = RegulatoryFees,
            Slippage = Slippage,
        },
        Fills = new FillRules { Intrabar = Intrabar, Participation = Participation, SettlementSessions = Settlement, Finer = finer },
        Limits = Limits(new RiskLimits()),
    };

    RiskLimits Limits(RiskLimits usual) => usual with
    {
        AllowShort = AllowShort,
        MaxPosition = MaxPosition ?? usual.MaxPosition,
        MaxGrossExposure = MaxExposure ?? usual.MaxGrossExposure,
        MaxRiskPerTrade = MaxRisk ?? usual.MaxRiskPerTrade,
        MaxDailyLoss = MaxDailyLoss,
        MaxPositions = MaxPositions,
    };
}
