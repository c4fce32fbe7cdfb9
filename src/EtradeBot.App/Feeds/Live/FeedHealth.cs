using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>How a symbol's quotes are doing. Only <see cref="Ok"/> is good enough to open a position on.</summary>
public enum FeedState
{
    /// <summary>No quote yet.</summary>
    Starting,
    Ok,

    /// <summary>The last good quote is too old, by the time at the exchange.</summary>
    Stale,

    /// <summary>Quotes are some 15 minutes old: the market data agreement is not signed.</summary>
    Delayed,

    /// <summary>Outside the regular session.</summary>
    Closed,

    /// <summary>The broker cannot be reached or does not answer properly; tried again without end.</summary>
    Down,

    /// <summary>A person has to log in; goes on by itself then.</summary>
    NeedsLogin,

    /// <summary>The broker does not know the symbol; not asked for any more.</summary>
    UnknownSymbol,
}

/// <summary>How a symbol's quotes are doing, and why.</summary>
/// <param name="Reason">One sentence; empty when all is well.</param>
/// <param name="LastQuoteAt">Time of the last quote that was good; null before the first.</param>
/// <param name="Age">How old that one is at the exchange's time.</param>
public sealed record FeedHealth(Symbol Symbol, FeedState State, string Reason, DateTimeOffset? LastQuoteAt, TimeSpan? Age);

/// <summary>A stretch without quotes, for one series.</summary>
readonly record struct FeedHole(Symbol Symbol, Timeframe Timeframe, CoverageHole Hole);

/// <summary>What an answer, or the clock, has closed.</summary>
sealed record FeedBatch(IReadOnlyList<LiveCandle> Candles, IReadOnlyList<FeedHole> Holes);
