namespace EtradeBot.Analysis;

public static partial class Indicators
{
    public static double[] Sma(ReadOnlySpan<double> close, int period)
    {
        var r = new double[close.Length];
        Array.Fill(r, double.NaN);
        double t = 0;
        for (var i = 0; i < close.Length; i++)
        {
            t += close[i];
            if (i < period - 1) continue;
            r[i] = t / period;
            t -= close[i - period + 1];
        }
        return r;
    }

    public static double[] Atr(ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close, int period = 14) => throw new NotSupportedException();
}
