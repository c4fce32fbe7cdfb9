using EtradeBot.Market;
using EtradeBot.Simulator.Market;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Option chains: a plausible set of contracts for every share, priced by formula.</summary>
sealed class OptionRoutes(World world)
{
    const int Weeks = 6;
    const int Months = 8;
    const int UsualStrikes = 10;
    const int MostStrikes = 100;

    public Answer Dates(Visit visit)
    {
        if (Share(visit, out var quote) is { } refusal) return refusal;
        var wanted = visit.Query("expiryType")?.ToUpperInvariant() ?? "ALL";
        var dates = Expirations(visit.Now).Where(date => wanted is "ALL" or "UNSPECIFIED" || wanted == Kind(date)).ToList();
        if (dates.Count == 0) return Answer.Empty;
        return Answer.Of("OptionExpireDateResponse", new Element
        {
            { "ExpirationDate", dates.Select(date => new Element { { "year", date.Year }, { "month", date.Month }, { "day", date.Day }, { "expiryType", Kind(date) } }) },
        });
    }

    public Answer Chains(Visit visit)
    {
        if (Share(visit, out var quote) is { } refusal) return refusal;
        if (Expiration(visit) is not { } expires) return Answer.Refused("There are no options of that expiration date: see optionexpiredate.");
        var near = visit.Query("strikePriceNear") is { } text ? Number(text) : quote.Last > 0 ? quote.Last : quote.PreviousClose;
        var count = Math.Clamp(visit.Number("noOfStrikes") ?? UsualStrikes, 1, MostStrikes);
        var type = visit.Word("chainType", "CALL", "PUT", "CALLPUT") ?? "CALLPUT";
        var pairs = Strikes(near, count).Select(strike => Pair(visit, type, (quote, expires, strike)));
        return Answer.Of("OptionChainResponse", new Element
        {
            { "OptionPair", pairs },
            { "timeStamp", Wire.Seconds(quote.At) },
            { "quoteType", quote.IsDelayed ? "DELAYED" : "REALTIME" },
            { "nearPrice", near },
            { "SelectedED", new Element { { "month", expires.Month }, { "year", expires.Year }, { "day", expires.Day } } },
        });
    }

    /// <summary>The quote of one contract.</summary>
    public static Element Quoted(OptionContract contract, MarketQuote share, string detail)
    {
        var option = new PricedOption(contract, share);
        var quote = share with
        {
            Description = contract.Display,
            Last = option.Price,
            Bid = option.Bid,
            Ask = option.Ask,
            Open = option.Price,
            High = option.Price,
            Low = option.Price,
            PreviousClose = option.Price,
            TotalVolume = option.OpenInterest / 10,
            Extended = null,
        };
        var product = new Element
        {
            { "symbol", contract.Underlier.Ticker },
            { "securityType", "OPTN" },
            { "callPut", contract.Type },
            { "expiryYear", contract.Expires.Year },
            { "expiryMonth", contract.Expires.Month },
            { "expiryDay", contract.Expires.Day },
            { "strikePrice", contract.Strike },
        };
        if (detail != "OPTIONS") return QuoteBlocks.Of(quote, detail, product);
        var block = QuoteBlocks.Option(quote, option);
        block.Add("OptionGreeks", Greeks(option));
        return QuoteBlocks.Data(quote, ("Option", block), product);
    }

    /// <summary>Fridays, or the session before when that is a holiday: some weeks, then the third of each month.</summary>
    internal static IEnumerable<DateOnly> Expirations(DateTimeOffset now)
    {
        var today = MarketCalendar.Nyse.DayOf(now);
        var friday = today.AddDays(((int)DayOfWeek.Friday - (int)today.DayOfWeek + 7) % 7);
        var (weeks, months) = (0, 0);
        for (var day = friday; months < Months; day = day.AddDays(7))
        {
            var isMonthly = day.Day is >= 15 and <= 21;
            if (!isMonthly && weeks >= Weeks) continue;
            if (isMonthly) months++;
            weeks++;
            yield return MarketCalendar.Nyse.IsSession(day) || !MarketCalendar.Nyse.Covers(day) ? day : MarketCalendar.Nyse.PreviousSession(day);
        }
    }

