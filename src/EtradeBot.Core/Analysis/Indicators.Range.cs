using EtradeBot.Market;

namespace EtradeBot.Analysis;

public static partial class Indicators
{
    /// <summary>True range in dollars: the largest of high - low, |previous close - high| and |previous close - low|. First value at index 1.</summary>
    /// <remarks>Wilder, New Concepts in Technical Trading Systems (1978), section III.</remarks>
    public static double[] TrueRange(CandleSeries candles)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var result = Column(candles.Count, 1);
        var high = candles.High;
        var low = candles.Low;
        var close = candles.Close;
        for (var i = 1; i < result.Length; i++) result[i] = TrueRange(high[i], low[i], close[i - 1]);
        return result;
    }

    static double TrueRange(double high, double low, double previousClose) =>
        Math.Max(Math.Max(high - low, Math.Abs(previousClose - high)), Math.Abs(previousClose - low));

    /// <summary>Average true range in dollars, Wilder's smoothing. First value, the mean of the first <paramref name="period"/> true ranges,
    /// at index <paramref name="period"/>.</summary>
    /// <remarks>Wilder, New Concepts in Technical Trading Systems (1978), section III.</remarks>
    public static double[] Atr(CandleSeries candles, int period = 14)
    {
        ArgumentNullException.ThrowIfNull(candles);
        return Atr(candles.High, candles.Low, candles.Close, period);
    }

    /// <inheritdoc cref="Atr(CandleSeries, int)"/>
    /// <exception cref="ArgumentException">Columns of different length.</exception>
    public static double[] Atr(ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, int period = 14)
    {
        RequirePeriod(period);
        if (high.Length != close.Length || low.Length != close.Length)
            throw new ArgumentException($"columns of one length are needed, not {high.Length}, {low.Length} and {close.Length}");
        var result = Column(close.Length, period);
        if (period >= close.Length) return result;
        var total = 0.0;
        for (var i = 1; i <= period; i++) total += TrueRange(high[i], low[i], close[i - 1]);
        var average = total / period;
        result[period] = average;
        double weight = period - 1;
        double divisor = period;
        for (var i = period + 1; i < result.Length; i++)
            result[i] = average = (average * weight + TrueRange(high[i], low[i], close[i - 1])) / divisor;
        return result;
    }

    /// <summary>Highest value of a moving window, the newest included. First value at index <paramref name="period"/> - 1.</summary>
    public static double[] Highest(ReadOnlySpan<double> values, int period) => Extreme<AtLeast>(values, period);

    /// <summary>Lowest value of a moving window, the newest included. First value at index <paramref name="period"/> - 1.</summary>
    public static double[] Lowest(ReadOnlySpan<double> values, int period) => Extreme<AtMost>(values, period);

    interface IOrder
    {
        static abstract bool Beats(double newer, double older);
    }

    readonly struct AtLeast : IOrder
    {
        public static bool Beats(double newer, double older) => newer >= older;
    }

    readonly struct AtMost : IOrder
    {
        public static bool Beats(double newer, double older) => newer <= older;
    }

    /// <summary>Keeps the values that may yet become the extreme: each is beaten by none that came after it, so the oldest is the answer.</summary>
    static double[] Extreme<T>(ReadOnlySpan<double> values, int period) where T : struct, IOrder
    {
        RequirePeriod(period);
        var skip = LeadingNaN(values);
        var result = Column(values.Length, skip + (long)period - 1);
        var kept = new int[Math.Min(period, values.Length)];
        var (oldest, count) = (0, 0);
        for (var i = skip; i < values.Length; i++)
        {
            if (count > 0 && kept[oldest] <= i - period)
            {
                oldest = (oldest + 1) % kept.Length;
                count--;
            }
            // A NaN beats everything and is beaten by nothing: the window is NaN until it has left.
            while (count > 0 && (T.Beats(values[i], values[kept[(oldest + count - 1) % kept.Length]]) || double.IsNaN(values[i]))) count--;
            kept[(oldest + count++) % kept.Length] = i;
            if (i - skip >= period - 1) result[i] = values[kept[oldest]];
        }
        return result;
    }

    /// <summary>Donchian channel: highest high, lowest low and their middle. First value at index <paramref name="period"/> - 1.</summary>
    /// <remarks>Donchian's four-week rule, in Donchian, Commodities: High Finance in Copper, Financial Analysts Journal 16:6 (1960).
    /// The window includes the newest candle: compare a breakout with the value one candle earlier.</remarks>
    public static Bands Donchian(CandleSeries candles, int period = 20)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var (upper, lower) = (Highest(candles.High, period), Lowest(candles.Low, period));
        var middle = new double[upper.Length];
        for (var i = 0; i < middle.Length; i++) middle[i] = (upper[i] + lower[i]) / 2;
        return new Bands(upper, middle, lower);
    }

    /// <summary>Keltner channel: exponential average of the close, and lines <paramref name="multiple"/> average true ranges above and below.
    /// First value at index max(<paramref name="period"/> - 1, <paramref name="atrPeriod"/>).</summary>
    /// <remarks>Keltner, How to Make Money in Commodities (1960), in the later form with true ranges: Raschke and Connors, Street Smarts (1995).</remarks>
    public static Bands Keltner(CandleSeries candles, int period = 20, double multiple = 2, int atrPeriod = 10)
    {
        ArgumentNullException.ThrowIfNull(candles);
        RequireMultiple(multiple);
        RequirePeriod(atrPeriod);
        var (middle, range) = (Ema(candles.Close, period), Atr(candles, atrPeriod));
        var (upper, lower) = (new double[middle.Length], new double[middle.Length]);
        for (var i = 0; i < middle.Length; i++)
        {
            if (double.IsNaN(range[i])) middle[i] = double.NaN;
            upper[i] = middle[i] + multiple * range[i];
            lower[i] = middle[i] - multiple * range[i];
        }
        return new Bands(upper, middle, lower);
    }
}
