namespace EtradeBot.Market;

/// <summary>The regular session of one trading day, as UTC instants.</summary>
public readonly record struct Session(DateOnly Day, DateTimeOffset Open, DateTimeOffset Close)
{
    static readonly TimeSpan FullLength = TimeSpan.FromHours(6.5);

    public TimeSpan Length => Close - Open;

    /// <summary>True when the session is shorter than 09:30 to 16:00: a 13:00 close, or a late or cut session.</summary>
    public bool IsShortened => Length < FullLength;
}
