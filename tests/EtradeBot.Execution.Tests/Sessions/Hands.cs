using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.World;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>A person at the program's own pages, who buys a few shares of what the bot trades, takes orders back, and sells again: now and then more than are
/// hers, which must not take the bot's away.</summary>
sealed class Hands(ulong seed, int life, Testimony testimony)
{
    const int Most = 4;

    readonly Dice _dice = Dice.For(seed, "hands", life);

    /// <summary>One world in so many has her.</summary>
    public static bool AreIn(ulong seed) => seed % 3 == 0;

    public async Task ActAsync(Trader trader, IReadOnlyList<Quote> quotes, int beat)
    {
        if (beat % 6 != 5) return;
        var symbol = Whims.Symbols[_dice.Below(Whims.Symbols.Length)];
        if (quotes.FirstOrDefault(quote => quote.Symbol == symbol) is not { Ask: > 1 and var ask, Bid: > 1 and var bid }) return;
        var mine = trader.Book.Where(order => order.Intent is { IsByPerson: true } && order.Intent.Symbol == symbol && order.IsWorking);
        var held = trader.Book.ByHand(symbol);
        var name = FormattableString.Invariant($"h{life}b{beat}");
        if (mine.Count > 0 && _dice.Chance(0.5)) await TakeBackAsync(trader, mine[0]);
        else if (held > 0 && _dice.Chance(0.6)) await OrderAsync(trader, Of(name, symbol, (OrderAction.Sell, held + (_dice.Chance(0.3) ? Most : 0)), Math.Round((decimal)bid * (_dice.Chance(0.5) ? 0.999m : 1.02m), 2)));
        else if (held == 0 && mine.Count == 0) await OrderAsync(trader, Of(name, symbol, (OrderAction.Buy, 1 + _dice.Below(Most)), Math.Round((decimal)ask * (_dice.Chance(0.7) ? 1.001m : 0.98m), 2)));
    }

    static OrderIntent Of(string name, Symbol symbol, (OrderAction Action, int Shares) what, decimal limit) =>
        new(name, symbol, what.Action, what.Shares, OrderPriceType.Limit, what.Action == OrderAction.Buy ? OrderRole.Entry : OrderRole.Exit)
        {
            Limit = limit,
            Owner = "hands",
            IsByPerson = true,
            Because = "by hand",
        };

    async Task OrderAsync(Trader trader, OrderIntent intent)
    {
        testimony.ByHand.Add(intent.Id);
        try
        {
            if (trader.Path.Forbids(intent).Length > 0) return;
            var preview = await trader.Path.PreviewAsync(intent);
            if (preview.Differences.Count == 0) await trader.Path.SendAsync(intent, preview);
        }
        catch (BrokerException)
        {
            // No preview, no order.
        }
    }

    async Task TakeBackAsync(Trader trader, OrderLife order)
    {
        testimony.TakenBack.Add(order.Id);
        await trader.Path.CancelAsync(order.Id, "taken back by hand");
    }
}
