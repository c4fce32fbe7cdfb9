using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Brokers;

/// <summary>What trading costs. The default is free; amounts in dollars, fractions as fractions (0.001 = 0.1 %).</summary>
public sealed record CostModel
{
    public decimal CommissionPerOrder { get; init; }

    public decimal CommissionPerShare { get; init; }

    public decimal CommissionFraction { get; init; }

    /// <summary>Charge the SEC's and FINRA's fees on sales, at the rates of the day.</summary>
    public bool RegulatoryFees { get; init; }

    public Slippage Slippage { get; init; } = Slippage.None;

    /// <param name="value">Price times shares, dollars.</param>
    internal decimal Fees(Side side, int shares, decimal value, DateTimeOffset at)
    {
        // Decimal arithmetic is slow enough to leave out where it changes nothing.
        var fees = CommissionFraction == 0 ? 0 : value * CommissionFraction;
        if (CommissionPerOrder != 0) fees += CommissionPerOrder;
        if (CommissionPerShare != 0) fees += CommissionPerShare * shares;
        if (RegulatoryFees && side == Side.Sell) fees += RegulatoryFeeTable.OnSale(shares, value, MarketCalendar.Nyse.DayOf(at));
        return fees;
    }

    /// <summary>The most shares, up to those wanted, that cost no more than the cash, commissions included.</summary>
    internal int Affordable(decimal cash, decimal price, int wanted)
    {
        if (wanted < int.MaxValue)
        {
            var value = price * wanted;
            if (value + Fees(Side.Buy, wanted, value, default) <= cash) return wanted;
        }
        var each = price * (1 + CommissionFraction) + CommissionPerShare;
        var shares = (cash - CommissionPerOrder) / each;
        return shares < 1 ? 0 : (int)Math.Min(decimal.Floor(shares), wanted);
    }
}
