using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>An order that wants to leave: whole shares of a stock.</summary>
/// <param name="IntentId">The wish it comes from: one order for each.</param>
/// <param name="IsExit">It reduces a position. The judge checks that it does.</param>
public sealed record AskedOrder(string IntentId, Symbol Symbol, OrderAction Action, int Shares, OrderPriceType Type, bool IsExit)
{
    /// <summary>Dollars.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Dollars.</summary>
    public decimal? Stop { get; init; }

    /// <summary>Dollars or per cent, for trailing stops.</summary>
    public decimal? Trail { get; init; }

    public OrderTerm Term { get; init; } = OrderTerm.GoodForDay;

    public bool IsExtendedSession { get; init; }

    /// <summary>The <see cref="OpenOrder.Key"/> of the own order that this one takes the place of; it does not count beside its successor.</summary>
    public string? Replaces { get; init; }

    /// <summary>A person asked for it by hand; false for the bot.</summary>
    public bool IsByPerson { get; init; }

    internal bool IsBuy => Action is OrderAction.Buy or OrderAction.BuyToCover;
}

/// <summary>An order that may still fill, or may be filling unseen: the program's own or another's.</summary>
/// <param name="Key">What names it: intent or broker number.</param>
/// <param name="Shares">Those that have not filled as far as is known.</param>
public sealed record OpenOrder(string Key, Symbol Symbol, OrderAction Action, int Shares)
{
    /// <summary>It reduces a position.</summary>
    public bool IsExit { get; init; }

    /// <summary>Nobody knows whether the broker has it: it counts as filled, and as open.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>False for an order that a person or another program has made at the broker.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>A person has placed it through this program: its shares are that person's.</summary>
    public bool IsByPerson { get; init; }

    /// <summary>Dollars; null for market orders.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Dollars.</summary>
    public decimal? Stop { get; init; }

    internal bool IsBuy => Action is OrderAction.Buy or OrderAction.BuyToCover;
}

/// <summary>An order that has left, or was about to: what the throttles count.</summary>
public sealed record SentOrder(string IntentId, Symbol Symbol, OrderAction Action, int Shares, OrderPriceType Type, DateTimeOffset At)
{
    /// <summary>Dollars at its worst price when it left.</summary>
    public decimal Notional { get; init; }

    public bool IsExit { get; init; }

    /// <summary>The broker is proved never to have had it, so that its intent may be sent again under its own id.</summary>
    public bool IsProvedAbsent { get; init; }
}
