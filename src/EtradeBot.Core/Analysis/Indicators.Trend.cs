using EtradeBot.Market;

namespace EtradeBot.Analysis;

public static partial class Indicators
{
    /// <summary>Average directional index with both directional indicators, 0 to 100.
    /// DI first at index <paramref name="period"/>, ADX at 2 * <paramref name="period"/> - 1.</summary>
    /// <remarks>Wilder, New Concepts in Technical Trading Systems (1978), section IV: sums of the first period candles, then
    /// sum - sum / period + new. DI is 0 where there was no range, DX 0 where there was no movement. TA-Lib starts its sums
    /// one candle shorter, so its first values differ; the difference fades.</remarks>
    public static DirectionalLines Adx(CandleSeries candles, int period = 14)
    {
        ArgumentNullException.ThrowIfNull(candles);
        RequirePeriod(period);
        var (plusDi, minusDi) = DirectionalIndicators(candles, period);
        var adx = Column(candles.Count, 2L * period - 1);
        var average = 0.0;
        for (var i = period; i < adx.Length; i++)
        {
            var both = plusDi[i] + minusDi[i];
            var dx = both == 0 ? 0 : 100 * Math.Abs(plusDi[i] - minusDi[i]) / both;
            var seen = i - period + 1;
            if (seen < period) average += dx;
            else if (seen == period) adx[i] = average = (average + dx) / period;
            else adx[i] = average = (average * (period - 1) + dx) / period;
        }
        return new DirectionalLines(adx, plusDi, minusDi);
    }

    static (double[] Plus, double[] Minus) DirectionalIndicators(CandleSeries candles, int period)
    {
        var (plusDi, minusDi) = (Column(candles.Count, period), Column(candles.Count, period));
        var high = candles.High;
        var low = candles.Low;
        var close = candles.Close;
        var (plus, minus, range) = (0.0, 0.0, 0.0);
        for (var i = 1; i < close.Length; i++)
        {
            if (i > period)
            {
                plus -= plus / period;
                minus -= minus / period;
                range -= range / period;
            }
            var (up, down) = (high[i] - high[i - 1], low[i - 1] - low[i]);
            if (up > down && up > 0) plus += up;
            if (down > up && down > 0) minus += down;
            range += TrueRange(high[i], low[i], close[i - 1]);
            if (i < period) continue;
            plusDi[i] = range == 0 ? 0 : 100 * plus / range;
            minusDi[i] = range == 0 ? 0 : 100 * minus / range;
        }
        return (plusDi, minusDi);
    }

    /// <summary>Supertrend: a trailing line <paramref name="multiple"/> average true ranges from the candle's middle, which only moves
    /// towards the price and changes sides when a close crosses it. First value at index <paramref name="period"/>.</summary>
    /// <remarks>Olivier Seban's indicator, by the rules of TradingView's ta.supertrend: it begins as a fall. Its range there counts
    /// the first candle too; here it is <see cref="Atr(CandleSeries, int)"/>.</remarks>
    public static SupertrendLines Supertrend(CandleSeries candles, int period = 10, double multiple = 3)
    {
        ArgumentNullException.ThrowIfNull(candles);
        RequirePeriod(period);
        RequireMultiple(multiple);
        var range = Atr(candles, period);
        var lines = new SupertrendLines(Column(candles.Count, period), Column(candles.Count, period));
        var (upper, lower, isRise) = (double.PositiveInfinity, double.NegativeInfinity, false);
        for (var i = period; i < candles.Count; i++)
        {
            var middle = (candles.High[i] + candles.Low[i]) / 2;
            var (above, below, before) = (middle + multiple * range[i], middle - multiple * range[i], candles.Close[i - 1]);
            if (above < upper || before > upper) upper = above;
            if (below > lower || before < lower) lower = below;
            if (i > period) isRise = isRise ? candles.Close[i] >= lower : candles.Close[i] > upper;
            lines.Line[i] = isRise ? lower : upper;
            lines.Direction[i] = isRise ? 1 : -1;
        }
        return lines;
    }
}
