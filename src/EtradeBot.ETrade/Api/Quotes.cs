using EtradeBot.Market;

namespace EtradeBot.ETrade;

/// <summary>How much of a quote to ask for. Candles need <see cref="All"/>: nothing else says when the last trade was.</summary>
public enum QuoteDetail
{
    All,
    Intraday,
    Fundamental,
    Options,
    Week52,
    MutualFund,
}

/// <summary>Quotes of the symbols that the broker knows.</summary>
/// <param name="Unknown">Symbols without a quote, and what the broker said of each.</param>
public sealed record QuoteAnswer(IReadOnlyList<Quote> Quotes, IReadOnlyList<(string Symbol, string Message)> Unknown);

/// <summary>Figures beside the price. Null where the answer has none.</summary>
public sealed record QuoteFacts(Symbol Symbol)
{
    public string Name { get; init; } = "";

    public decimal? EarningsPerShare { get; init; }

    public decimal? EstimatedEarnings { get; init; }

    public decimal? PriceEarnings { get; init; }

    public decimal? Dividend { get; init; }

    public decimal? Yield { get; init; }

    public decimal? Beta { get; init; }

    public decimal? MarketCap { get; init; }

    public decimal? High52 { get; init; }

    public decimal? Low52 { get; init; }

    public long? AverageVolume { get; init; }

    public DateOnly? NextEarnings { get; init; }

    public DateOnly? ExDividend { get; init; }
}

/// <param name="Type">EQUITY, INDEX, ... as the broker words it.</param>
public sealed record LookupMatch(string Symbol, string Description, string Type);

public sealed record OptionExpiry(DateOnly Date, string Type);

/// <summary>Which options of a chain; null leaves the choice to the broker.</summary>
public sealed record OptionChainQuery(Symbol Symbol)
{
    public DateOnly? Expiry { get; init; }

    public decimal? StrikeNear { get; init; }

    public int? Strikes { get; init; }

    public bool IncludeWeekly { get; init; }
}

public sealed record OptionChain(decimal? NearPrice, DateTimeOffset? At, IReadOnlyList<OptionPair> Pairs);

public sealed record OptionPair(OptionQuote? Call, OptionQuote? Put);

/// <param name="Key">The 21 characters of the OSI symbol.</param>
public sealed record OptionQuote(string Key, string Symbol, decimal Strike, decimal? Bid, decimal? Ask, decimal? Last)
{
    public long? Volume { get; init; }

    public long? OpenInterest { get; init; }

    public decimal? Delta { get; init; }

    public decimal? ImpliedVolatility { get; init; }
}
