using EtradeBot.Market;

namespace EtradeBot.Analysis;

public static partial class Indicators
{
    /// <summary>Relative strength index, 0 to 100. First value at index <paramref name="period"/>.</summary>
    /// <remarks>Wilder, New Concepts in Technical Trading Systems (1978), section VI: Wilder smoothing seeded by a simple mean.
    /// A past without losses is 100; one without any move is 0, as in TA-Lib.</remarks>
    public static double[] Rsi(ReadOnlySpan<double> close, int period = 14)
    {
        RequirePeriod(period);
        var skip = LeadingNaN(close);
        var first = skip + (long)period;
        var result = Column(close.Length, first);
        if (first >= close.Length) return result;
        var (gain, loss) = (0.0, 0.0);
        for (var i = skip + 1; i <= first; i++) AddMove(close[i] - close[i - 1], ref gain, ref loss);
        gain /= period;
        loss /= period;
        result[(int)first] = Strength(gain, loss);
        double weight = period - 1;
        double divisor = period;
        var last = close[(int)first];
        for (var i = (int)first + 1; i < close.Length; i++)
        {
            gain *= weight;
            loss *= weight;
            AddMove(close[i] - last, ref gain, ref loss);
            last = close[i];
            gain /= divisor;
            loss /= divisor;
            result[i] = Strength(gain, loss);
        }
        return result;
    }

    static void AddMove(double move, ref double gain, ref double loss)
    {
        // Both sides take part so that a NaN spreads; adding 0 changes nothing.
        gain += Math.Max(move, 0);
        loss += Math.Max(-move, 0);
    }

    static double Strength(double gain, double loss)
    {
        var moves = gain + loss;
        return moves < Nothing ? 0 : 100 * (gain / moves);
    }

    /// <summary>Moving average convergence/divergence. All three lines begin at index <paramref name="slow"/> + <paramref name="signal"/> - 2.</summary>
    /// <remarks>Appel, The Moving Average Convergence-Divergence Method (1979). As in TA-Lib both averages start where the slow one can,
    /// the fast one from the mean of its last values up to there.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A period below 1, or <paramref name="fast"/> not below <paramref name="slow"/>.</exception>
    public static MacdLines Macd(ReadOnlySpan<double> close, int fast = 12, int slow = 26, int signal = 9)
    {
        RequirePeriod(fast);
        RequirePeriod(signal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fast, slow);
        var start = LeadingNaN(close) + (long)slow - 1;
        var first = start + signal - 1;
        var lines = new MacdLines(Column(close.Length, first), Column(close.Length, first), Column(close.Length, first));
        if (first >= close.Length) return lines;

        var (begin, shown) = ((int)start, (int)first);
        var quick = Mean(close.Slice(begin - fast + 1, fast));
        var calm = Mean(close.Slice(begin - slow + 1, slow));
        var (quickWeight, calmWeight) = (Weight(fast), Weight(slow));
        var total = quick - calm;
        for (var i = begin + 1; i <= shown; i++)
        {
            quick = (close[i] - quick) * quickWeight + quick;
            calm = (close[i] - calm) * calmWeight + calm;
            total += quick - calm;
        }
        new MacdState(quick, calm, total / signal, Weight(signal)).CarryOn(close[shown..], (quickWeight, calmWeight), lines, shown);
        return lines;
    }

    /// <summary>The three averages of a MACD at its first candle.</summary>
    readonly record struct MacdState(double Quick, double Calm, double Signal, double SignalWeight)
    {
        public void CarryOn(ReadOnlySpan<double> close, (double Quick, double Calm) weights, MacdLines lines, int at)
        {
            var (quick, calm, signal, weight) = this;
            var line = lines.Line.AsSpan(at);
            var smooth = lines.Signal.AsSpan(at);
            var histogram = lines.Histogram.AsSpan(at);
            (line[0], smooth[0], histogram[0]) = (quick - calm, signal, quick - calm - signal);
            for (var i = 1; i < close.Length && i < line.Length && i < smooth.Length && i < histogram.Length; i++)
            {
                quick = (close[i] - quick) * weights.Quick + quick;
                calm = (close[i] - calm) * weights.Calm + calm;
                var now = quick - calm;
                signal = (now - signal) * weight + signal;
                line[i] = now;
                smooth[i] = signal;
                histogram[i] = now - signal;
            }
        }
    }

