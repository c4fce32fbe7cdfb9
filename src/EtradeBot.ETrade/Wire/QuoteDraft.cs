using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

/// <summary>A quote while its fields arrive, in any order.</summary>
struct QuoteDraft
{
    public int Asked;
    public string Foreign;
    public string Error;
    public string WallClock;
    public DateTimeOffset? At;
    public QuoteStatus Status;
    public bool? IsAfterHours;
    public bool HasBlock;
    public bool IsAdjusted;
    public double? Last;
    public double? NetAssetValue;
    public DateTimeOffset? LastTradeAt;
    public double? Bid;
    public double? Ask;
    public int? BidSize;
    public int? AskSize;
    public double? Open;
    public double? High;
    public double? Low;
    public long? Volume;
    public double? PreviousClose;
    public long? PreviousDayVolume;
    public double? ExtendedLast;
    public DateTimeOffset? ExtendedLastTradeAt;
    public string Company;
    public string Description;
    public string Exchange;

    /// <exception cref="WireException">The quote does not say of when it is: nobody could tell a fresh price from an old one.</exception>
    public readonly Quote Build(Symbol symbol, DateTimeOffset receivedAt) => new()
    {
        Symbol = symbol,
        At = At ?? WireTime.FromWallClock(WallClock ?? "") ?? throw new WireException($"the quote of {symbol} does not say of when it is"),
        ReceivedAt = receivedAt,
        Status = Status,
        IsAfterHours = IsAfterHours ?? Status is not (QuoteStatus.RealTime or QuoteStatus.Delayed or QuoteStatus.Indicative or QuoteStatus.Unknown),
        IsAdjusted = IsAdjusted,
        Last = Last ?? NetAssetValue,
        LastTradeAt = LastTradeAt,
        Bid = Bid,
        Ask = Ask,
        BidSize = BidSize,
        AskSize = AskSize,
        DayOpen = Open,
        DayHigh = High,
        DayLow = Low,
        DayVolume = Volume,
        PreviousClose = PreviousClose,
        PreviousDayVolume = PreviousDayVolume,
        ExtendedLast = ExtendedLast,
        ExtendedLastTradeAt = ExtendedLastTradeAt,
        Name = !string.IsNullOrEmpty(Company) ? Company : Description ?? "",
        Exchange = Exchange ?? "",
    };
}
