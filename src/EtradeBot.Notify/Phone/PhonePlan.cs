namespace EtradeBot.Notify.Phone;

/// <summary>Who may command what from a phone.</summary>
public sealed record PhonePlan
{
    /// <summary>A shorter PIN counts as none.</summary>
    public const int ShortestPin = 4;

    /// <summary>Telegram chats that are listened to, by number; of a group, its own number and that of whoever writes have to be here. Empty: nobody.</summary>
    public IReadOnlySet<long> Chats { get; init; } = new HashSet<long>();

    /// <summary>Commands that are switched on, besides help: by default only those that read.</summary>
    public IReadOnlySet<PhoneVerb> Verbs { get; init; } = new HashSet<PhoneVerb> { PhoneVerb.Status, PhoneVerb.Positions, PhoneVerb.Why, PhoneVerb.Ack };

    /// <summary>Wanted behind what trades; without one such commands are refused.</summary>
    public string? Pin { get; init; }

    /// <summary>Older messages, and ones from as far in the future, are refused.</summary>
    public TimeSpan OldestMessage { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>So many wrong PINs within <see cref="LockFor"/> lock every command that needs one for as long.</summary>
    public int WrongPinsUntilLocked { get; init; } = 3;

    public TimeSpan LockFor { get; init; } = TimeSpan.FromMinutes(15);

    public static bool NeedsPin(PhoneVerb verb) => verb is PhoneVerb.Stop or PhoneVerb.Flatten or PhoneVerb.Resume;
}
