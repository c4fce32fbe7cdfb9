namespace EtradeBot.Market;

/// <summary>What a <see cref="CandleBuilder"/> keeps of a quote. Times in UTC ticks.</summary>
record struct Sighting
{
    public long At { get; set; }

    /// <summary>Time of the last trade, never after <see cref="At"/>, which stands in where the quote does not say.</summary>
    public long TradeAt { get; set; }

    public bool HasTradeTime { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>0 when missing.</summary>
    public double Last { get; set; }

    /// <summary>The day's total; null when missing.</summary>
    public long? Volume { get; set; }

    public double? DayOpen { get; set; }

    public double? DayHigh { get; set; }

    public double? DayLow { get; set; }

    public double? PreviousClose { get; set; }

    public bool IsCrossed { get; set; }

    public bool IsIndicative { get; set; }

    public bool IsDelayed { get; set; }

    public bool IsAfterHours { get; set; }

    public bool IsAdjusted { get; set; }

    /// <summary>Time of the last trade outside the regular session; 0 when missing.</summary>
    public long ExtendedAt { get; set; }

    public static Sighting Of(Quote quote) => new()
    {
        At = quote.At.UtcTicks,
        TradeAt = Math.Min((quote.LastTradeAt ?? quote.At).UtcTicks, quote.At.UtcTicks),
        HasTradeTime = quote.LastTradeAt is not null,
        ReceivedAt = quote.ReceivedAt.UtcTicks,
        Last = quote.Last is { } last && double.IsFinite(last) ? last : 0,
        Volume = quote.DayVolume is >= 0 ? quote.DayVolume : null,
        DayOpen = Price(quote.DayOpen),
        DayHigh = Price(quote.DayHigh),
        DayLow = Price(quote.DayLow),
        PreviousClose = Price(quote.PreviousClose),
        IsCrossed = quote.Bid > quote.Ask,
        IsIndicative = quote.Status == QuoteStatus.Indicative,
        IsDelayed = quote.Status == QuoteStatus.Delayed,
        IsAfterHours = quote.IsAfterHours || quote.Status is QuoteStatus.Closing or QuoteStatus.ExtendedRealTime or QuoteStatus.ExtendedBeforeOpen or QuoteStatus.ExtendedClosed,
        IsAdjusted = quote.IsAdjusted,
        ExtendedAt = quote.ExtendedLastTradeAt?.UtcTicks ?? 0,
    };

    /// <summary>When something traded that <paramref name="before"/> did not show; null when nothing did.</summary>
    /// <remarks>
    /// A last trade that is later than the one before says so itself. Where only the volume grew or the price changed, it was after the quote before.
    /// After hours the day's total moves on with trades that do not count here.
    /// </remarks>
    public readonly long? TradedSince(in Sighting before)
    {
        if (HasTradeTime && TradeAt > before.TradeAt) return TradeAt;
        if (IsAfterHours) return null;
        var hasChanged = Last != before.Last || (Volume is { } now && before.Volume is { } then && now > then);
        if (!hasChanged) return null;
        return HasTradeTime ? Math.Max(TradeAt, before.At) : At;
    }

    /// <summary>The same trade still stands as the last one.</summary>
    public readonly bool ShowsSameTradeAs(in Sighting other) =>
        HasTradeTime && TradeAt == other.TradeAt && Last == other.Last && Volume == other.Volume;

    static double? Price(double? value) => value is > 0 && double.IsFinite(value.Value) ? value : null;
}
