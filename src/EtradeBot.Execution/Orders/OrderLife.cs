using EtradeBot.ETrade;
using EtradeBot.Execution.Journaling;

namespace EtradeBot.Execution.Orders;

/// <summary>Where an intent stands.</summary>
public enum OrderState
{
    /// <summary>Written down; nothing that could become an order has left.</summary>
    Drafted,

    /// <summary>On the disk before the request leaves.</summary>
    Sending,

    /// <summary>It may be at the broker or not.</summary>
    Unknown,

    /// <summary>The broker has it.</summary>
    Working,

    /// <summary>The broker has it, and some of its shares have changed hands.</summary>
    Partial,
    Filled,
    Cancelled,

    /// <summary>The broker took it and rejected it afterwards.</summary>
    Rejected,
    Expired,

    /// <summary>The broker said no, or it never left: nothing happened.</summary>
    Refused,

    /// <summary>Proved absent as far as can be known, or released by a person.</summary>
    Dropped,
}

/// <summary>An intent and what became of it: the fold of its events. A late event may re-open what had ended.</summary>
public sealed record OrderLife(OrderIntent Intent, DateTimeOffset MadeAt)
{
    public OrderState State { get; init; }

    public long? PreviewId { get; init; }

    /// <summary>When it was about to be sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Order numbers that the broker listed before it was sent.</summary>
    public IReadOnlySet<long> Known { get; init; } = new HashSet<long>();

    /// <summary>Shares of the symbol that the broker held then beyond this program's own; null when not known.</summary>
    public decimal? Surplus { get; init; }

    public long? OrderId { get; init; }

    /// <summary>Shares that have changed hands.</summary>
    public int Filled { get; init; }

    /// <summary>Dollars a share.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>Commission and fees, dollars.</summary>
    public decimal Fees { get; init; }

    /// <summary>When a request to cancel it was last about to be sent, or a change that takes its place; null when none is open.</summary>
    public DateTimeOffset? LeavingSince { get; init; }

    /// <summary>Complete lists since that did not show it: when the first and the last were read, and how many.</summary>
    public Absence? Absence { get; init; }

    /// <summary>Several orders fit it: a person must tell which it is.</summary>
    public IReadOnlyList<long> Candidates { get; init; } = [];

    /// <summary>What the broker booked otherwise than asked for.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>The last outcome in a sentence.</summary>
    public string Words { get; init; } = "";

    public DateTimeOffset ChangedAt { get; init; } = MadeAt;

    public string Id => Intent.Id;

    /// <summary>Nobody knows whether the broker has it.</summary>
    public bool IsUnresolved => State is OrderState.Sending or OrderState.Unknown;

    /// <summary>The broker has it, and it may fill.</summary>
    public bool IsWorking => State is OrderState.Working or OrderState.Partial;

    /// <summary>It may fill, or may be filling unseen.</summary>
    public bool MayFill => IsUnresolved || IsWorking;

    /// <summary>Shares that may still change hands, on the worst reading.</summary>
    public int Open => MayFill ? Intent.Shares - Filled : 0;

    /// <summary>Shares it has brought (positive) or taken (negative).</summary>
    public int Delta => Intent.Sign * Filled;

    /// <summary>With one more event of its own.</summary>
    public OrderLife After(JournalEntry entry) => Apply(entry) with { ChangedAt = entry.At };

    OrderLife Apply(JournalEntry entry) => entry.Event switch
    {
        Previewed previewed => this with { PreviewId = previewed.PreviewId },
        Sending sending => this with { State = OrderState.Sending, SentAt = entry.At, Known = sending.Known.ToHashSet(), Surplus = sending.Surplus, Absence = null },
        Accepted accepted => Found(accepted.OrderId) with { Differences = accepted.Differences, Words = $"order {accepted.OrderId}" },
        Adopted adopted => Found(adopted.OrderId) with { Words = $"order {adopted.OrderId}, found {adopted.How}" },
        Refused refused => this with { State = OrderState.Refused, Words = refused.Words },
        BecameUnknown unknown when State is OrderState.Sending or OrderState.Drafted => this with { State = OrderState.Unknown, Words = unknown.Words },
        NotListed => this with { Absence = Absence is { } before ? before with { Last = entry.At, Times = before.Times + 1 } : new Absence(entry.At, entry.At, 1) },
        Ambiguous ambiguous => this with { Candidates = ambiguous.Candidates, Words = ambiguous.Words },
        Dropped dropped => this with { State = OrderState.Dropped, Words = dropped.Words, Candidates = [] },
        CancelSending => this with { LeavingSince = entry.At },
        CancelAnswered { IsTaken: false } answered => this with { LeavingSince = null, Words = answered.Words },
        CancelAnswered answered => this with { Words = answered.Words },
        OrderSeen seen => Seen(seen),
        _ => this,
    };

    OrderLife Found(long orderId) => this with
    {
        OrderId = orderId,
        // A fill may have been seen before the answer was written.
        State = IsUnresolved || State is OrderState.Drafted or OrderState.Dropped or OrderState.Refused ? OrderState.Working : State,
        Absence = null,
        Candidates = [],
    };

    OrderLife Seen(OrderSeen seen)
    {
        var state = seen.Status switch
        {
            BrokerOrderStatus.Executed => OrderState.Filled,
            BrokerOrderStatus.Cancelled => OrderState.Cancelled,
            BrokerOrderStatus.Expired => OrderState.Expired,
            BrokerOrderStatus.Rejected => OrderState.Rejected,
            _ => seen.Filled > 0 ? OrderState.Partial : OrderState.Working,
        };
        var isLeaving = state is OrderState.Working or OrderState.Partial;
        return this with
        {
            State = state,
            OrderId = seen.OrderId,
            Filled = seen.Filled,
            AveragePrice = seen.AveragePrice,
            Fees = seen.Fees,
            LeavingSince = isLeaving ? LeavingSince : null,
            Absence = null,
            Candidates = [],
        };
    }
}

/// <summary>Complete lists that did not show an order.</summary>
public sealed record Absence(DateTimeOffset First, DateTimeOffset Last, int Times);
