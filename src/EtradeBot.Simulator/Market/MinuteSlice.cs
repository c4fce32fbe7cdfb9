using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Some of a day's minute candles, in place.</summary>
readonly struct MinuteSlice(CandleColumns columns, int start, int end)
{
    public int Count => end - start;

    public long OpenTicks(int m) => columns.OpenTimes[start + m];

    public double Open(int m) => columns.Open[start + m];

    public double High(int m) => columns.High[start + m];

    public double Low(int m) => columns.Low[start + m];

    public double Close(int m) => columns.Close[start + m];

    public long Volume(int m) => columns.Volume[start + m];

    /// <param name="seed">Of the symbol; the minute is mixed in.</param>
    public MinuteWalk Walk(int m, ulong seed)
    {
        var i = start + m;
        return new(columns.Open[i], columns.High[i], columns.Low[i], columns.Close[i], seed ^ (ulong)columns.OpenTimes[i]);
    }

    /// <summary>Index of the last candle that has opened by then; -1 before the first.</summary>
    public int LastOpened(long ticks)
    {
        // Without holes the candle is where its minute says; with some it stands further left.
        var guess = start + (int)Math.Clamp((ticks - columns.OpenTimes[start]) / TimeSpan.TicksPerMinute, -1, Count - 1);
        if (guess >= start && columns.OpenTimes[guess] <= ticks && (guess + 1 == end || columns.OpenTimes[guess + 1] > ticks)) return guess - start;
        var i = Array.BinarySearch(columns.OpenTimes, start, Count, ticks);
        return (i >= 0 ? i : ~i - 1) - start;
    }
}
