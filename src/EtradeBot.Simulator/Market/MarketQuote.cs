using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Which part of the trading day it is.</summary>
enum MarketPhase
{
    /// <summary>Night, weekend, holiday.</summary>
    Closed,

    /// <summary>04:00 to the open.</summary>
    PreMarket,
    Regular,

    /// <summary>The close to 20:00 (17:00 on a half day).</summary>
    AfterHours,
}

/// <summary>The market of one symbol at an instant. Prices in dollars, to whatever precision the source has.</summary>
sealed record MarketQuote
{
    public required Symbol Symbol { get; init; }

    /// <summary>Name of the company, upper case, marked as simulated where the prices are invented.</summary>
    public required string Description { get; init; }

    public required string Exchange { get; init; }

    /// <summary>The time the quote claims; a frozen, delayed or out-of-order one claims an earlier one.</summary>
    public required DateTimeOffset At { get; init; }

    public required MarketPhase Phase { get; init; }

    public bool IsHalted { get; init; }

    public bool IsDelayed { get; init; }

    public bool IsAdjusted { get; init; }

    /// <summary>Last price of the regular session; 0 before anything traded.</summary>
    public required double Last { get; init; }

    public required DateTimeOffset LastTradeAt { get; init; }

    public required double Bid { get; init; }

    public required double Ask { get; init; }

    public required int BidSize { get; init; }

    public required int AskSize { get; init; }

    /// <summary>Of the regular session so far; 0 before the open.</summary>
    public required double Open { get; init; }

    public required double High { get; init; }

    public required double Low { get; init; }

    /// <summary>Shares since 04:00.</summary>
    public required long TotalVolume { get; init; }

    public required double PreviousClose { get; init; }

    public required long PreviousDayVolume { get; init; }

    /// <summary>Last price and time outside the regular session; null during it.</summary>
    public (double Last, DateTimeOffset At)? Extended { get; init; }
}

/// <summary>One trade print: the price moves here from the print before.</summary>
/// <param name="Volume">Shares of the print, 0 or more.</param>
/// <param name="HalfSpread">Dollars from the print to bid and ask.</param>
readonly record struct Print(DateTimeOffset At, double Price, long Volume, double HalfSpread, MarketPhase Phase);

/// <summary>What trades, and at which prices. Asking for the same instant twice gives the same answer.</summary>
interface IMarket
{
    IReadOnlyList<Symbol> Symbols { get; }

    /// <summary>True for symbols that have a quote.</summary>
    bool Lists(Symbol symbol);

    /// <summary>Name and exchange without a quote, for look-ups; null when not listed.</summary>
    (string Description, string Exchange)? Describe(Symbol symbol);

    MarketPhase PhaseAt(DateTimeOffset instant);

    /// <summary>The true state, without faults: what orders are matched against.</summary>
    MarketQuote QuoteAt(Symbol symbol, DateTimeOffset instant);

    /// <summary>What a customer is shown: <see cref="QuoteAt"/> with the market faults that strike now.</summary>
    MarketQuote ShownAt(Symbol symbol, DateTimeOffset instant);

    /// <summary>Prints after the one instant, up to and with the other, oldest first; none while halted.</summary>
    IEnumerable<Print> Prints(Symbol symbol, DateTimeOffset after, DateTimeOffset upTo);

    /// <summary>From that instant on a share of old is so many shares, at prices divided by as much.</summary>
    /// <param name="ratio">New shares for one old share, above 0; below 1 for a reverse split.</param>
    void Split(Symbol symbol, double ratio, DateTimeOffset at);
}
