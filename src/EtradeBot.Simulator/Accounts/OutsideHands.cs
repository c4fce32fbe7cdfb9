using EtradeBot.Market;
using EtradeBot.Simulator.Faults;
using EtradeBot.Trading;

namespace EtradeBot.Simulator.Accounts;

/// <summary>What happens to the account without the API: a person at the broker's screens, and the broker's own corrections.</summary>
/// <remarks>A fault without a symbol strikes where there is something to strike; one that finds nothing to do waits.</remarks>
sealed class OutsideHands(BackOffice office)
{
    const string ClientOrderId = "person";
    const int PersonsShares = 10;

    /// <summary>Where a person bids, as a part of the last price.</summary>
    const double PersonsBid = 0.99;

    readonly Corrections _corrections = new(office);

    public void Act()
    {
        foreach (var fault in office.Faults.Set)
            if (Deed(fault) is not null && office.Faults.Strike(fault.Name, symbol: fault.Symbol) is { } struck) Deed(struck)?.Invoke();
    }

    /// <summary>What the fault is about to do; null when there is nothing to do it to.</summary>
    Action? Deed(Fault fault) => fault.Name switch
    {
        "foreign-order" => Order(fault),
        "foreign-cancel" => Cancel(fault),
        "foreign-sell" => Sell(fault),
        "bust" => _corrections.Bust(fault),
        "reopen" => _corrections.Reopen(fault),
        "split" => _corrections.Split(fault),
        _ => null,
    };

    Action? Order(Fault fault)
    {
        var newest = office.State.Books.SelectMany(book => book.Orders).MaxBy(order => order.Sequence);
        var ticker = fault.Symbol ?? newest?.Order.Terms.Ticker ?? office.AnyTicker;
        if (OrderRules.SymbolOf(ticker) is not { } symbol || !office.Market.Lists(symbol)) return null;
        var last = office.Market.QuoteAt(symbol, office.Now).Last;
        if (last <= 0) return null;
        var book = newest is null ? office.State.Books[0] : office.BookOf(newest);
        var shares = Math.Max(1, (int)(fault.Value ?? PersonsShares));
        var limit = Tick.Round(last * PersonsBid, Side.Buy);
        if (shares * limit > Funds.Sheet(office, book).BuyingPower()) return null;
        var terms = Terms(symbol, OrderAction.Buy, shares) with { Type = PriceType.Limit, Limit = limit, Term = OrderTerm.GoodUntilCancel };
        return () =>
        {
            var order = office.Accept(book, terms, new Appraisal(shares, limit, null, limit), previewId: 0);
            order.Order = order.Order with { OrderType = "ONE_CANCELS_ALL" };
        };
    }

    Action? Cancel(Fault fault)
    {
        var newest = office.Working.LastOrDefault(order => fault.Concerns(order.Order.Terms.Ticker));
        return newest is null ? null : () => office.End(newest, OrderState.Cancelled, office.Now, "Cancelled by the customer.");
    }

    Action? Sell(Fault fault)
    {
        foreach (var book in office.State.Books)
            foreach (var position in book.Ledger.Positions)
                if (!position.IsShort && fault.Concerns(position.Ticker)) return () => SellAll(book, position);
        return null;
    }

    /// <summary>A person first has to cancel the orders that reserve the shares, then sells at the market.</summary>
    void SellAll(CustomerBook book, PositionBook position)
    {
        foreach (var order in office.WorkingIn(book).ToList())
            if (order.Order.Terms.Action == OrderAction.Sell && order.Order.Terms.Ticker == position.Ticker)
                office.End(order, OrderState.Cancelled, office.Now, "Cancelled by the customer.");
        var symbol = Symbol.Parse(position.Ticker);
        var price = position.Lots[^1].Price;
        office.Accept(book, Terms(symbol, OrderAction.Sell, position.Shares), new Appraisal(position.Shares, price, null, price), previewId: 0);
    }

    static OrderRequest Terms(Symbol symbol, OrderAction action, int shares) => new()
    {
        ClientOrderId = ClientOrderId,
        Ticker = symbol.Ticker,
        Action = action,
        Quantity = shares,
        Type = PriceType.Market,
    };
}
