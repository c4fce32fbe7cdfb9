using EtradeBot.Simulator.Market;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>One quote as an answer shows it.</summary>
static class QuoteBlocks
{
    /// <summary>Before the shares start to trade in the morning.</summary>
    static readonly TimeSpan FirstTrading = TimeSpan.FromHours(4);

    public static bool IsOutsideHours(MarketQuote quote) => quote.Phase != MarketPhase.Regular;

    public static string Status(MarketQuote quote) =>
        quote.IsDelayed ? "DELAYED" : IsOutsideHours(quote) ? "CLOSING" : "REALTIME";

    /// <param name="detail">One of the words of <c>detailFlag</c>.</param>
    public static Element Of(MarketQuote quote, string detail, Element? product = null)
    {
        var (name, block) = detail switch
        {
            "FUNDAMENTAL" => ("Fundamental", Fundamental(quote)),
            "INTRADAY" => ("Intraday", Intraday(quote)),
            "OPTIONS" => ("Option", Option(quote, null)),
            "WEEK_52" => ("Week52", Week52(quote)),
            "MF_DETAIL" => ("MutualFund", MutualFund(quote)),
            _ => ("All", All(quote)),
        };
        return Data(quote, (name, block), product ?? Product(quote));
    }

    public static Element Data(MarketQuote quote, (string Name, Element Content) block, Element product) => new()
    {
        { "dateTime", Wire.NewYork(quote.At) },
        { "dateTimeUTC", Wire.Seconds(quote.At) },
        { "quoteStatus", Status(quote) },
        // A text, not a truth value: so it is on the wire.
        { "ahFlag", IsOutsideHours(quote) ? "true" : "false" },
        { "hasMiniOptions", false },
        { block.Name, block.Content },
        { "Product", product },
    };

    public static Element Product(MarketQuote quote) => new() { { "symbol", quote.Symbol.Ticker }, { "securityType", "EQ" } };

    public static Element Option(MarketQuote quote, PricedOption? option) => new()
    {
        { "ask", quote.Ask },
        { "askSize", quote.AskSize },
        { "bid", quote.Bid },
        { "bidSize", quote.BidSize },
        { "companyName", quote.Description },
        { "daysToExpiration", option?.DaysLeft ?? 0 },
        { "lastTrade", quote.Last },
        { "openInterest", option?.OpenInterest ?? 0 },
        { "optionPreviousBidPrice", 0 },
        { "optionPreviousAskPrice", 0 },
        { "osiKey", option?.Contract.OsiKey ?? "" },
        { "intrinsicValue", option?.Intrinsic ?? 0.0 },
        { "timePremium", option?.TimePremium ?? 0.0 },
        { "optionMultiplier", option is null ? 0.0 : 100.0 },
        { "contractSize", option is null ? 0.0 : 100.0 },
        { "symbolDescription", quote.Description },
    };

    public static Element Intraday(MarketQuote quote) => new()
    {
        { "ask", quote.Ask },
        { "bid", quote.Bid },
        { "changeClose", Change(quote) },
        { "changeClosePercentage", ChangePercent(quote) },
        { "companyName", quote.Description },
        { "high", quote.High },
        { "lastTrade", quote.Last },
        { "low", quote.Low },
        { "totalVolume", quote.TotalVolume },
    };

    static Element Fundamental(MarketQuote quote)
    {
        var company = Company.Of(quote.Symbol.Ticker);
        var (low, high) = company.YearRange(quote);
        return new Element
        {
            { "companyName", quote.Description },
            { "eps", company.Earnings },
            { "estEarnings", company.EarningsExpected },
            { "high52", high },
            { "lastTrade", quote.Last },
            { "low52", low },
            { "symbolDescription", quote.Description },
        };
    }

    static Element Week52(MarketQuote quote)
    {
        var company = Company.Of(quote.Symbol.Ticker);
        var (low, high) = company.YearRange(quote);
        return new Element
        {
            { "companyName", quote.Description },
            { "high52", high },
            { "lastTrade", quote.Last },
            { "low52", low },
            { "perf12Months", company.YearGain },
            { "previousClose", quote.PreviousClose },
            { "symbolDescription", quote.Description },
            { "totalVolume", quote.TotalVolume },
        };
    }

    /// <summary>There are no funds in this market: what a fund and a share have in common.</summary>
    static Element MutualFund(MarketQuote quote) => new()
    {
        { "symbolDescription", quote.Description },
        { "netAssetValue", quote.Last },
        { "previousClose", quote.PreviousClose },
        { "changeClose", Change(quote) },
        { "lastTrade", quote.Last },
        { "timeOfLastTrade", Wire.Seconds(quote.LastTradeAt) },
    };

