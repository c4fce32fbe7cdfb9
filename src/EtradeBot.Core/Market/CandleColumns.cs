using System.Runtime.CompilerServices;

namespace EtradeBot.Market;

/// <summary>Growing columns of candles, before they become a <see cref="CandleSeries"/>.</summary>
public sealed class CandleColumns
{
    public CandleColumns(int capacity = 1024)
    {
        var size = Math.Max(capacity, 16);
        OpenTimes = new long[size];
        Open = new double[size];
        High = new double[size];
        Low = new double[size];
        Close = new double[size];
        Volume = new long[size];
    }

    public int Count { get; private set; }

    internal long[] OpenTimes;
    internal double[] Open, High, Low, Close;
    internal long[] Volume;

    /// <param name="openTicks">UTC ticks (100 ns since year 1) of the candle's open.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long openTicks, double open, double high, double low, double close, long volume)
    {
        var i = Count;
        if (i == OpenTimes.Length) Grow();
        OpenTimes[i] = openTicks;
        Open[i] = open;
        High[i] = high;
        Low[i] = low;
        Close[i] = close;
        Volume[i] = volume;
        Count = i + 1;
    }

    public void Add(in Candle candle) =>
        Add(candle.OpenTime.UtcTicks, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);

    void Grow()
    {
        var size = OpenTimes.Length * 2;
        Array.Resize(ref OpenTimes, size);
        Array.Resize(ref Open, size);
        Array.Resize(ref High, size);
        Array.Resize(ref Low, size);
        Array.Resize(ref Close, size);
        Array.Resize(ref Volume, size);
    }
}