    /// <summary>Rate of change in percent: 100 * (value / value <paramref name="period"/> ago - 1). First value at index <paramref name="period"/>.</summary>
    /// <remarks>Murphy, Technical Analysis of the Financial Markets (1999), chapter 10. 0 where the earlier value is 0, as in TA-Lib.</remarks>
    public static double[] Roc(ReadOnlySpan<double> values, int period = 10)
    {
        RequirePeriod(period);
        var first = LeadingNaN(values) + (long)period;
        var result = Column(values.Length, first);
        for (var i = first; i < values.Length; i++)
        {
            var earlier = values[(int)i - period];
            result[i] = earlier == 0 ? 0 : (values[(int)i] / earlier - 1) * 100;
        }
        return result;
    }

    /// <summary>Stochastic oscillator: where the close stands between the lowest low and the highest high, 0 to 100.
    /// K first at index <paramref name="period"/> + <paramref name="smooth"/> - 2, D at <paramref name="signal"/> - 1 later.</summary>
    /// <param name="smooth">Simple average of raw K; 1 gives the fast stochastic.</param>
    /// <param name="signal">Simple average of K that makes D.</param>
    /// <remarks>Lane, Lane's Stochastics, Stocks &amp; Commodities 2:3 (1984). Raw K is 0 where the window has no range, as in TA-Lib.</remarks>
    public static StochasticLines Stochastic(CandleSeries candles, int period = 14, int smooth = 3, int signal = 3)
    {
        ArgumentNullException.ThrowIfNull(candles);
        RequirePeriod(smooth);
        RequirePeriod(signal);
        var k = Sma(Place(candles, period), smooth);
        return new StochasticLines(k, Sma(k, signal));
    }

    /// <summary>Williams %R: how far the close is below the highest high, 0 at the top to -100 at the bottom.
    /// First value at index <paramref name="period"/> - 1.</summary>
    /// <remarks>Williams, How I Made One Million Dollars Last Year Trading Commodities (1973). 0 where the window has no range, as in TA-Lib.</remarks>
    public static double[] WilliamsR(CandleSeries candles, int period = 14)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var (highest, lowest) = (Highest(candles.High, period), Lowest(candles.Low, period));
        for (var i = 0; i < highest.Length; i++)
        {
            var range = highest[i] - lowest[i];
            highest[i] = range == 0 ? 0 : 100 * (candles.Close[i] - highest[i]) / range;
        }
        return highest;
    }

    static double[] Place(CandleSeries candles, int period)
    {
        var (highest, lowest) = (Highest(candles.High, period), Lowest(candles.Low, period));
        for (var i = 0; i < highest.Length; i++)
        {
            var range = highest[i] - lowest[i];
            highest[i] = range == 0 ? 0 : 100 * (candles.Close[i] - lowest[i]) / range;
        }
        return highest;
    }

    /// <summary>Commodity channel index: the typical price's distance from its mean in units of 0.015 mean deviations; mostly within ±100.
    /// First value at index <paramref name="period"/> - 1.</summary>
    /// <remarks>Lambert, Commodity Channel Index, Commodities (October 1980); typical price = (high + low + close) / 3.
    /// 0 where all typical prices of the window are equal, as in TA-Lib.</remarks>
    public static double[] Cci(CandleSeries candles, int period = 20)
    {
        ArgumentNullException.ThrowIfNull(candles);
        RequirePeriod(period);
        var result = Column(candles.Count, period - 1);
        var typical = TypicalPrice(candles);
        for (var i = period - 1; i < typical.Length; i++)
        {
            var window = typical.AsSpan(i - period + 1, period);
            var mean = Mean(window);
            var deviation = 0.0;
            foreach (var price in window) deviation += Math.Abs(price - mean);
            deviation /= period;
            var distance = typical[i] - mean;
            // Rounding leaves traces of equal prices: relative to the price they are nothing.
            result[i] = deviation <= Math.Abs(mean) * Nothing ? 0 : distance / (0.015 * deviation);
        }
        return result;
    }

    static double[] TypicalPrice(CandleSeries candles)
    {
        var typical = new double[candles.Count];
        var high = candles.High;
        var low = candles.Low;
        var close = candles.Close;
        for (var i = 0; i < typical.Length; i++) typical[i] = (high[i] + low[i] + close[i]) / 3;
        return typical;
    }
}
