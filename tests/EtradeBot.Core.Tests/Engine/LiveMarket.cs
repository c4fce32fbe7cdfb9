using EtradeBot.Market;

namespace EtradeBot.Engine;

/// <summary>Random five-minute candles over several days, with gaps over night and candles missing here and there.</summary>
static class LiveMarket
{
    public static CandleSeries Of(string symbol, int seed, int candles)
    {
        var random = new Random(seed);
        var columns = new CandleColumns(candles);
        var (day, close) = (new DateOnly(2024, 3, 7), 20 + 80 * random.NextDouble());
        // Ticks of ten cents make ties: levels touched exactly, dojis, flat candles.
        var digits = random.Next(1, 3);
        for (var minute = 0; columns.Count < candles; minute += 5)
        {
            if (minute == 390)
            {
                (minute, day) = (0, day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1));
                close = Snap(close * (1 + 0.06 * (random.NextDouble() - 0.5)));
            }
            var open = Snap(close + 0.3 * (random.NextDouble() - 0.5));
            close = Snap(open * (1 + 0.02 * (random.NextDouble() - 0.5)));
            var high = Snap(Math.Max(open, close) + 0.5 * random.NextDouble());
            var low = Snap(Math.Min(open, close) - 0.5 * random.NextDouble());
            if (random.Next(10) == 0) continue;
            var opens = MarketCalendar.Nyse.At(day, new TimeOnly(9, 30).AddMinutes(minute));
            columns.Add(opens.UtcTicks, open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, random.Next(0, 5_000));
        }
        return CandleSeries.FromColumns(Symbol.Parse(symbol), Timeframe.M5, new CandleOrigin("random", IsSimulated: true), columns);

        double Snap(double price) => Math.Round(Math.Max(price, 5), digits);
    }
}
