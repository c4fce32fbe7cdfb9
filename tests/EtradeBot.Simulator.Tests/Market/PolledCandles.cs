using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Candles of a minute as a customer gets them who asks again and again: from price and time of the last trade and the day's volume, nothing else.</summary>
static class PolledCandles
{
    public static List<Candle> Poll(IMarket market, Symbol symbol, (DateTimeOffset From, DateTimeOffset To) time, TimeSpan every)
    {
        List<Candle> candles = [];
        Candle? forming = null;
        long volumeBefore = 0;
        DateOnly? tradingDay = null;
        for (var now = time.From; now < time.To; now += every)
        {
            var quote = market.ShownAt(symbol, now);
            if (quote.Phase != MarketPhase.Regular && quote.Extended is null) continue;
            var (price, tradedAt) = quote.Phase == MarketPhase.Regular ? (quote.Last, quote.LastTradeAt) : quote.Extended!.Value;
            var day = MarketCalendar.Nyse.DayOf(tradedAt);
            if (tradedAt < time.From || day != MarketCalendar.Nyse.DayOf(now)) continue;
            var minute = DateTimeOffset.FromUnixTimeSeconds(tradedAt.ToUnixTimeSeconds() / 60 * 60);
            if (forming is not { } candle || candle.OpenTime != minute)
            {
                if (forming is { } closed) candles.Add(closed);
                volumeBefore = forming is { } last && tradingDay == day ? volumeBefore + last.Volume : 0;
                (candle, tradingDay) = (new Candle(minute, price, price, price, price, 0), day);
            }
            forming = candle with
            {
                High = Math.Max(candle.High, price),
                Low = Math.Min(candle.Low, price),
                Close = price,
                Volume = quote.TotalVolume - volumeBefore,
            };
        }
        if (forming is { } newest) candles.Add(newest);
        return candles;
    }

    /// <summary>Candles of a minute from prints.</summary>
    public static List<Candle> Of(IEnumerable<Print> prints) =>
    [
        .. prints.GroupBy(print => print.At.UtcTicks / TimeSpan.TicksPerMinute).Select(minute => new Candle(
            new DateTimeOffset(minute.Key * TimeSpan.TicksPerMinute, TimeSpan.Zero),
            minute.First().Price, minute.Max(print => print.Price), minute.Min(print => print.Price), minute.Last().Price, minute.Sum(print => print.Volume))),
    ];
}
