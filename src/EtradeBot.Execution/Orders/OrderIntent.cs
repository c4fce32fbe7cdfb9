using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.Execution.Orders;

/// <summary>What an order is for.</summary>
public enum OrderRole
{
    /// <summary>Opens or enlarges a position.</summary>
    Entry,

    /// <summary>The protective stop that rests at the broker for the shares an entry has brought.</summary>
    Stop,

    /// <summary>Leaves: target, signal, time, by hand, flatten.</summary>
    Exit,
}

/// <summary>One wish to order, with all its terms: written down before the broker hears of it, never altered. It has one client order id for life,
/// which is also its name.</summary>
/// <param name="Id">1 to 20 lower-case letters and digits.</param>
/// <param name="Shares">At least 1.</param>
public sealed record OrderIntent(string Id, Symbol Symbol, OrderAction Action, int Shares, OrderPriceType Type, OrderRole Role)
{
    /// <summary>Dollars.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Dollars.</summary>
    public decimal? Stop { get; init; }

    public OrderTerm Term { get; init; } = OrderTerm.GoodForDay;

    public bool IsExtended { get; init; }

    /// <summary>The strategy or the person whose wish it is.</summary>
    public required string Owner { get; init; }

    /// <summary>A person's, not the bot's: its shares are nobody's to protect or to sell but that person's, and the brake's.</summary>
    public bool IsByPerson { get; init; }

    /// <summary>Why, in a few words.</summary>
    public required string Because { get; init; }

    /// <summary>The entry whose shares it guards or sells; null for entries, and for exits by hand.</summary>
    public string? Guards { get; init; }

    /// <summary>The intent whose order it takes the place of.</summary>
    public string? Replaces { get; init; }

    /// <summary>Of an entry: where the protective stop will rest once it fills, in dollars.</summary>
    public decimal? PlannedStop { get; init; }

    /// <summary>Of an entry: where the program leaves with a profit, in dollars.</summary>
    public decimal? PlannedTarget { get; init; }

    /// <summary>Of an entry: dollars that its stop follows behind the best close since; null: the stop stays.</summary>
    public decimal? PlannedTrail { get; init; }

    /// <summary>Of an entry: candles after which its strategy leaves; null: none.</summary>
    public int? MaxCandles { get; init; }

    /// <summary>Of an entry: given up when it has not filled by then.</summary>
    public DateTimeOffset? GoodUntil { get; init; }

    public bool IsEntry => Role == OrderRole.Entry;

    public bool IsBuy => Action is OrderAction.Buy or OrderAction.BuyToCover;

    /// <summary>1 for purchases, -1 for sales.</summary>
    public int Sign => IsBuy ? 1 : -1;

    /// <summary>What the broker is told.</summary>
    public OrderTicket Ticket => new(Id, Symbol, Action, Shares, Type) { Term = Term, IsExtendedSession = IsExtended, Limit = Limit, Stop = Stop };

    /// <summary><c>buy 10 AAPL limit 12.34</c></summary>
    public override string ToString() => FormattableString.Invariant($"{ActionWord} {Shares} {Symbol} {Terms}");

    string ActionWord => Action switch
    {
        OrderAction.Buy => "buy",
        OrderAction.Sell => "sell",
        OrderAction.SellShort => "sell short",
        _ => "buy to cover",
    };

    string Terms => Type switch
    {
        OrderPriceType.Market => "at market",
        OrderPriceType.Limit => FormattableString.Invariant($"limit {Limit}"),
        OrderPriceType.Stop => FormattableString.Invariant($"stop {Stop}"),
        OrderPriceType.StopLimit => FormattableString.Invariant($"stop {Stop} limit {Limit}"),
        _ => Type.ToString(),
    };
}
