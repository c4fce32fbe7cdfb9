using EtradeBot.Analysis;
using EtradeBot.App.Feeds.Live;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

public enum BrokerLink
{
    /// <summary>Before the first answer.</summary>
    Connecting,
    Up,

    /// <summary>Does not answer; tried again without end.</summary>
    Down,

    /// <summary>A person has to log in.</summary>
    NeedsLogin,

    /// <summary>A setting is missing or wrong: see the reason.</summary>
    NotConfigured,
}

/// <summary>The session as a whole.</summary>
public sealed record SessionFacts
{
    public TradingMode Mode { get; init; } = TradingMode.Simulated;

    /// <summary>Who answers, in words: <c>the built-in simulator</c>, <c>E*TRADE's sandbox</c>.</summary>
    public string Broker { get; init; } = "";

    /// <summary>production, sandbox or simulator: the feed's name in the store.</summary>
    public string Feed { get; init; } = "simulator";

    public BrokerLink Link { get; init; } = BrokerLink.Connecting;

    /// <summary>One sentence with the remedy; empty when all is well.</summary>
    public string LinkReason { get; init; } = "";

    /// <summary>When the token dies; null without one.</summary>
    public DateTimeOffset? TokenEndsAt { get; init; }

    /// <summary>Exchange time at <see cref="ClockReadAt"/>; it runs <see cref="Speed"/> times as fast as this machine's.</summary>
    public DateTimeOffset? ExchangeTime { get; init; }

    /// <summary>This machine's time when <see cref="ExchangeTime"/> was read.</summary>
    public DateTimeOffset ClockReadAt { get; init; }

    /// <summary>Simulated seconds in a second; 1 for real markets, 0 while paused.</summary>
    public double Speed { get; init; } = 1;

    public MarketHours Hours { get; init; } = MarketHours.Closed;

    /// <summary>The next open or close of the regular session; null while unknown.</summary>
    public DateTimeOffset? NextOpenOrClose { get; init; }

    /// <summary>When the latest good quote of any symbol arrived here, by this machine's clock.</summary>
    public DateTimeOffset? LastQuoteReceivedAt { get; init; }

    /// <summary>Exchange time now.</summary>
    public DateTimeOffset? ExchangeNow(DateTimeOffset machineNow) => ExchangeTime is { } time ? time + (machineNow - ClockReadAt) * Speed : null;
}

/// <summary>A pattern on a closed candle.</summary>
/// <param name="Value">As of <see cref="Patterns.Find"/>, never 0.</param>
public readonly record struct PatternHit(Pattern Pattern, int Value, Timeframe Timeframe, DateTimeOffset OpenTime);

/// <summary>One line of the watchlist.</summary>
public sealed record SymbolFacts(Symbol Symbol)
{
    public string Name { get; init; } = "";

    /// <summary>The latest; null before the first.</summary>
    public Quote? Quote { get; init; }

    public FeedHealth? Health { get; init; }

    /// <summary>Closes of the day's one-minute candles, thinned out to at most 60, oldest first.</summary>
    public IReadOnlyList<double> Sparkline { get; init; } = [];

    /// <summary>Shares held; negative for short.</summary>
    public decimal Shares { get; init; }

    /// <summary>On the last closed candle of each timeframe that is built live.</summary>
    public IReadOnlyList<PatternHit> Patterns { get; init; } = [];
}

/// <summary>The account in use, as the broker told it last.</summary>
public sealed record AccountFacts
{
    /// <summary>Masked number and kind: <c>****6789 margin</c>; empty before the first answer.</summary>
    public string Name { get; init; } = "";

    public AccountBalance? Balance { get; init; }

    public IReadOnlyList<PortfolioPosition> Positions { get; init; } = [];

    /// <summary>The orders of the last days, newest first.</summary>
    public IReadOnlyList<BrokerOrder> Orders { get; init; } = [];

    /// <summary>This machine's time of the last complete answer; null before the first.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Why the last attempt failed, with the remedy; empty when it did not.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Account value less that at the last close of the day before, dollars; null while unknown.</summary>
    public decimal? DayPnl { get; init; }
}
