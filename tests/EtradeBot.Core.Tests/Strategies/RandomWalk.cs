using EtradeBot.Market;

namespace EtradeBot.Strategies;

/// <summary>Daily candles of a seeded random walk, for tests that need many candles and no market.</summary>
static class RandomWalk
{
    public static CandleSeries Of(int count, int seed = 7)
    {
        var random = new Random(seed);
        var columns = new CandleColumns(count);
        var day = new DateOnly(2015, 1, 5);
        var close = 100.0;
        for (var i = 0; i < count; i++)
        {
            var open = close * (1 + 0.004 * (random.NextDouble() - 0.5));
            close = open * (1 + 0.03 * (random.NextDouble() - 0.5));
            var high = Math.Max(open, close) * (1 + 0.01 * random.NextDouble());
            var low = Math.Min(open, close) * (1 - 0.01 * random.NextDouble());
            columns.Add(MarketCalendar.Nyse.DailyOpen(day).UtcTicks, open, high, low, close, random.Next(1_000, 9_000));
            day = day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1);
        }
        return CandleSeries.FromColumns(Symbol.Parse("WALK"), Timeframe.D1, new CandleOrigin("random walk", IsSimulated: true), columns);
    }
}