    static Element All(MarketQuote quote)
    {
        var all = AllPrices(quote);
        AddCompany(all, quote);
        if (IsOutsideHours(quote)) all.Add("ExtendedHourQuoteDetail", Extended(quote));
        return all;
    }

    static Element AllPrices(MarketQuote quote)
    {
        var (low52, high52) = Company.Of(quote.Symbol.Ticker).YearRange(quote);
        return new Element
        {
            { "adjustedFlag", quote.IsAdjusted },
            { "ask", quote.Ask },
            { "askSize", quote.AskSize },
            { "askTime", Wire.NewYork(quote.At) },
            { "bid", quote.Bid },
            { "bidExchange", " " },
            { "bidSize", quote.BidSize },
            { "bidTime", Wire.NewYork(quote.At) },
            { "changeClose", Change(quote) },
            { "changeClosePercentage", ChangePercent(quote) },
            { "companyName", quote.Description },
            { "daysToExpiration", 0 },
            { "dirLast", Change(quote) < 0 ? "2" : "1" },
            { "high", quote.High },
            { "high52", high52 },
            { "lastTrade", quote.Last },
            { "low", quote.Low },
            { "low52", low52 },
            { "open", quote.Open },
            { "openInterest", 0 },
            { "optionStyle", "" },
            { "optionUnderlier", "" },
            { "previousClose", quote.PreviousClose },
            { "previousDayVolume", quote.PreviousDayVolume },
            { "primaryExchange", quote.Exchange },
            { "symbolDescription", quote.Description },
            { "totalVolume", quote.TotalVolume },
            { "upc", 0 },
            { "cashDeliverable", 0 },
            { "timeOfLastTrade", Wire.Seconds(quote.LastTradeAt) },
        };
    }

    static void AddCompany(Element all, MarketQuote quote)
    {
        var company = Company.Of(quote.Symbol.Ticker);
        var day = DateOnly.FromDateTime(quote.At.UtcDateTime);
        all.Add("dividend", company.Dividend);
        all.Add("eps", company.Earnings);
        all.Add("estEarnings", company.EarningsExpected);
        all.Add("exDividendDate", Ago(day, 32));
        all.Add("marketCap", company.MarketCap(quote.Last));
        all.Add("sharesOutstanding", company.Shares);
        all.Add("nextEarningDate", "");
        all.Add("beta", company.Beta);
        all.Add("yield", company.YieldAt(quote.Last));
        all.Add("declaredDividend", company.Dividend);
        all.Add("dividendPayableDate", Ago(day, 25));
        all.Add("pe", company.PriceEarnings(quote.Last));
        all.Add("week52LowDate", Ago(day, 250));
        all.Add("week52HiDate", Ago(day, 90));
        foreach (var zero in (ReadOnlySpan<string>)["intrinsicValue", "timePremium", "optionMultiplier", "contractSize"]) all.Add(zero, 0.0);
        all.Add("expirationDate", 0);
        all.Add("averageVolume", quote.PreviousDayVolume);
    }

    static Element Extended(MarketQuote quote)
    {
        var (last, at) = quote.Extended ?? (quote.Last, quote.LastTradeAt);
        return new Element
        {
            { "lastPrice", last },
            { "change", Math.Round(last - quote.Last, 4) },
            { "percentChange", quote.Last > 0 ? Math.Round(100 * (last - quote.Last) / quote.Last, 2) : 0.0 },
            { "bid", quote.Bid },
            { "bidSize", quote.BidSize },
            { "ask", quote.Ask },
            { "askSize", quote.AskSize },
            { "volume", quote.TotalVolume },
            { "timeOfLastTrade", Wire.Seconds(at) },
            { "timeZone", "" },
            { "quoteStatus", ExtendedStatus(quote) },
        };
    }

    static string ExtendedStatus(MarketQuote quote) => quote.Phase switch
    {
        MarketPhase.Closed => Wire.NewYorkTimeOfDay(quote.At) < FirstTrading ? "EH_BEFORE_OPEN" : "EH_CLOSED",
        _ => "EH_REALTIME",
    };

    static double Change(MarketQuote quote) => Math.Round(quote.Last - quote.PreviousClose, 4);

    static double ChangePercent(MarketQuote quote) => quote.PreviousClose > 0 ? Math.Round(100 * (quote.Last - quote.PreviousClose) / quote.PreviousClose, 2) : 0;

    static long Ago(DateOnly day, int days) => Wire.Seconds(new DateTimeOffset(day.AddDays(-days).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
