using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Whose clock says what time it is at the exchange.</summary>
enum MarketClockKind
{
    /// <summary>This machine's, put right by quotes.</summary>
    Machine,

    /// <summary>That of the quotes: a simulated market lives at times and speeds of its own.</summary>
    Quotes,
}

/// <summary>Where quotes come from.</summary>
/// <param name="Quotes">Asks for at most <see cref="PollerOptions.SymbolsPerRequest"/> symbols: one request.</param>
/// <param name="RequestsPerSecond">What the rate limit leaves at present.</param>
sealed record QuoteSource(Func<IReadOnlyCollection<Symbol>, CancellationToken, Task<QuoteAnswer>> Quotes, Func<double> RequestsPerSecond);

/// <summary>What a <see cref="QuotePoller"/> polls, and how often.</summary>
sealed record PollerOptions
{
    public required IReadOnlyList<Symbol> Symbols { get; init; }

    /// <summary>Goes on when no symbol is left, until some are given to <see cref="QuotePoller.Watch"/>.</summary>
    public bool WaitsForSymbols { get; init; }

    /// <summary>1d or shorter.</summary>
    public required IReadOnlyList<Timeframe> Timeframes { get; init; }

    public CandleBuilderOptions Builder { get; init; } = new();

    public MarketClockKind Clock { get; init; }

    /// <summary>From one quote of a symbol to the next in the regular session; longer where the rate limit demands it. Quotes are stamped to the second: less than one shows little more.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same before and after the session, where quotes make no candles.</summary>
    public TimeSpan ExtendedInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>50 is the most that the broker takes.</summary>
    public int SymbolsPerRequest { get; init; } = 50;

    /// <summary>Part of the rate limit used for polling; the rest is left to people.</summary>
    public double RateShare { get; init; } = 0.9;

    /// <summary>An older quote is stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest wait after failures.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(30);
}
