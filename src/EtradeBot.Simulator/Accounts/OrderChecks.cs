namespace EtradeBot.Simulator.Accounts;

/// <summary>An order that nothing speaks against.</summary>
/// <param name="Changed">The order it takes the place of.</param>
/// <param name="BuyingPower">Dollars before the order.</param>
sealed record CheckedOrder(CustomerBook Book, OrderRequest Terms, Appraisal Appraisal, BookedOrder? Changed, decimal BuyingPower);

/// <summary>What an order is checked for, at its preview and once more when it is placed: prices and shares may have moved.</summary>
sealed class OrderChecks(BackOffice office)
{
    /// <param name="terms">Normalised.</param>
    /// <param name="changes">Number of the order to be changed.</param>
    /// <param name="shares">As previewed; null: to be counted.</param>
    public Outcome<CheckedOrder> Check(CustomerBook book, OrderRequest terms, long? changes, int? shares = null)
    {
        if (book.Account.IsClosed) return Refusals.ClosedAccount;
        if (OrderRules.Broken(terms) is { } broken) return broken;
        BookedOrder? changed = null;
        if (changes is { } orderId)
        {
            changed = book.Find(orderId);
            if (NotChangeable(changed, terms) is { } refusal) return refusal;
        }
        if (OrderRules.SymbolOf(terms.Ticker) is not { } symbol || !office.Market.Lists(symbol)) return Refusals.UnknownSymbol;
        var held = book.Ledger.SharesOf(terms.Ticker, terms.Action.IsShort());
        var (appraisal, no) = Appraisal.Of(terms, office.Market.QuoteAt(symbol, office.Now), held);
        if (appraisal is null) return no!;
        if (shares is { } previewed) appraisal = appraisal with { Shares = previewed };
        var power = Funds.Sheet(office, book, changed).BuyingPower();
        var order = new CheckedOrder(book, terms, appraisal, changed, power);
        return (terms.Action.Closes() ? Uncovered(order) : Unpaid(order)) is { } lack ? lack : order;
    }

    Refusal? NotChangeable(BookedOrder? order, OrderRequest terms)
    {
        if (order is null) return Refusals.UnknownOrder;
        if (!order.Order.IsWorking) return Refusals.TooLate;
        if (order.Order.State == OrderState.CancelRequested || order.UpdatingUntil > office.Now) return Refusals.StillUpdating;
        var before = order.Order.Terms;
        return before.Ticker != terms.Ticker || before.Action != terms.Action
            ? Refusals.Malformed("A change keeps symbol and action: cancel the order and place another.")
            : null;
    }

    Refusal? Uncovered(CheckedOrder order) =>
        order.Appraisal.Shares < 1 || order.Appraisal.Shares > office.FreeShares(order.Book, order.Terms, order.Changed) ? Refusals.NoShares : null;

    static Refusal? Unpaid(CheckedOrder order)
    {
        if (order.Terms.Action == OrderAction.SellShort && !order.Book.Account.IsMargin)
            return Refusals.Malformed("Short sales need a margin account.");
        return order.Appraisal.Shares * order.Appraisal.Price > order.BuyingPower ? Refusals.NoFunds : null;
    }
}
