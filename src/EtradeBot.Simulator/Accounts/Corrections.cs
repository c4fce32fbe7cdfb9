using EtradeBot.Market;
using EtradeBot.Simulator.Faults;
using EtradeBot.Trading;

namespace EtradeBot.Simulator.Accounts;

/// <summary>What a broker does to orders and holdings that seemed final.</summary>
sealed class Corrections(BackOffice office)
{
    const double SplitRatio = 2;

    /// <summary>Takes the last execution back. An order that had ended stays ended, with less filled; one at work goes on for more.</summary>
    public Action? Bust(Fault fault)
    {
        var last = office.State.Books
            .SelectMany(book => book.Ledger.Bookings, (book, booking) => new { Book = book, Booking = booking })
            .Where(pair => fault.Concerns(pair.Booking.Trade.Ticker))
            .MaxBy(pair => pair.Booking.Trade.Execution.Id);
        return last is null ? null : () => Bust(last.Book, last.Booking);
    }

    /// <summary>The order that ended last without being filled is open again.</summary>
    public Action? Reopen(Fault fault)
    {
        var order = office.State.Books.SelectMany(book => book.Orders)
            .Where(order => !order.Order.IsWorking && order.Remaining > 0 && fault.Concerns(order.Order.Terms.Ticker))
            .MaxBy(order => (order.Order.EndedAt, order.Sequence));
        if (order is null) return null;
        var (terms, book) = (order.Order.Terms, office.BookOf(order));
        return terms.Action.Closes() && office.FreeShares(book, terms) < order.Remaining ? null : () => office.PutBackToWork(order);
    }

    public Action? Split(Fault fault)
    {
        var ticker = fault.Symbol?.ToUpperInvariant()
            ?? office.State.Books.SelectMany(book => book.Ledger.Positions).FirstOrDefault()?.Ticker
            ?? office.AnyTicker;
        var ratio = fault.Value ?? SplitRatio;
        return OrderRules.SymbolOf(ticker) is { } symbol && office.Market.Lists(symbol) && ratio is > 0 and < 1_000 ? () => Split(symbol, ratio) : null;
    }

    void Bust(CustomerBook book, Booking booking)
    {
        var trade = booking.Trade;
        book.Ledger.TakeBack(booking, office.Now);
        var order = book.Find(trade.OrderId)!;
        order.Order = order.Order with
        {
            Executions = [.. order.Order.Executions.Select(done => done.Id == trade.Execution.Id ? done with { IsBusted = true } : done)],
        };
        order.Recount();
        order.Order = order.Order with
        {
            State = order.Order.State switch
            {
                OrderState.Executed => OrderState.Cancelled,
                OrderState.Partial when order.Order.Filled == 0 => OrderState.Open,
                var state => state,
            },
        };
        // Shares that are gone cannot be closed any more, and those that came back cannot be closed twice.
        foreach (var action in new[] { OrderAction.Sell, OrderAction.BuyToCover })
            office.EndUncovered(book, order.Order.Terms with { Action = action });
    }

    void Split(Symbol symbol, double ratio)
    {
        var (ticker, at) = (symbol.Ticker, office.Now);
        var quote = office.Market.QuoteAt(symbol, at);
        var price = decimal.Round((decimal)((quote.Last > 0 ? quote.Last : quote.PreviousClose) / ratio), 4);
        office.Market.Split(symbol, ratio, at);
        office.State.Splits.Add(new StockSplit(ticker, ratio, at));
        office.State.LastPrints.Remove(ticker);
        foreach (var book in office.State.Books)
        {
            book.Ledger.Split(ticker, (decimal)ratio, price, at);
            book.Previews.RemoveAll(preview => preview.Terms.Ticker == ticker);
        }
        foreach (var order in office.Working.Where(order => order.Order.Terms.Ticker == ticker).ToList()) Split(order, (decimal)ratio);
    }

    /// <summary>What is filled stays as it was; what is left counts in new shares.</summary>
    void Split(BookedOrder booked, decimal ratio)
    {
        var (order, terms) = (booked.Order, booked.Order.Terms);
        var left = (int)decimal.Floor(booked.Remaining * ratio);
        if (left < 1)
        {
            office.End(booked, OrderState.Cancelled, office.Now, "Less than a share was left after the split.");
            return;
        }
        var isPercent = terms.Type == PriceType.TrailingStopPercent;
        var side = terms.Action.IsBuy() ? Side.Buy : Side.Sell;
        booked.HeldBack /= ratio;
        booked.Extreme /= ratio;
        booked.IsFresh = true;
        booked.Rewrite(order with
        {
            Shares = order.Filled + left,
            StopLevel = Divided(order.StopLevel, side.Opposite()),
            Terms = terms with
            {
                Quantity = order.Filled + left,
                Limit = Divided(terms.Limit, side),
                Stop = isPercent ? terms.Stop : Divided(terms.Stop, side.Opposite()),
                StopLimit = Divided(terms.StopLimit, side),
            },
        });

        decimal? Divided(decimal? price, Side rounds) => price is { } dollars ? Tick.Round((double)(dollars / ratio), rounds) : null;
    }
}
