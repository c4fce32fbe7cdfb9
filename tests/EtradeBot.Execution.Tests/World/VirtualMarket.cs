using System.Collections.Concurrent;
using EtradeBot.Market;

namespace EtradeBot.Execution.World;

/// <summary>Prices of a virtual world: restless ones, so that stops and targets are reached within minutes. Candles around a day are made once and shared by
/// all worlds of the same market.</summary>
static class VirtualMarket
{
    /// <summary>Different markets; each seed of a world picks one.</summary>
    const int Markets = 32;

    /// <summary>Of the logarithm of the price within five minutes.</summary>
    const double UsualMove = 0.004, Jump = 0.03, JumpChance = 0.01;

    static readonly ConcurrentDictionary<(int Market, DateOnly Day), IReadOnlyList<CandleSeries>> Made = new();

    public static IReadOnlyList<Symbol> Symbols { get; } = [Symbol.Parse("AAPL"), Symbol.Parse("MSFT"), Symbol.Parse("KO"), Symbol.Parse("F")];

    /// <summary>Candles of five minutes from the session before the day to the second one after it.</summary>
    public static IReadOnlyList<CandleSeries> Around(ulong seed, DateTimeOffset start) =>
        Made.GetOrAdd(((int)(seed % Markets), MarketCalendar.Nyse.DayOf(start)), static key => [.. Symbols.Select((symbol, number) => Series(symbol, Dice.For((ulong)key.Market, "market", number), key.Day))]);

    static CandleSeries Series(Symbol symbol, Dice dice, DateOnly day)
    {
        var nyse = MarketCalendar.Nyse;
        var last = nyse.NextSession(nyse.NextSession(day));
        var price = dice.Between(10, 300);
        var candles = new List<Candle>();
        foreach (var session in nyse.Sessions(nyse.PreviousSession(day), last))
            for (var at = session.Open; at < session.Close; at = at.AddMinutes(5)) candles.Add(Candle(dice, at, ref price));
        return CandleSeries.From(symbol, Timeframe.M5, new CandleOrigin("virtual market", true, PriceAdjustment.Raw), candles);
    }

    static Candle Candle(Dice dice, DateTimeOffset at, ref double price)
    {
        var open = price;
        var move = (dice.Unit() + dice.Unit() + dice.Unit() - 1.5) * 2 * UsualMove;
        if (dice.Chance(JumpChance)) move += dice.Between(-Jump, Jump);
        price = Math.Round(Math.Max(1, open * Math.Exp(move)), 2);
        var high = Math.Round(Math.Max(open, price) * (1 + dice.Unit() * UsualMove / 2), 2);
        var low = Math.Round(Math.Min(open, price) * (1 - dice.Unit() * UsualMove / 2), 2);
        return new Candle(at, Math.Round(open, 2), Math.Max(high, Math.Round(open, 2)), Math.Min(low, Math.Round(open, 2)), price, 2_000 + dice.Below(60_000));
    }
}
