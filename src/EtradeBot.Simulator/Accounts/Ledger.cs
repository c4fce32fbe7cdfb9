using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>An execution to be booked.</summary>
sealed record Trade(long OrderId, OrderAction Action, string Ticker, string Description, CustomerExecution Execution);

/// <summary>A booked execution, with what is needed to take it back.</summary>
/// <param name="Taken">Lots that a closing trade used up.</param>
sealed record Booking(Trade Trade, IReadOnlyList<HeldLot> Taken);

/// <summary>Proceeds of a sale that are not settled yet.</summary>
sealed record Proceeds(long ExecutionId, decimal Amount, DateTimeOffset SettlesAt);

/// <summary>Cash, shares and history of one account. Each change of cash is a line of the history.</summary>
sealed class Ledger
{
    /// <summary>Dollars; below 0 is borrowed.</summary>
    public decimal Cash { get; set; }

    /// <summary>First of the ids of positions and transactions; each account has its own range.</summary>
    public required long FirstId { get; init; }

    public long Issued { get; set; }

    public List<PositionBook> Positions { get; init; } = [];

    public List<Proceeds> Unsettled { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public List<CustomerTransaction> Transactions { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public List<Booking> Bookings { get; init; } = [];

    public int SharesOf(string ticker, bool isShort) => Find(ticker, isShort)?.Shares ?? 0;

    /// <summary>The part of the cash that comes from sales not settled at that instant. Purchases use settled money first.</summary>
    public decimal UnsettledAt(DateTimeOffset now)
    {
        Unsettled.RemoveAll(proceeds => proceeds.SettlesAt <= now);
        return Math.Clamp(Unsettled.Sum(proceeds => proceeds.Amount), 0, Math.Max(0, Cash));
    }

    public void Book(Trade trade)
    {
        var (at, shares, price) = (trade.Execution.At, trade.Execution.Shares, trade.Execution.Price);
        var (isBuy, isShort) = (trade.Action.IsBuy(), trade.Action.IsShort());
        var amount = CashEffect(trade);
        var settlesAt = OrderHours.SettlesAt(at);
        IReadOnlyList<HeldLot> taken = [];
        if (trade.Action.Closes()) taken = Take(trade.Ticker, isShort, shares);
        else Opened(trade.Ticker, isShort).Lots.Add(new HeldLot(trade.Execution.Id, shares, price, at));
        Cash += amount;
        if (!isBuy)
        {
            // Old entries leave here too, so that an account nobody looks at does not pile them up.
            Unsettled.RemoveAll(proceeds => proceeds.SettlesAt <= at);
            Unsettled.Add(new Proceeds(trade.Execution.Id, amount, settlesAt));
        }
        Bookings.Add(new Booking(trade, taken));
        Transactions.Add(Line(trade, at, (isShort, isBuy) switch
        {
            (false, true) => "Bought",
            (false, false) => "Sold",
            (true, true) => "Bought To Cover",
            _ => "Sold Short",
        }, amount) with
        { SettlesAt = settlesAt });
    }

    /// <summary>Takes the booking back as if it had never been, with a line in the history that says so.</summary>
    public void TakeBack(Booking booking, DateTimeOffset at)
    {
        var trade = booking.Trade;
        var amount = -CashEffect(trade);
        Cash += amount;
        Unsettled.RemoveAll(proceeds => proceeds.ExecutionId == trade.Execution.Id);
        if (trade.Action.Closes())
        {
            Opened(trade.Ticker, trade.Action.IsShort()).PutBack(booking.Taken);
        }
        else if (Find(trade.Ticker, trade.Action.IsShort()) is { } position)
        {
            position.Lots.RemoveAll(lot => lot.LotId == trade.Execution.Id);
            if (position.Lots.Count == 0) Positions.Remove(position);
        }
        Bookings.Remove(booking);
        Transactions.Add(Line(trade, at, "Adjustment", amount) with { Description = "TRADE CANCELLED " + trade.Description });
    }

    /// <summary>Carries out a split. A fraction of a share is paid out at the price.</summary>
    /// <param name="ratio">New shares for one old share.</param>
    /// <param name="price">Dollars for a new share.</param>
    public void Split(string ticker, decimal ratio, decimal price, DateTimeOffset at)
    {
        // Bookings hold shares of before: an execution cannot be taken back across a split.
        Bookings.RemoveAll(booking => booking.Trade.Ticker == ticker);
        foreach (var position in Positions.Where(position => position.Ticker == ticker).ToList())
        {
            var before = position.Shares;
            var fraction = position.Split(ratio);
            var inLieu = decimal.Round(fraction * price, 2) * (position.IsShort ? -1 : 1);
            Cash += inLieu;
            Transactions.Add(new CustomerTransaction(NextTransactionId(at), at, OrderHours.EndOfDay(at), "Stock Split", ticker, inLieu)
            {
                Ticker = ticker,
                Quantity = position.Shares - before,
                Price = price,
            });
            if (position.Lots.Count == 0) Positions.Remove(position);
        }
    }

    /// <summary>Newest first, pending ones without a posting time.</summary>
    public IReadOnlyList<CustomerTransaction> Shown(DateTimeOffset now) =>
        [.. Transactions.AsEnumerable().Reverse().Select(line => line.PostedAt > now ? line with { PostedAt = null } : line)];

    static decimal CashEffect(Trade trade)
    {
        var value = trade.Execution.Price * trade.Execution.Shares;
        return (trade.Action.IsBuy() ? -value : value) - trade.Execution.Fees;
    }

    CustomerTransaction Line(Trade trade, DateTimeOffset at, string type, decimal amount) =>
        new(NextTransactionId(at), at, OrderHours.EndOfDay(at), type, trade.Description, amount)
        {
            Ticker = trade.Ticker,
            Quantity = trade.Action.IsBuy() ? trade.Execution.Shares : -trade.Execution.Shares,
            Price = trade.Execution.Price,
            Fee = trade.Execution.Fees,
        };

    IReadOnlyList<HeldLot> Take(string ticker, bool isShort, int shares)
    {
        var position = Opened(ticker, isShort);
        var taken = position.Take(shares);
        if (position.Lots.Count == 0) Positions.Remove(position);
        return taken;
    }

    PositionBook? Find(string ticker, bool isShort) =>
        Positions.Find(position => position.IsShort == isShort && position.Ticker == ticker);

    PositionBook Opened(string ticker, bool isShort)
    {
        if (Find(ticker, isShort) is { } open) return open;
        var position = new PositionBook { PositionId = FirstId + ++Issued, Ticker = ticker, IsShort = isShort };
        Positions.Add(position);
        return position;
    }

    /// <summary>Year, day of the year and a number, as the broker's look.</summary>
    string NextTransactionId(DateTimeOffset at)
    {
        var day = MarketCalendar.Nyse.DayOf(at);
        return string.Create(CultureInfo.InvariantCulture, $"{day.Year % 100:00}{day.DayOfYear:000}{(FirstId + ++Issued) % 1_000_000_000:000000000}");
    }
}
