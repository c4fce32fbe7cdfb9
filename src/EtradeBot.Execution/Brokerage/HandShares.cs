using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.Execution.Brokerage;

/// <summary>Sells what people have bought by hand, once everything is to be flattened. Shares that came from elsewhere are not touched.</summary>
sealed class HandShares(OrderBook book, OrderPath path, TimeProvider time, Func<string> newId)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly Dictionary<Symbol, long> _tried = [];

    /// <summary>Symbols with such shares, and how many: negative when short.</summary>
    public static IReadOnlyList<(Symbol Symbol, int Shares)> Of(OrderBook book) =>
        [.. from symbol in book.Where(order => order.Intent is { IsByPerson: true, IsEntry: true }).Select(order => order.Intent.Symbol).Distinct()
            let shares = book.ByHand(symbol)
            where shares != 0
            select (symbol, shares)];

    /// <summary>One step: resting exits that reserve the shares are cancelled first; when they are gone the shares are sold at the market.</summary>
    public async Task LeaveAsync(string by, string because, CancellationToken stop)
    {
        foreach (var (symbol, shares) in Of(book))
        {
            var exits = book.Where(order => order.MayFill && order.Intent.Symbol == symbol && order.Intent is { IsByPerson: true, IsEntry: false });
            foreach (var resting in exits.Where(exit => exit.IsWorking && exit.Intent.Type != OrderPriceType.Market && IsDue(exit))) await path.CancelAsync(resting.Id, because, stop).ConfigureAwait(false);
            if (exits.Count > 0 || _tried.TryGetValue(symbol, out var at) && time.GetElapsedTime(at) < Patience) continue;
            _tried[symbol] = time.GetTimestamp();
            var sale = new OrderIntent(newId(), symbol, shares > 0 ? OrderAction.Sell : OrderAction.BuyToCover, Math.Abs(shares), OrderPriceType.Market, OrderRole.Exit)
            {
                Owner = by,
                IsByPerson = true,
                Because = because,
            };
            await path.SendAsync(sale, stop).ConfigureAwait(false);
        }
    }

    bool IsDue(OrderLife order) => order.LeavingSince is not { } since || time.GetUtcNow() - since >= Patience;
}
