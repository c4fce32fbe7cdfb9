using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Walks a candle of more than a minute: minutes that, taken together, are that candle again.</summary>
/// <remarks>The way is the one of <see cref="MinuteWalk"/> on a larger scale: open, the extreme nearer to it, the other extreme, close, each reached within its own minute and with drawn deviations between.</remarks>
static class LongCandle
{
    /// <param name="span">Ticks of the first minute's open, and how many there are.</param>
    public static void Split(in Candle candle, (long From, int Count) span, ulong seed, CandleColumns into)
    {
        var (open, high, low, close) = (candle.Open, candle.High, candle.Low, candle.Close);
        var count = span.Count;
        if (count == 1)
        {
            into.Add(span.From, open, high, low, close, candle.Volume);
            return;
        }
        var draw = MinuteWalk.Mix(seed ^ (ulong)span.From);
        var (first, second) = MinuteWalk.IsLowFirst(open, high, low, close) ? (low, high) : (high, low);
        // The one in the first two fifths, the other in the second half.
        var firstAt = (int)(draw % (ulong)Math.Max(1, count * 2 / 5));
        var secondAt = count / 2 + (int)((draw >> 32) % (ulong)(count - count / 2));
        ReadOnlySpan<(double At, double Price)> knots = [(0, open), (firstAt + 0.5, first), (secondAt + 0.5, second), (count, close)];
        var deviation = (high - low) * Math.Min(0.2, 1 / Math.Sqrt(count));
        var last = open;
        for (var m = 0; m < count; m++)
        {
            var drawn = (MinuteWalk.Mix(draw + (ulong)m) >> 11) / (double)(1UL << 52) - 1;
            var next = m == count - 1 ? close : Math.Clamp(Cents.Near(At(knots, m + 1) + deviation * drawn), low, high);
            double top = Math.Max(last, next), bottom = Math.Min(last, next);
            if (m == firstAt) (top, bottom) = (Math.Max(top, first), Math.Min(bottom, first));
            if (m == secondAt) (top, bottom) = (Math.Max(top, second), Math.Min(bottom, second));
            into.Add(span.From + m * TimeSpan.TicksPerMinute, last, top, bottom, next, Volume(candle.Volume, m + 1, count) - Volume(candle.Volume, m, count));
            last = next;
        }
    }

    /// <summary>Shares in the first so many minutes.</summary>
    static long Volume(long total, int minutes, int count) => total / count * minutes + total % count * minutes / count;

    static double At(ReadOnlySpan<(double At, double Price)> knots, double x)
    {
        var i = 1;
        while (knots[i].At < x) i++;
        var (from, to) = (knots[i - 1], knots[i]);
        return from.Price + (to.Price - from.Price) * (x - from.At) / (to.At - from.At);
    }
}
