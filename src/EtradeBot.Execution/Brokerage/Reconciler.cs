using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.Execution.Brokerage;

/// <summary>What the broker said at one look, beside what the journal says.</summary>
/// <param name="IsComplete">All orders were read, and their list held still.</param>
/// <param name="Foreign">Orders of others: shown, never touched.</param>
/// <param name="Held">Shares the broker holds, by symbol; negative when short.</param>
public sealed record Reconciliation(DateTimeOffset At, bool IsComplete, IReadOnlyList<BrokerOrder> Foreign, IReadOnlyDictionary<string, decimal> Held)
{
    public IReadOnlyList<PortfolioPosition> Positions { get; init; } = [];

    /// <summary>Own orders that the broker does not list, by their names.</summary>
    public IReadOnlyList<OrderLife> Missing { get; init; } = [];

    /// <summary>Shares that this program believes to hold and the broker does not have; sentences.</summary>
    public IReadOnlyList<string> Mismatches { get; init; } = [];
}

/// <summary>Compares journal and broker, takes what has happened into the journal, and finds out what became of orders whose answer was lost.</summary>
public sealed class Reconciler(OrderBook book, BrokerLine line, TimeProvider time)
{
    /// <summary>An order whose answer was lost is given up for absent after so many complete lists,</summary>
    public const int AbsentTimes = 3;

    /// <summary>spread over so much time.</summary>
    public static readonly TimeSpan AbsentFor = TimeSpan.FromSeconds(120);

    /// <summary>An order that the broker refused is looked for in its lists for so long all the same.</summary>
    static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(15);

    /// <summary>Lists closer together than this are one proof.</summary>
    static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    /// <summary>The broker's clock may differ from ours by so much, and an order was placed so much after its request left: what was placed at another time is somebody else's.</summary>
    static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(90), PlacedWithin = TimeSpan.FromMinutes(10);

    /// <summary>The newest look; null before the first.</summary>
    public Reconciliation? Last { get; private set; }

    readonly Dictionary<string, OrderSeen> _doubted = new(StringComparer.Ordinal);
    readonly Dictionary<string, (long First, long Last, int Times)> _absent = new(StringComparer.Ordinal);

    /// <summary>One look: orders first, positions after, so that a fill in between shows as one too many rather than too few.</summary>
    /// <exception cref="BrokerException">It cannot be read: nothing is decided.</exception>
    public async Task<Reconciliation> LookAsync(CancellationToken stop = default)
    {
        // What is sent while the lists are read cannot be expected in them.
        var before = book.Orders.ToDictionary(order => order.Id, order => (order.SentAt, order.OrderId), StringComparer.Ordinal);
        var listing = await line.OrdersAsync(stop).ConfigureAwait(false);
        var portfolio = await line.PortfolioAsync(stop).ConfigureAwait(false);
        var held = portfolio.Positions.GroupBy(position => position.Symbol, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(position => position.Quantity), StringComparer.Ordinal);
        foreach (var order in listing.Orders) Observe(order);
        foreach (var lost in book.Where(order => IsLookedFor(order) && before.TryGetValue(order.Id, out var then) && then.SentAt == order.SentAt)) Judge(lost, listing, held);
        return Last = new Reconciliation(time.GetUtcNow(), listing.IsStable, [.. listing.Orders.Where(order => book.Find(order.OrderId) is null)], held)
        {
            Positions = portfolio.Positions,
            Missing = book.Where(order => order is { IsWorking: true, OrderId: { } number } && before.GetValueOrDefault(order.Id).OrderId == number && listing.Orders.All(listed => listed.OrderId != number)),
            Mismatches = [.. Mismatches(held)],
        };
    }

    /// <summary>Also a refusal: brokers have been seen to refuse an order and to have it all the same.</summary>
    bool IsLookedFor(OrderLife order) => order.State == OrderState.Unknown || order is { State: OrderState.Dropped, OrderId: null }
        || (order is { State: OrderState.Refused, SentAt: { } sent } && time.GetUtcNow() - sent < RefusedFor);

    void Observe(BrokerOrder listed)
    {
        if (book.Find(listed.OrderId) is not { } order) return;
        // The sandbox lists what it has stored under any number.
        if (line.IsStored && !ListedOrder.Fits(listed, order.Intent)) return;
        var seen = new OrderSeen(order.Id, listed.OrderId, listed.Status, (int)listed.FilledQuantity, listed.AveragePrice)
        {
            Fees = (listed.Commission ?? 0) + (listed.Fees ?? 0),
            ReplacedBy = listed.ReplacedBy,
        };
        if (IsSame(order, seen)) _doubted.Remove(order.Id);
        else if (!GoesBack(order, seen) || _doubted.Remove(order.Id, out var before) && before == seen) book.Record(seen);
        // An answer may be older than one that came before it: what takes something back needs a second list.
        else _doubted[order.Id] = seen;
    }

    static bool IsSame(OrderLife order, OrderSeen seen)
    {
        var after = order.After(new JournalEntry(0, order.ChangedAt, seen, ""));
        return (after.State, after.Filled, after.AveragePrice, after.Fees) == (order.State, order.Filled, order.AveragePrice, order.Fees);
    }

