using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

/// <summary>What the market module answers, quotes for candles apart.</summary>
static class MarketReader
{
    static readonly string[] Blocks = ["All", "Fundamental", "Week52", "Intraday", "Option", "MutualFund"];

    /// <summary>One entry for each symbol asked for that the broker knows, in the order asked.</summary>
    public static IReadOnlyList<QuoteFacts> Facts(WireObject response, IReadOnlyList<Symbol> asked)
    {
        var facts = new QuoteFacts?[asked.Count];
        foreach (var entry in response.Items("QuoteData"))
        {
            if (entry.Text("errorMessage").Length > 0) continue;
            var ticker = (entry.Object("Product") ?? throw entry.Missing("Product")).RequiredText("symbol");
            for (var place = 0; place < asked.Count; place++)
                if (ticker.Equals(asked[place].Ticker, StringComparison.OrdinalIgnoreCase)) facts[place] = Facts(entry, asked[place]);
        }
        return [.. facts.OfType<QuoteFacts>()];
    }

    static QuoteFacts Facts(WireObject entry, Symbol symbol)
    {
        var name = Blocks.FirstOrDefault(block => entry.Object(block) is not null);
        if (name is null || entry.Object(name) is not { } block) return new QuoteFacts(symbol);
        return new QuoteFacts(symbol)
        {
            Name = block.Text("companyName") is { Length: > 0 } company ? company : block.Text("symbolDescription"),
            EarningsPerShare = block.Number("eps"),
            EstimatedEarnings = block.Number("estEarnings"),
            PriceEarnings = block.Number("pe") is { } ratio && ratio != 0 ? ratio : null,
            Dividend = block.Number("dividend"),
            Yield = block.Number("yield"),
            Beta = block.Number("beta"),
            MarketCap = block.Number("marketCap") is { } worth && worth != 0 ? worth : null,
            High52 = block.Price("high52"),
            Low52 = block.Price("low52"),
            AverageVolume = block.Count("averageVolume"),
            NextEarnings = Day(block, "nextEarningDate"),
            ExDividend = WireTime.Day(block.Instant("exDividendDate")),
        };
    }

    static DateOnly? Day(WireObject block, string field)
    {
        var text = block.Text(field);
        if (text.Length == 0) return null;
        return DateOnly.TryParseExact(text, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : throw block.Wrong(field, "no date such as 04/30/2026");
    }

    public static IReadOnlyList<LookupMatch> Matches(WireObject response) =>
        [.. response.Items("Data").Select(match => new LookupMatch(match.RequiredText("symbol"), match.Text("description"), match.Text("type")))];

    public static IReadOnlyList<OptionExpiry> Expiries(WireObject response) => [.. response.Items("ExpirationDate").Select(Expiry)];

    static OptionExpiry Expiry(WireObject expiry)
    {
        var (year, month, day) = (expiry.Int("year"), expiry.Int("month"), expiry.Int("day"));
        var isDate = year is >= 1980 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year.Value, month.Value);
        return isDate
            ? new OptionExpiry(new DateOnly(year!.Value, month!.Value, day!.Value), expiry.Text("expiryType"))
            : throw new WireException($"an expiration date is {year}-{month}-{day}, which is no date");
    }

    public static OptionChain Chain(WireObject response) => new(
        response.Price("nearPrice"),
        response.Instant("timeStamp"),
        [.. response.Items("OptionPair").Select(pair => new OptionPair(Option(pair.Object("Call")), Option(pair.Object("Put"))))]);

    static OptionQuote? Option(WireObject? found)
    {
        if (found is not { } option) return null;
        var greeks = option.Object("OptionGreeks");
        return new OptionQuote(
            option.Text("osiKey"),
            option.RequiredText("symbol"),
            option.Price("strikePrice") ?? throw option.Missing("strikePrice"),
            option.Price("bid"),
            option.Price("ask"),
            option.Price("lastPrice"))
        {
            Volume = option.Count("volume"),
            OpenInterest = option.Count("openInterest"),
            Delta = greeks?.Number("delta"),
            ImpliedVolatility = greeks?.Number("iv"),
        };
    }
}
