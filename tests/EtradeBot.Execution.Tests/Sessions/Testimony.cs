namespace EtradeBot.Execution.Sessions;

/// <summary>An entry as the test's strategy wished it.</summary>
/// <param name="Stop">Where its shares are to be protected, dollars.</param>
sealed record TestWish(string Name, string Ticker, int Shares, decimal Stop, DateTimeOffset? GoodUntil);

/// <summary>What the test itself has asked the program for over all its lives, written down before the program hears of it: the judge believes this
/// and the broker's books, and nothing else.</summary>
sealed class Testimony
{
    /// <summary>Shares of one entry that are never allowed to be exceeded, in the beginning.</summary>
    public const int FirstMost = 20;

    public List<TestWish> Wishes { get; } = [];

    /// <summary>Names that the program asked for, for orders of its own.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of orders that a person gave by hand.</summary>
    public HashSet<string> ByHand { get; } = new(StringComparer.Ordinal);

    public HashSet<string> TakenBack { get; } = new(StringComparer.Ordinal);

    /// <summary>From when to when nothing may raise exposure; null: until the end.</summary>
    public List<(DateTimeOffset From, DateTimeOffset? To)> Halts { get; } = [];

    /// <summary>Most shares of one entry from an instant on.</summary>
    public List<(DateTimeOffset From, int Most)> Sizes { get; } = [(DateTimeOffset.MinValue, FirstMost)];

    public int MostAt(DateTimeOffset at) => Sizes.Last(size => size.From <= at).Most;

    public bool IsHalted(DateTimeOffset at) => Halts.Any(halt => halt.From <= at && (halt.To is not { } end || at < end));
}