    static bool GoesBack(OrderLife order, OrderSeen seen)
    {
        var after = order.After(new JournalEntry(0, order.ChangedAt, seen, ""));
        var hadEnded = order.State is OrderState.Filled or OrderState.Cancelled or OrderState.Expired or OrderState.Rejected;
        return seen.Filled < order.Filled || hadEnded && after.State != order.State;
    }

    void Judge(OrderLife lost, OrderListing listing, Dictionary<string, decimal> held)
    {
        var found = Candidates(lost, listing);
        // An unstable list may show an order; only a stable one shows that there is no second.
        if (!listing.IsStable && !(found is [{ PreviewId: { } echoed }] && echoed == lost.PreviewId)) return;
        switch (found)
        {
            case [var one]:
                book.Record(new Adopted(lost.Id, one.OrderId, one.PreviewId is not null && one.PreviewId == lost.PreviewId ? "by its preview" : "as the only new order that fits"));
                Observe(one);
                break;
            case { Count: > 1 } when lost.State == OrderState.Unknown:
                Doubt(lost, found);
                break;
            // Brokers have been seen to take another number of shares than was asked for: such an order is for a person to judge.
            case [] when lost.State == OrderState.Unknown && Fresh(lost, listing).Where(order => ListedOrder.FitsButForShares(order, lost.Intent)).ToList() is { Count: > 0 } alike:
                Doubt(lost, alike);
                break;
            case [] when lost.State == OrderState.Unknown && lost.Candidates.Count == 0:
                Miss(lost, held);
                break;
        }
    }

    void Doubt(OrderLife lost, List<BrokerOrder> among)
    {
        var numbers = among.Select(order => order.OrderId).ToList();
        if (!lost.Candidates.SequenceEqual(numbers)) book.Record(new Ambiguous(lost.Id, numbers));
    }

    void Miss(OrderLife lost, Dictionary<string, decimal> held)
    {
        // By the time this process has lived, which no clock that jumps makes longer; a restart begins anew.
        var now = time.GetTimestamp();
        var seen = lost.Absence is null ? default : _absent.GetValueOrDefault(lost.Id);
        if (seen.Times > 0 && time.GetElapsedTime(seen.Last, now) < Apart) return;
        // An order that filled at once may show in the position before it shows in a list.
        if (lost.Surplus is { } before && before != Surplus(lost.Intent.Symbol, held)) return;
        book.Record(new NotListed(lost.Id));
        var absence = _absent[lost.Id] = seen.Times == 0 ? (now, now, 1) : (seen.First, now, seen.Times + 1);
        var length = time.GetElapsedTime(absence.First, now) * line.Speed();
        if (absence.Times >= AbsentTimes && length >= AbsentFor) book.Record(new Dropped(lost.Id, $"{absence.Times} complete lists over {length.TotalSeconds:0} s do not show it", "the program"));
    }

    /// <summary>Shares at the broker beyond those that this program's orders, the bot's and people's, have brought: those of others. Null before the first look.</summary>
    public decimal? Surplus(Symbol symbol) => Last is { } look ? Surplus(symbol, look.Held) : null;

    decimal Surplus(Symbol symbol, IReadOnlyDictionary<string, decimal> held) => held.GetValueOrDefault(symbol.Ticker) - book.Net(symbol);

    IEnumerable<string> Mismatches(Dictionary<string, decimal> held)
    {
        foreach (var symbol in book.Orders.Select(order => order.Intent.Symbol).Distinct())
        {
            var (own, there) = (book.Shares(symbol), held.GetValueOrDefault(symbol.Ticker));
            if (own != 0 && there * Math.Sign(own) < Math.Abs(own))
                yield return FormattableString.Invariant($"by the journal this program holds {own} {symbol}, and the broker has {there:0.####}");
        }
    }

    static bool IsOfItsTime(BrokerOrder order, OrderLife lost) =>
        order.PlacedAt is not { } placed || (lost.SentAt ?? lost.MadeAt) is var sent && placed > sent - ClocksApart && placed < sent + PlacedWithin;

    /// <summary>New since the list before the request, and nobody else's.</summary>
    List<BrokerOrder> Fresh(OrderLife lost, OrderListing listing) =>
        [.. listing.Orders.Where(order => !lost.Known.Contains(order.OrderId) && book.Find(order.OrderId) is null && IsOfItsTime(order, lost))];

    /// <summary>The fresh ones that are alike; the broker's echo of the preview decides where there is one.</summary>
    List<BrokerOrder> Candidates(OrderLife lost, OrderListing listing)
    {
        var fresh = Fresh(lost, listing);
        if (lost.PreviewId is { } preview && fresh.Where(order => order.PreviewId == preview).ToList() is { Count: > 0 } echoed) return echoed;
        if (lost.Intent.Replaces is { } replaced && book.Find(replaced)?.OrderId is { } old && fresh.Where(order => order.Replaces == old).ToList() is { Count: > 0 } successors) return successors;
        return [.. fresh.Where(order => ListedOrder.Fits(order, lost.Intent))];
    }
}
