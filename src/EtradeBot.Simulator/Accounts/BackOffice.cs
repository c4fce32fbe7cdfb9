using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>What all desks of the broker share: the books, the market, and the list of orders at work.</summary>
sealed class BackOffice
{
    readonly List<BookedOrder> _working = [];

    public BackOffice(IMarket market, FaultPlan faults, OfficeState state)
    {
        (Market, Faults, State) = (market, faults, state);
        _working.AddRange(state.Books.SelectMany(book => book.Orders).Where(order => order.Order.IsWorking).OrderBy(order => order.Sequence));
    }

    public IMarket Market { get; }

    public FaultPlan Faults { get; }

    public OfficeState State { get; }

    /// <inheritdoc cref="SimulatorOptions.VisibleAfterSeconds"/>
    public double VisibleAfterSeconds { get; init; }

    public DateTimeOffset Now => State.Now;

    /// <summary>In the order of acceptance.</summary>
    public IReadOnlyList<BookedOrder> Working => _working;

    /// <summary>A symbol for what has to happen to some symbol: one at work, or the first of the market; empty without any.</summary>
    public string AnyTicker =>
        _working.Count > 0 ? _working[0].Order.Terms.Ticker : Market.Symbols.Count > 0 ? Market.Symbols[0].Ticker : "";

    public CustomerBook? BookOf(string accountKey) => State.Books.Find(book => book.Account.Key == accountKey);

    public CustomerBook BookOf(BookedOrder order) => State.Books.Find(book => book.Account.Key == order.AccountKey)!;

    /// <summary>Shares of a position that open orders are going to close.</summary>
    public int ReservedShares(CustomerBook book, OrderRequest closing, BookedOrder? except = null) =>
        WorkingIn(book, except)
            .Where(order => order.Order.Terms.Ticker == closing.Ticker && order.Order.Terms.Action == closing.Action)
            .Sum(order => order.Remaining);

    /// <summary>Shares that a closing order can still have; below 0 never.</summary>
    public int FreeShares(CustomerBook book, OrderRequest closing, BookedOrder? except = null) =>
        book.Ledger.SharesOf(closing.Ticker, closing.Action.IsShort()) - ReservedShares(book, closing, except);

    /// <summary>Dollars held back by orders that open a position.</summary>
    public decimal HeldBack(CustomerBook book, BookedOrder? except = null) =>
        WorkingIn(book, except).Sum(order => order.HeldBack * order.Remaining);

    public IEnumerable<BookedOrder> WorkingIn(CustomerBook book, BookedOrder? except = null) =>
        _working.Where(order => order.AccountKey == book.Account.Key && order != except);

    public string Describe(string ticker) =>
        (OrderRules.SymbolOf(ticker) is { } symbol ? Market.Describe(symbol)?.Description : null) ?? ticker;

    public BookedOrder Accept(CustomerBook book, OrderRequest terms, Appraisal appraisal, long previewId)
    {
        var order = new BookedOrder
        {
            Order = new CustomerOrder
            {
                OrderId = book.FirstOrderId + book.Orders.Count,
                PreviewId = previewId,
                Terms = terms,
                Shares = appraisal.Shares,
                State = OrderState.Open,
                PlacedAt = Now,
                VisibleAt = Now,
                StopLevel = appraisal.StopLevel,
            },
            AccountKey = book.Account.Key,
            Sequence = ++State.Sequence,
            HeldBack = terms.Action.Closes() ? 0 : appraisal.Price,
            WorksFrom = OrderHours.WorksFrom(terms, Now),
            Expires = OrderHours.Expires(terms, Now),
            Extreme = terms.Type.IsTrailing() ? appraisal.Base : null,
        };
        book.Orders.Add(order);
        _working.Add(order);
        return order;
    }

    public void End(BookedOrder order, OrderState state, DateTimeOffset at, string note = "")
    {
        order.Order = order.Order with { State = state, EndedAt = at, Note = note };
        (order.CancelDue, order.Expires, order.OutrunsItsCancel) = (null, null, false);
        _working.Remove(order);
    }

    public void PutBackToWork(BookedOrder order)
    {
        order.Order = order.Order with { State = order.Order.Filled > 0 ? OrderState.Partial : OrderState.Open, EndedAt = null, Note = "" };
        order.WorksFrom = OrderHours.WorksFrom(order.Order.Terms, Now);
        order.Expires = OrderHours.Expires(order.Order.Terms, Now);
        order.IsFresh = true;
        var later = _working.FindIndex(other => other.Sequence > order.Sequence);
        _working.Insert(later < 0 ? _working.Count : later, order);
    }

    /// <summary>Ends the newest closing orders whose shares are gone.</summary>
    public void EndUncovered(CustomerBook book, OrderRequest closing)
    {
        while (FreeShares(book, closing) < 0)
        {
            var newest = WorkingIn(book).Last(order => order.Order.Terms.Ticker == closing.Ticker && order.Order.Terms.Action == closing.Action);
            End(newest, OrderState.Cancelled, Now, "The shares are no longer held.");
        }
    }
}