    static string Kind(DateOnly date) => date.Day is >= 14 and <= 21 && date.AddDays(date.DayOfWeek == DayOfWeek.Thursday ? 1 : 0).Day is >= 15 and <= 21 ? "MONTHLY" : "WEEKLY";

    Answer? Share(Visit visit, out MarketQuote quote)
    {
        quote = null!;
        if (!Symbol.TryParse(visit.Query("symbol"), out var symbol) || !world.Market.Lists(symbol)) return Answer.Refused("Invalid symbol");
        quote = world.Market.ShownAt(symbol, visit.Now);
        return null;
    }

    /// <summary>The one asked for, the nearest without year, month and day; null when there is none on that day.</summary>
    static DateOnly? Expiration(Visit visit)
    {
        var (year, month, day) = (visit.Number("expiryYear"), visit.Number("expiryMonth"), visit.Number("expiryDay"));
        foreach (var date in Expirations(visit.Now))
            if ((year ?? date.Year) == date.Year && (month ?? date.Month) == date.Month && (day ?? date.Day) == date.Day) return date;
        return null;
    }

    static double Number(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is > 0 and < 99_999 ? number : throw new BadQueryException("strikePriceNear must be a price.");

    /// <summary>Steps of about two per cent of the price, in round numbers.</summary>
    static IEnumerable<decimal> Strikes(double near, int count)
    {
        var step = near switch { < 5 => 0.5m, < 25 => 1m, < 100 => 2.5m, < 300 => 5m, < 1_000 => 10m, _ => 50m };
        var first = Math.Max(decimal.Round((decimal)near / step) - count / 2, 1) * step;
        return Enumerable.Range(0, count).Select(i => first + i * step);
    }

    static Element Pair(Visit visit, string type, (MarketQuote Share, DateOnly Expires, decimal Strike) at)
    {
        var pair = new Element();
        if (type != "PUT") pair.Add("Call", Contract(visit, true, at));
        if (type != "CALL") pair.Add("Put", Contract(visit, false, at));
        return pair;
    }

    static Element Contract(Visit visit, bool isCall, (MarketQuote Share, DateOnly Expires, decimal Strike) at)
    {
        var option = new PricedOption(new OptionContract(at.Share.Symbol, at.Expires, isCall, at.Strike), at.Share);
        return new Element
        {
            { "optionCategory", "STANDARD" },
            { "optionRootSymbol", at.Share.Symbol.Ticker },
            { "timeStamp", Wire.Seconds(at.Share.At) },
            { "adjustedFlag", false },
            { "displaySymbol", option.Contract.Display },
            { "optionType", option.Contract.Type },
            { "strikePrice", at.Strike },
            { "symbol", at.Share.Symbol.Ticker },
            { "bid", option.Bid },
            { "ask", option.Ask },
            { "bidSize", 12 },
            { "askSize", 9 },
            { "inTheMoney", option.Intrinsic > 0 ? "y" : "n" },
            { "volume", option.OpenInterest / 10 },
            { "openInterest", option.OpenInterest },
            { "netChange", 0.0 },
            { "lastPrice", option.Price },
            { "quoteDetail", $"{visit.Address.Root}/v1/market/quote/{option.Contract.Name}" },
            { "osiKey", option.Contract.OsiKey },
            { "OptionGreeks", Greeks(option) },
        };
    }

    static Element Greeks(PricedOption option) => new()
    {
        { "rho", option.Rho },
        { "vega", option.Vega },
        { "theta", option.Theta },
        { "delta", option.Delta },
        { "gamma", option.Gamma },
        { "iv", Math.Round(option.Volatility, 4) },
        { "currentValue", true },
    };
}
