namespace EtradeBot.Notify.Phone;

/// <summary>A message from a phone, before anything in it is believed.</summary>
/// <param name="Chats">The chat it came from and, in a group, who wrote it: every one has to be allowed.</param>
sealed record PhoneMessage(long Chat, IReadOnlyList<long> Chats, string Sender, string Text, DateTimeOffset SentAt)
{
    /// <summary>Telegram's number of the message in its chat; what deletes it.</summary>
    public long Number { get; init; }
}

/// <summary>Says of each message whether it is obeyed, and why not.</summary>
sealed class PhoneGuard(PhonePlan plan, PhoneLog log, TimeProvider clock)
{
    /// <summary>What was decided.</summary>
    /// <param name="Verdict">Null where the command is to be carried out.</param>
    /// <param name="Words">To be answered, except to a stranger.</param>
    public sealed record Ruling(PhoneVerdict? Verdict, string Words, PhoneText Text)
    {
        public bool HasPin => Text.Pin is not null;
    }

    public bool Knows(PhoneMessage message) => message.Chats.All(plan.Chats.Contains);

    /// <exception cref="IOException">Wrong PINs cannot be counted, so none is compared.</exception>
    public Ruling Judge(PhoneMessage message)
    {
        if (!Knows(message)) return new(PhoneVerdict.Stranger, "not an allowed sender", PhoneText.Parse(""));
        var text = PhoneText.Parse(message.Text);
        var age = clock.GetUtcNow() - message.SentAt;
        if (age.Duration() > plan.OldestMessage) return new(PhoneVerdict.TooOld, $"the message is {age.TotalMinutes:0} minutes old, nothing was done: send it again", text);
        if (text.Problem is not null) return new(PhoneVerdict.NotACommand, text.Problem, text);
        if (text.Verb != PhoneVerb.Help && !plan.Verbs.Contains(text.Verb)) return new(PhoneVerdict.SwitchedOff, $"/{Name(text.Verb)} is switched off in the settings", text);
        return PhonePlan.NeedsPin(text.Verb) ? JudgePin(text) : new(null, "", text);
    }

    Ruling JudgePin(PhoneText text)
    {
        if (plan.Pin is not { Length: >= PhonePlan.ShortestPin } pin) return new(PhoneVerdict.NoPin, $"no PIN of {PhonePlan.ShortestPin} or more signs is set, so /{Name(text.Verb)} is not obeyed: set NOTIFY_PIN", text);
        if (log.WrongPins(plan.LockFor) >= plan.WrongPinsUntilLocked) return new(PhoneVerdict.Locked, $"too many wrong PINs: locked for up to {plan.LockFor.TotalMinutes:0} minutes", text);
        if (text.Pin is null) return new(PhoneVerdict.NoPin, $"nothing was done: /{Name(text.Verb)} wants the PIN behind it", text);
        if (PhoneText.IsSame(pin, text.Pin)) return new(null, "", text);
        log.AddWrongPin();
        return new(PhoneVerdict.WrongPin, "nothing was done: the PIN is wrong", text);
    }

    public static string Name(PhoneVerb verb) => verb.ToString().ToLowerInvariant();
}
