using EtradeBot.Market;

namespace EtradeBot.Notify.Phone;

/// <summary>What the owner may ask from afar.</summary>
public enum PhoneVerb
{
    Help,
    Status,
    Positions,
    Why,

    /// <summary>Critical notices have been seen: no more repeats.</summary>
    Ack,

    Stop,
    Flatten,
    Resume,
}

/// <summary>A command that has passed every check: an allowed sender, never seen before, fresh, with the PIN where it needs one.</summary>
/// <param name="Symbol">What <see cref="PhoneVerb.Why"/> asks about; null for the others.</param>
/// <param name="Sender">Who sent it, for the audit: channel, chat and name; never a secret.</param>
public sealed record PhoneCommand(PhoneVerb Verb, Symbol? Symbol, string Sender, DateTimeOffset SentAt);

/// <summary>What became of a message from a phone.</summary>
public enum PhoneVerdict
{
    Done,
    Stranger,
    Replayed,
    TooOld,
    NoPin,
    WrongPin,

    /// <summary>Too many wrong PINs of late.</summary>
    Locked,

    /// <summary>The command is not among those switched on.</summary>
    SwitchedOff,

    NotACommand,

    /// <summary>Its execution failed, or it could not be recorded beforehand and was therefore not executed.</summary>
    Failed,
}

/// <summary>A line for the audit.</summary>
/// <param name="What">The command as sent, without its PIN, shortened.</param>
/// <param name="Words">Why, or what was answered.</param>
public sealed record PhoneAudit(DateTimeOffset At, string Sender, string What, PhoneVerdict Verdict, string Words);

/// <summary>Where commands go.</summary>
/// <param name="ExecuteAsync">Carries a command out and returns the words to answer; an exception is answered and audited as failed.</param>
/// <param name="Audit">Called for every message, whatever became of it.</param>
public sealed record PhoneDesk(Func<PhoneCommand, CancellationToken, Task<string>> ExecuteAsync, Action<PhoneAudit> Audit);
