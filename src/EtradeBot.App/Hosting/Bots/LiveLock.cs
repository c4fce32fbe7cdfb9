using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Nothing is ordered with real money from the pages until a trader has said so, with the password, in this run of the program; it locks itself again.
/// Cancelling, stopping and flattening never ask. Safe for several threads.</summary>
sealed class LiveLock(StepUp stepUp, AuditLog audit, TimeProvider time)
{
    /// <summary>What has to be typed.</summary>
    public const string Phrase = "real money";

    /// <summary>A trading day and its evening.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(12);

    /// <summary>A timestamp; 0: it is locked.</summary>
    long _openedAt;

    public event Action? Changed;

    public bool IsOpen => Volatile.Read(ref _openedAt) is not 0 and var at && time.GetElapsedTime(at) < Life;

    /// <returns>Why not in this mode at present; empty when it may be ordered.</returns>
    public string Forbids(TradingMode? mode) => mode == TradingMode.Live && !IsOpen ? "real money is locked: unlock it on the Bot page first. Cancels, stops and Flatten work all the same" : "";

    /// <param name="phrase"><see cref="Phrase"/>, as it was typed.</param>
    /// <exception cref="NotAllowedException">Not a trader, or one of the three is wrong.</exception>
    /// <exception cref="IOException">The audit log cannot be written: it stays locked.</exception>
    public async Task OpenAsync(Actor actor, string phrase, string password, string code)
    {
        actor.Require(Role.Trader);
        if (phrase.Trim() != Phrase) throw new NotAllowedException($"type '{Phrase}' to say that you mean it");
        await stepUp.RequireAsync(actor, password, code);
        audit.Write(actor, "live.unlock", "");
        Volatile.Write(ref _openedAt, Math.Max(1, time.GetTimestamp()));
        Changed?.Invoke();
    }

    /// <exception cref="NotAllowedException">Not a trader.</exception>
    public void Close(Actor actor)
    {
        actor.Require(Role.Trader);
        Volatile.Write(ref _openedAt, 0);
        Changed?.Invoke();
        audit.Write(actor, "live.lock", "");
    }
}
