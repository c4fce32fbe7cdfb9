using EtradeBot.Market;

namespace EtradeBot.App;

/// <summary>Candles whose numbers do not matter, the same ones every time.</summary>
static class SomeCandles
{
    /// <summary>09:30 in New York on a Monday.</summary>
    public static DateTimeOffset Start { get; } = new(2024, 1, 8, 14, 30, 0, TimeSpan.Zero);

    public static CandleSeries Of(string ticker, Timeframe timeframe, int count) =>
        From(ticker, timeframe, Enumerable.Range(0, count).Select(i => At(i, Start + i * timeframe.Length)));

    public static CandleSeries From(string ticker, Timeframe timeframe, IEnumerable<Candle> candles) =>
        CandleSeries.From(Symbol.Parse(ticker), timeframe, new CandleOrigin("some.csv"), candles);

    public static Candle At(int i, DateTimeOffset openTime)
    {
        var open = 100 + 10 * Math.Sin(i / 50.0);
        var close = 100 + 10 * Math.Sin((i + 1) / 50.0);
        return new Candle(openTime, open, Math.Max(open, close) + 0.25, Math.Min(open, close) - 0.25, close, 1000 + i % 997);
    }
}
