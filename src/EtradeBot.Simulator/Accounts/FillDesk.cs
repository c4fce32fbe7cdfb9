using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Simulator.Market;
using EtradeBot.Trading;

namespace EtradeBot.Simulator.Accounts;

/// <summary>Fills orders against prints, by the rules of the product's one fill model (<see cref="Touch"/>).</summary>
/// <remarks>
/// An order sees only prints after its acceptance. Its first print is a gap, and so is the first one of a session or after a minute
/// without trades, such as a halt: the price was not there before. Otherwise the price moves from print to print, and what lies
/// between was traded. Market orders and reached stops pay half the spread on top of the print, or of the stop's level; limit
/// orders fill at their limit, in a gap at the better print, and wait when the price only touches them. All orders of a symbol
/// share what a print can fill.
/// </remarks>
sealed class FillDesk(BackOffice office)
{
    /// <summary>The part of a print's volume that can be the customer's.</summary>
    const double Participation = 0.25;

    /// <summary>A print fills so many shares however small it is: a round lot always stands at the quote.</summary>
    const int RoundLot = 100;

    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    const double PartialFraction = 0.4;
    const decimal LowestPrice = 0.0001m;

    public void OnPrint(Symbol symbol, IReadOnlyList<BookedOrder> orders, in Print print)
    {
        var prints = office.State.LastPrints;
        Print? before = prints.TryGetValue(symbol.Ticker, out var last) && IsContinued(last, print) ? last : null;
        var left = Math.Max(RoundLot, (long)(print.Volume * Participation));
        foreach (var order in orders) left -= Meet(order, before, print, left);
        prints[symbol.Ticker] = print;
    }

    /// <summary>The closing auction: the session's last print, without a bound on the shares.</summary>
    public void AtClose(BookedOrder order)
    {
        if (order.IsFresh || !office.State.LastPrints.TryGetValue(order.Order.Terms.Ticker, out var last)) return;
        if (Touch.AtOpen(order.Paper, last.Price) is { } price) Fill(order, price, last with { At = office.Now }, long.MaxValue);
    }

    static bool IsContinued(in Print last, in Print print) => last.Phase == print.Phase && print.At - last.At <= LongestPause;

    /// <returns>Shares filled.</returns>
    int Meet(BookedOrder order, Print? before, in Print print, long left)
    {
        var terms = order.Order.Terms;
        if (order.IsDoomed)
        {
            order.IsDoomed = false;
            office.End(order, OrderState.Rejected, print.At, "Rejected by the market.");
            return 0;
        }
        if (!OrderHours.Takes(terms, print.Phase) || print.At < order.WorksFrom)
        {
            order.IsFresh = true;
            if (terms.Term.IsImmediate()) office.End(order, OrderState.Cancelled, print.At);
            return 0;
        }
        if (order.OutrunsItsCancel) return FillWhole(order, print);
        var price = terms.Type.IsOnClose() ? null : Touched(order, before, print);
        order.IsFresh = false;
        var filled = price is { } touched ? Fill(order, touched, print, terms.Type.IsOnOpen() ? long.MaxValue : left) : 0;
        if (!order.Order.IsWorking) return filled;
        if (terms.Type.IsOnOpen()) office.End(order, OrderState.Expired, print.At);
        else if (terms.Term.IsImmediate()) office.End(order, OrderState.Cancelled, print.At);
        else order.Ratchet(decimal.Round((decimal)print.Price, 4));
        return filled;
    }

    /// <summary>The price at which the order is reached; null when it is not.</summary>
    static double? Touched(BookedOrder order, Print? before, in Print print)
    {
        var paper = order.Paper;
        var isStop = paper.Order.Type is OrderType.Stop or OrderType.TrailingStop;
        var isMarket = paper.Order.Type == OrderType.Market || (isStop && order.IsTriggered);
        if (isMarket || order.IsFresh || before is not { } last) return Noted(Touch.AtOpen(paper, print.Price));
        var leg = new Stretch(last.Price, Math.Max(last.Price, print.Price), Math.Min(last.Price, print.Price), print.Price);
        return Noted(Touch.Within(paper, leg));

        // What is left of a stop that was reached is a market order, even if nothing fills now.
        double? Noted(double? price)
        {
            if (isStop && price is not null) order.IsTriggered = true;
            return price;
        }
    }

    int Fill(BookedOrder order, double touched, in Print print, long most)
    {
        var terms = order.Order.Terms;
        if (office.Faults.Strike("no-fill", symbol: terms.Ticker) is not null) return 0;
        var shares = (int)Math.Min(order.Remaining, most);
        if (shares > 0 && office.Faults.Strike("partial-fill", symbol: terms.Ticker) is { } fault)
            shares = Math.Min(shares, Math.Max(1, (int)(order.Remaining * (fault.Value ?? PartialFraction))));
        if (shares < order.Remaining && (terms.AllOrNone || terms.Term == OrderTerm.FillOrKill)) return 0;
        if (shares > 0) Execute(order, shares, Price(order, touched, print.HalfSpread), print.At);
        return shares;
    }

    int FillWhole(BookedOrder order, in Print print)
    {
        var shares = order.Remaining;
        var price = order.Order.Terms.Limit is { } limit ? (double)limit : print.Price;
        Execute(order, shares, Price(order, price, print.HalfSpread), print.At);
        return shares;
    }

    /// <summary>To hundredths of a cent, rounded against the customer.</summary>
    static decimal Price(BookedOrder order, double touched, double halfSpread)
    {
        var side = order.Paper.Order.Side;
        var pays = order.Paper.Order.Type is OrderType.Limit or OrderType.StopLimit ? 0 : side.Sign() * halfSpread;
        var rounding = side == Side.Buy ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity;
        return Math.Max(LowestPrice, decimal.Round((decimal)touched + (decimal)pays, 4, rounding));
    }

    void Execute(BookedOrder booked, int shares, decimal price, DateTimeOffset at)
    {
        var order = booked.Order;
        var fees = Appraisal.Fees(order.Terms.Action, shares, price * shares, at);
        var execution = new CustomerExecution(++office.State.Executions, at, shares, price, fees);
        var ticker = order.Terms.Ticker;
        office.BookOf(booked).Ledger.Book(new Trade(order.OrderId, order.Terms.Action, ticker, office.Describe(ticker), execution));
        booked.Order = order with
        {
            Executions = [.. order.Executions, execution],
            State = order.State == OrderState.CancelRequested ? order.State : OrderState.Partial,
            ExecutedAt = at,
        };
        booked.Recount();
        if (booked.Remaining == 0) office.End(booked, OrderState.Executed, at);
    }
}
