using EtradeBot.Market;

namespace EtradeBot.Analysis;

public static partial class Indicators
{
    /// <summary>On-balance volume in shares: volume added on a higher close, taken off on a lower one. From index 0, where it is that volume.</summary>
    /// <remarks>Granville, New Key to Stock Market Profits (1963). Its level depends on where the candles begin; only its course has a meaning.</remarks>
    public static double[] Obv(CandleSeries candles)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var result = new double[candles.Count];
        var close = candles.Close;
        var volume = candles.Volume;
        var total = 0.0;
        for (var i = 0; i < result.Length; i++)
        {
            var move = i == 0 ? 1 : close[i].CompareTo(close[i - 1]);
            result[i] = total += move * (double)volume[i];
        }
        return result;
    }

    /// <summary>Volume-weighted average price since the session's first candle, in dollars: every New York day begins anew, with the
    /// candles before 09:30 where there are any. From index 0; NaN while the session has no volume.</summary>
    /// <remarks>Sum of typical price (high + low + close) / 3 times volume, over the sum of volume: Berkowitz, Logue and Noser,
    /// The Total Cost of Transactions on the NYSE, Journal of Finance 43:1 (1988). Daily and longer candles are sessions by themselves.</remarks>
    public static double[] Vwap(CandleSeries candles)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var result = new double[candles.Count];
        var typical = TypicalPrice(candles);
        var times = candles.OpenTicks;
        var volumes = candles.Volume;
        var (value, shares, nextDay) = (0.0, 0.0, long.MinValue);
        for (var i = 0; i < result.Length; i++)
        {
            if (times[i] >= nextDay)
            {
                nextDay = EndOfDay(candles.OpenTime(i));
                (value, shares) = (0, 0);
            }
            value += typical[i] * volumes[i];
            shares += volumes[i];
            result[i] = value / shares;
        }
        return result;
    }

    static long EndOfDay(DateTimeOffset instant)
    {
        var calendar = MarketCalendar.Nyse;
        return calendar.At(calendar.DayOf(instant).AddDays(1), TimeOnly.MinValue).UtcTicks;
    }
}
