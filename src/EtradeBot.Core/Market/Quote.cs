namespace EtradeBot.Market;

/// <summary>What a quote says of its own age, as the broker words it.</summary>
public enum QuoteStatus
{
    /// <summary>A word that the broker sent and this program does not know.</summary>
    Unknown,
    RealTime,

    /// <summary>Some 15 minutes old: the owner has not signed the market data agreement.</summary>
    Delayed,

    /// <summary>Sent outside the regular session: the last regular prices.</summary>
    Closing,
    ExtendedRealTime,
    ExtendedBeforeOpen,
    ExtendedClosed,
    Indicative,
}

/// <summary>One polled quote of one symbol. Prices in dollars; a price that is missing or that the broker sent as 0 is null, never 0.</summary>
public sealed record Quote
{
    public required Symbol Symbol { get; init; }

    /// <summary>The broker's time of the quote, to the second.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the answer that held it had arrived here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required QuoteStatus Status { get; init; }

    /// <summary>True outside the regular session, by the broker's own word.</summary>
    public bool IsAfterHours { get; init; }

    /// <summary>The broker says its prices are adjusted for a corporate action.</summary>
    public bool IsAdjusted { get; init; }

    /// <summary>Price of the last trade; outside the regular session it may stay at the last regular one.</summary>
    public double? Last { get; init; }

    /// <summary>When the last trade happened, to the second; null in answers that do not say.</summary>
    public DateTimeOffset? LastTradeAt { get; init; }

    public double? Bid { get; init; }

    public double? Ask { get; init; }

    public int? BidSize { get; init; }

    public int? AskSize { get; init; }

    /// <summary>Open of the day so far; null before the open.</summary>
    public double? DayOpen { get; init; }

    public double? DayHigh { get; init; }

    public double? DayLow { get; init; }

    /// <summary>Shares traded today so far, before the open included; null in answers that do not say.</summary>
    public long? DayVolume { get; init; }

    public double? PreviousClose { get; init; }

    public long? PreviousDayVolume { get; init; }

    /// <summary>Last price of the extended session; null during the regular one.</summary>
    public double? ExtendedLast { get; init; }

    public DateTimeOffset? ExtendedLastTradeAt { get; init; }

    public string Name { get; init; } = "";

    public string Exchange { get; init; } = "";
}
