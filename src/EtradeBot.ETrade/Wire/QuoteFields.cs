namespace EtradeBot.ETrade.Wire;

/// <summary>Fields of <c>QuoteResponse</c>.</summary>
enum QuoteRootField
{
    QuoteData,
    Messages,
}

/// <summary>Fields of a <c>QuoteData</c> entry.</summary>
enum QuoteEntryField
{
    DateTime,
    DateTimeUTC,
    QuoteStatus,
    AhFlag,
    ErrorMessage,
    Product,
    All,
    Intraday,
    Fundamental,
    Option,
    Week52,
    MutualFund,
}

/// <summary>Fields of the blocks <c>All</c>, <c>Intraday</c>, <c>Fundamental</c>, <c>Option</c>, <c>Week52</c> and <c>MutualFund</c> that a quote is made of.</summary>
enum QuoteBlockField
{
    AdjustedFlag,
    Ask,
    AskSize,
    Bid,
    BidSize,
    CompanyName,
    FundName,
    High,
    LastTrade,
    Low,
    NetAssetValue,
    Open,
    PreviousClose,
    PreviousDayVolume,
    PrimaryExchange,
    SymbolDescription,
    TimeOfLastTrade,
    TotalVolume,
    ExtendedHourQuoteDetail,
}

/// <summary>Fields of <c>ExtendedHourQuoteDetail</c>.</summary>
enum QuoteExtendedField
{
    LastPrice,
    TimeOfLastTrade,
}

enum QuoteProductField
{
    Symbol,
}
