using EtradeBot.App.Hosting.Live;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>What an order is judged by: the account, what works and what may work in it, and the quote.</summary>
/// <param name="Loose">Own orders that no list shows yet, or whose fate is unknown: counted as if they were there.</param>
sealed record AccountPicture(IReadOnlyList<PortfolioPosition> Positions, IReadOnlyList<BrokerOrder> Orders, IReadOnlyList<OrderLife> Loose)
{
    public AccountBalance? Balance { get; init; }

    public decimal? DayPnl { get; init; }

    public Quote? Quote { get; init; }

    /// <summary>The order that is to be changed: it does not count beside its own successor.</summary>
    public long? Without { get; init; }

    public static AccountPicture Of(LiveState state, Symbol symbol, IReadOnlyList<OrderLife> loose) => new(state.Account.Positions, state.Account.Orders, loose)
    {
        Balance = state.Account.Balance,
        DayPnl = state.Account.DayPnl,
        Quote = state.Find(symbol)?.Quote,
    };

    public decimal Held(Symbol symbol) => Positions.Where(position => IsStock(position) && position.Symbol == symbol.Ticker).Sum(position => position.Quantity);

    /// <summary>Shares that working and unproved orders of the action may still take.</summary>
    public decimal Reserved(Symbol symbol, OrderAction action) =>
        Working().Where(order => order.Symbol == symbol.Ticker && ListedOrder.Action(order) == action).Sum(Remaining)
        + Loose.Where(order => order.Intent.Symbol == symbol && order.Intent.Action == action).Sum(order => (decimal)order.Open);

    /// <summary>Figures for the risk manager; entries at work and unproved ones count as filled.</summary>
    public (double Equity, int OtherPositions, double Exposure, double OfSymbol) Standing(Symbol symbol, double price)
    {
        var held = Positions.Where(position => position.Quantity != 0)
            .Select(position => (position.Symbol, Value: Math.Abs((double)(position.MarketValue ?? position.Quantity * (position.LastPrice ?? position.PricePaid)))));
        var coming = Working().Where(ListedOrder.IsEntry).Select(order => (order.Symbol, Value: (double)Remaining(order) * (double)(order.Limit ?? order.Stop ?? PriceOf(order.Symbol, symbol, price))))
            .Concat(Loose.Where(order => order.Intent.IsEntry).Select(order => (Symbol: order.Intent.Symbol.Ticker,
                Value: order.Open * (double)(order.Intent.Limit ?? order.Intent.Stop ?? PriceOf(order.Intent.Symbol.Ticker, symbol, price)))));
        var all = held.Concat(coming).ToList();
        return (
            (double)(Balance?.TotalValue ?? 0),
            all.Where(part => part.Symbol != symbol.Ticker).Select(part => part.Symbol).Distinct(StringComparer.Ordinal).Count(),
            all.Sum(part => part.Value),
            all.Where(part => part.Symbol == symbol.Ticker).Sum(part => part.Value));
    }

    IEnumerable<BrokerOrder> Working() => Orders.Where(order => !order.IsEnded && order.OrderId != Without && ListedOrder.IsStock(order));

    static decimal Remaining(BrokerOrder order) => Math.Max(0, order.OrderedQuantity - order.FilledQuantity);

    // A market order of another symbol has no price in the list: its position's, or none at all.
    decimal PriceOf(string ticker, Symbol symbol, double price) => ticker == symbol.Ticker
        ? double.IsFinite(price) ? (decimal)price : 0
        : Positions.FirstOrDefault(position => position.Symbol == ticker)?.LastPrice ?? 0;

    static bool IsStock(PortfolioPosition position) => position.SecurityType is "EQ" or "";
}
