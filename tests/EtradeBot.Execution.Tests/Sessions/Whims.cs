using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.World;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>A strategy without sense: enters when it holds nothing, at prices that fill or rest, at times too much, and changes its mind. It knows of working
/// orders and of shares only: that nobody knows an order's fate is the program's to remember.</summary>
sealed class Whims(ulong seed, int life, Testimony testimony)
{
    /// <summary>Two entries of the usual size are more than one may be.</summary>
    const int LeastShares = 11, TooMany = 40;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    readonly Dice _dice = Dice.For(seed, "whims", life);

    public static Symbol[] Symbols { get; } = [Symbol.Parse("AAPL"), Symbol.Parse("MSFT")];

    public void Act(Trader trader, IReadOnlyList<Quote> quotes, (int Beat, DateTimeOffset Now) moment)
    {
        var symbol = Symbols[moment.Beat / 3 % 2];
        if (moment.Beat % 5 == 4 && _dice.Chance(0.3)) TakeBack(trader, symbol);
        if (moment.Beat % 3 != 0 || quotes.FirstOrDefault(quote => quote.Symbol == symbol) is not { Ask: > 1 and var ask }) return;
        if (trader.Book.Where(order => order.Intent.Symbol == symbol && order.IsWorking && order.Intent.IsEntry).Count > 0 || trader.Book.Shares(symbol) != 0) return;
        trader.Wish(Drawn(FormattableString.Invariant($"e{life}b{moment.Beat}"), symbol, ((decimal)ask, moment.Now)));
    }

    void TakeBack(Trader trader, Symbol symbol)
    {
        foreach (var order in trader.Book.Where(order => order.Intent.Symbol == symbol && order.Intent.IsEntry && order.IsWorking))
        {
            testimony.TakenBack.Add(order.Id);
            trader.TakeBack(order.Id, "changed its mind");
        }
    }

    OrderIntent Drawn(string name, Symbol symbol, (decimal Ask, DateTimeOffset Now) market)
    {
        var rests = _dice.Chance(0.3);
        var price = Math.Round(market.Ask * (rests ? 0.998m : 1.001m), 2);
        var wish = new TestWish(name, symbol.Ticker, _dice.Chance(0.05) ? TooMany : LeastShares + _dice.Below(4), Math.Round(price * 0.997m, 2), rests ? market.Now + Patience : null);
        testimony.Wishes.Add(wish);
        return new OrderIntent(name, symbol, OrderAction.Buy, wish.Shares, OrderPriceType.Limit, OrderRole.Entry)
        {
            Limit = price,
            PlannedStop = wish.Stop,
            PlannedTarget = Math.Round(market.Ask * 1.0005m, 2),
            GoodUntil = wish.GoodUntil,
            Owner = "test",
            Because = "its turn",
        };
    }
}
