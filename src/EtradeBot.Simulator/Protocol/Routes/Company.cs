using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Figures of an invented company, the same for the same ticker at any time.</summary>
sealed class Company
{
    Company(SeededRandom random)
    {
        Earnings = Math.Round(1 + 14 * random.NextDouble(), 2);
        Dividend = Math.Round(random.NextDouble(), 2);
        Shares = 1_000_000 * (long)(200 + 15_000 * random.NextDouble());
        Beta = Math.Round(0.6 + random.NextDouble(), 2);
        YearGain = Math.Round(-20 + 60 * random.NextDouble(), 1);
        _high = 1.05 + 0.2 * random.NextDouble();
        _low = 0.6 + 0.3 * random.NextDouble();
    }

    readonly double _high;
    readonly double _low;

    /// <summary>Dollars a share and year.</summary>
    public double Earnings { get; }

    public double EarningsExpected => Math.Round(Earnings * 1.07, 3);

    /// <summary>Dollars a share and quarter.</summary>
    public double Dividend { get; }

    public long Shares { get; }

    public double Beta { get; }

    /// <summary>Per cent over twelve months.</summary>
    public double YearGain { get; }

    public static Company Of(string ticker) => new(new SeededRandom(SeededRandom.Derive(52, ticker)));

    public double MarketCap(double last) => Math.Round(last * Shares);

    public double PriceEarnings(double last) => Math.Round(last / Earnings, 2);

    /// <summary>Per cent.</summary>
    public double YieldAt(double last) => last > 0 ? Math.Round(400 * Dividend / last, 2) : 0;

    /// <summary>Lowest and highest price of a year; never inside the day's own.</summary>
    public (double Low, double High) YearRange(MarketQuote quote)
    {
        var (low, high) = (Math.Round(quote.PreviousClose * _low, 2), Math.Round(quote.PreviousClose * _high, 2));
        return (quote.Low > 0 ? Math.Min(low, quote.Low) : low, Math.Max(high, quote.High));
    }
}
