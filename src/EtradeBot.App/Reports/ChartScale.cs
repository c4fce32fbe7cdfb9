using System.Runtime.CompilerServices;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Which candle of the chart a time belongs to: the run's own timeframe, or a longer one when there are too many to draw.</summary>
sealed class ChartScale
{
    /// <summary>More candles than this are drawn as longer ones: a screen is some 2,000 pixels wide.</summary>
    public const int MostCandles = 20_000;

    const int MinutesToOpen = 9 * 60 + 30;
    const long EpochTicks = 621_355_968_000_000_000;

    readonly NewYorkTimes _times;

    ChartScale(Timeframe source, Timeframe shown)
    {
        Source = source;
        Shown = shown;
        _times = new NewYorkTimes(source);
    }

    public Timeframe Source { get; }

    public Timeframe Shown { get; }

    public bool IsCoarser => Shown != Source;

    /// <summary>The shortest timeframe that draws these candles with at most <paramref name="most"/>.</summary>
    public static ChartScale For(Timeframe source, ReadOnlySpan<long> openTicks, int most = MostCandles)
    {
        foreach (var shown in Timeframe.All)
        {
            if (shown.CompareTo(source) < 0) continue;
            var scale = new ChartScale(source, shown);
            var atLeast = (long)openTicks.Length * source.Minutes / shown.Minutes;
            if (shown.IsIntraday && atLeast > most) continue;
            if (shown == Timeframe.W1 || scale.Starts(openTicks).Length <= most) return scale;
        }
        return new ChartScale(source, Timeframe.W1);
    }

    /// <summary>Index of the first candle of each candle drawn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] Starts(ReadOnlySpan<long> openTicks)
    {
        var starts = new List<int>(Math.Min(openTicks.Length, MostCandles));
        var (last, end) = (long.MinValue, long.MinValue);
        for (var i = 0; i < openTicks.Length; i++)
        {
            if (openTicks[i] < end) continue;
            var time = Seconds(openTicks[i], out end);
            if (time == last) continue;
            last = time;
            starts.Add(i);
        }
        return [.. starts];
    }

    /// <summary>Open of the drawn candle in seconds since 1970 on the New York wall clock; midnight for days and weeks.</summary>
    public long Seconds(long utcTicks) => Seconds(utcTicks, out _);

    /// <param name="end">UTC ticks before which every later candle belongs to the same drawn one.</param>
    long Seconds(long utcTicks, out long end)
    {
        var wall = _times.WallTicks(utcTicks) - EpochTicks;
        end = utcTicks + 1;
        if (!IsCoarser && Shown.IsIntraday) return Floor(wall, TimeSpan.TicksPerSecond);
        end = _times.DayEnd;
        var day = Floor(wall, TimeSpan.TicksPerDay);
        if (Shown == Timeframe.D1) return day * 86400;
        // The first of January 1970 was a Thursday.
        if (Shown == Timeframe.W1) return (Floor(day + 3, 7) * 7 - 3) * 86400;
        var minute = Floor(wall - day * TimeSpan.TicksPerDay, TimeSpan.TicksPerMinute) - MinutesToOpen;
        var first = MinutesToOpen + Floor(minute, Shown.Minutes) * Shown.Minutes;
        end = Math.Min(end, utcTicks - wall + day * TimeSpan.TicksPerDay + (first + Shown.Minutes) * TimeSpan.TicksPerMinute);
        return day * 86400 + first * 60;
    }

    /// <summary>The instant in seconds since 1970 on the New York wall clock, for showing.</summary>
    public double WallSeconds(DateTimeOffset instant) => (_times.WallTicks(instant.UtcTicks) - EpochTicks) / (double)TimeSpan.TicksPerSecond;

    static long Floor(long value, long size) => value >= 0 ? value / size : -((size - 1 - value) / size);
}
