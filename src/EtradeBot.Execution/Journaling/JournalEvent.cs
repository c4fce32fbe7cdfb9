using System.Text.Json.Serialization;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;

namespace EtradeBot.Execution.Journaling;

/// <summary>Something that happened, for good. The state of everything is what all events together say.</summary>
/// <remarks>Names of kinds and of fields are the file format: never reuse one for another meaning. No event holds a secret or an account number.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SessionOpened), "session")]
[JsonDerivedType(typeof(IntentMade), "intent")]
[JsonDerivedType(typeof(Previewed), "previewed")]
[JsonDerivedType(typeof(Sending), "sending")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(BecameUnknown), "unknown")]
[JsonDerivedType(typeof(NotListed), "not-listed")]
[JsonDerivedType(typeof(Adopted), "adopted")]
[JsonDerivedType(typeof(Ambiguous), "ambiguous")]
[JsonDerivedType(typeof(Dropped), "dropped")]
[JsonDerivedType(typeof(CancelSending), "cancel-sending")]
[JsonDerivedType(typeof(CancelAnswered), "cancel-answered")]
[JsonDerivedType(typeof(OrderSeen), "seen")]
[JsonDerivedType(typeof(OtherCancelSending), "other-cancel")]
[JsonDerivedType(typeof(EntriesStopped), "entries-stopped")]
[JsonDerivedType(typeof(EntriesResumed), "entries-resumed")]
[JsonDerivedType(typeof(Halted), "halted")]
[JsonDerivedType(typeof(HaltCleared), "halt-cleared")]
[JsonDerivedType(typeof(LevelChanged), "level")]
[JsonDerivedType(typeof(DayReconciled), "day")]
[JsonDerivedType(typeof(JournalMended), "mended")]
public abstract record JournalEvent;

/// <summary>A program has taken the journal and the account up.</summary>
/// <param name="Account">Tells accounts apart without naming them.</param>
public sealed record SessionOpened(TradingMode Mode, string Account, string Version) : JournalEvent;

/// <summary>Of one intent.</summary>
public abstract record OrderEvent(string Id) : JournalEvent;

/// <summary>A wish with all its terms, before the broker hears of it.</summary>
public sealed record IntentMade(OrderIntent Intent) : JournalEvent;

/// <param name="Total">Dollars, costs included; negative for sales.</param>
public sealed record Previewed(string Id, long PreviewId, decimal? Total, IReadOnlyList<string> Warnings) : OrderEvent(Id);

/// <summary>About to be sent, once. The last event before the request leaves.</summary>
/// <param name="Known">Watermark: every order number that the broker listed before.</param>
/// <param name="Surplus">Shares of the symbol that the broker held beyond this program's own; null when not known.</param>
public sealed record Sending(string Id, IReadOnlyList<long> Known, decimal? Surplus) : OrderEvent(Id);

/// <summary>The broker has it under a number.</summary>
/// <param name="Differences">Between what was asked for and what the broker booked, in words.</param>
public sealed record Accepted(string Id, long OrderId, IReadOnlyList<string> Differences) : OrderEvent(Id);

/// <summary>Surely without effect: the broker said no, or no byte had left.</summary>
public sealed record Refused(string Id, string Words, int? Code) : OrderEvent(Id);

/// <summary>It may be at the broker or not. It is never sent again under another name.</summary>
public sealed record BecameUnknown(string Id, string Words) : OrderEvent(Id);

/// <summary>A complete list of the broker's orders, positions and executions did not show it.</summary>
public sealed record NotListed(string Id) : OrderEvent(Id);

/// <summary>Found in the list: by elimination, or by the broker's echo of the preview.</summary>
public sealed record Adopted(string Id, long OrderId, string How) : OrderEvent(Id);

/// <summary>Several new orders fit it, or one that is alike but for its number of shares: a person must tell which it is.</summary>
public sealed record Ambiguous(string Id, IReadOnlyList<long> Candidates) : OrderEvent(Id)
{
    [JsonIgnore]
    public string Words => Candidates is [var one] ? $"order {one} fits it but for its number of shares" : $"several orders fit it: {string.Join(", ", Candidates)}";
}

/// <summary>Given up: proved absent as far as can be known, or a person has looked. Should it turn up after all it is taken up again.</summary>
public sealed record Dropped(string Id, string Words, string By) : OrderEvent(Id);

/// <summary>About to ask for a cancel.</summary>
public sealed record CancelSending(string Id, long OrderId, string Because) : OrderEvent(Id);

/// <summary>What became of the request to cancel; only the list says what became of the order.</summary>
/// <param name="IsTaken">Null: nobody knows.</param>
public sealed record CancelAnswered(string Id, bool? IsTaken, string Words) : OrderEvent(Id);

/// <summary>The list shows the order in another state than before.</summary>
/// <param name="Filled">Shares in all.</param>
/// <param name="AveragePrice">Dollars; null until something filled.</param>
public sealed record OrderSeen(string Id, long OrderId, BrokerOrderStatus Status, int Filled, decimal? AveragePrice) : OrderEvent(Id)
{
    /// <summary>Commission and fees in all, dollars.</summary>
    public decimal Fees { get; init; }

    public long? ReplacedBy { get; init; }
}

/// <summary>About to ask for a cancel of an order that this program did not place.</summary>
/// <param name="By">The person who said so.</param>
public sealed record OtherCancelSending(long OrderId, string By) : JournalEvent;

public sealed record EntriesStopped(string By, string Reason) : JournalEvent;

public sealed record EntriesResumed(string By) : JournalEvent;

/// <summary>Nothing that raises exposure is sent from here on, over any restart, until a person clears it.</summary>
public sealed record Halted(string By, string Reason, bool Flatten) : JournalEvent;

public sealed record HaltCleared(string By) : JournalEvent;

/// <summary>A step on the ladder from <c>Ready</c> down to <c>Frozen</c>, or up again.</summary>
public sealed record LevelChanged(string Level, IReadOnlyList<string> Reasons) : JournalEvent;

/// <summary>After a session's end journal and broker were compared.</summary>
/// <param name="IsClean">They agreed, to the share.</param>
public sealed record DayReconciled(DateOnly Day, bool IsClean, string Words) : JournalEvent;

/// <summary>The disk had failed, or an unfinished line was cut off: what was known to be missing follows.</summary>
public sealed record JournalMended(string Words) : JournalEvent;

/// <summary>An event in its place.</summary>
/// <param name="Number">1, 2, 3, ...</param>
/// <param name="Hash">SHA-256 over the previous hash and this line: lower-case hexadecimal.</param>
public sealed record JournalEntry(long Number, DateTimeOffset At, JournalEvent Event, string Hash);
