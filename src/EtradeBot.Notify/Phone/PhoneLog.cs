using EtradeBot.Notify.Storage;

namespace EtradeBot.Notify.Phone;

/// <summary>What was received from phones, on disk, so that nothing is obeyed twice and nobody guesses a PIN by restarting the program.</summary>
/// <remarks>Every method throws <see cref="IOException"/> where the file cannot be read or written.</remarks>
sealed class PhoneLog(OutboxConnection file)
{
    /// <summary>Older updates are refused by their date.</summary>
    static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    /// <summary>After a week without updates Telegram numbers them anew, from anywhere.</summary>
    static readonly TimeSpan NumbersLast = TimeSpan.FromDays(6);

    /// <summary>Writes an update down before anybody looks at it.</summary>
    /// <returns>False where it was received before.</returns>
    public bool TryTake(long update) => file.Use(connection =>
    {
        var now = file.Clock.GetUtcNow();
        connection.Run("DELETE FROM phone_update WHERE received < $1", now - KeepFor);
        return connection.Run("INSERT INTO phone_update (id, received) VALUES ($1, $2) ON CONFLICT DO NOTHING", update, now) > 0;
    });

    /// <returns>The first update to ask for; 0 for the earliest Telegram has.</returns>
    public long NextUpdate() => file.Use(connection =>
        connection.Number("SELECT max(id) + 1 FROM phone_update WHERE received > $1", file.Clock.GetUtcNow() - NumbersLast) ?? 0);

    public void AddWrongPin() => file.Use(connection => connection.Run("INSERT INTO phone_wrong_pin (at) VALUES ($1)", file.Clock.GetUtcNow()));

    /// <returns>How many wrong PINs came within this time.</returns>
    public int WrongPins(TimeSpan within) => file.Use(connection =>
    {
        var from = file.Clock.GetUtcNow() - within;
        connection.Run("DELETE FROM phone_wrong_pin WHERE at <= $1", from);
        return (int)connection.Number("SELECT count(*) FROM phone_wrong_pin")!.Value;
    });
}
