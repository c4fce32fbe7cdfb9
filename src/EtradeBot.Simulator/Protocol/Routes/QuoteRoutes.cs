using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>Quotes and the search for symbols.</summary>
sealed class QuoteRoutes(World world)
{
    const int UsualSymbols = 25;
    const int MostSymbols = 50;
    const int MostFound = 10;
    const int InvalidSymbol = 1019;

    public Answer Quote(Visit visit)
    {
        var detail = visit.Word("detailFlag", "ALL", "FUNDAMENTAL", "INTRADAY", "OPTIONS", "WEEK_52", "MF_DETAIL") ?? "ALL";
        var limit = visit.Flag("overrideSymbolCount") ? MostSymbols : UsualSymbols;
        var asked = visit.Arguments[0].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var (quotes, messages) = (new List<Element>(), new List<Element>());
        foreach (var text in asked.Take(limit))
        {
            if (world.Faults.Strike("missing-symbol", visit.Call, text) is not null) continue;
            if (Quoted(text, detail, visit) is { } quote) quotes.Add(quote);
            else messages.Add(Message($"{text} is not a known symbol", "WARNING"));
        }
        if (quotes.Count == 0 && messages.Count > 0) messages = [Message("Invalid Symbol", "ERROR")];
        if (asked.Count > limit) messages.Add(Message(string.Create(CultureInfo.InvariantCulture, $"The first {limit} of {asked.Count} symbols are answered: ask for no more than {limit} at once"), "WARNING"));
        return Answer.Of("QuoteResponse", Document(quotes, messages));
    }

    public Answer Lookup(Visit visit)
    {
        var text = visit.Arguments[0].Trim();
        var found = world.Market.Symbols
            .Select(symbol => (Symbol: symbol, About: world.Market.Describe(symbol)))
            .Where(entry => entry.Symbol.Ticker.StartsWith(text, StringComparison.OrdinalIgnoreCase) || entry.About?.Description.Contains(text, StringComparison.OrdinalIgnoreCase) == true)
            .Take(MostFound)
            .ToList();
        // The market may quote a ticker that no list holds.
        if (found.Count == 0 && Symbol.TryParse(text, out var typed) && world.Market.Describe(typed) is { } about) found.Add((typed, about));
        if (found.Count == 0) return Answer.Empty;
        return Answer.Of("LookupResponse", new Element
        {
            { "Data", found.Select(entry => new Element { { "symbol", entry.Symbol.Ticker }, { "description", entry.About?.Description ?? "" }, { "type", "EQUITY" } }) },
        });
    }

    /// <summary>Null for what has no quote.</summary>
    Element? Quoted(string text, string detail, Visit visit)
    {
        if (Symbol.TryParse(text, out var symbol)) return world.Market.Lists(symbol) ? QuoteBlocks.Of(world.Market.ShownAt(symbol, visit.Now), detail) : null;
        return OptionContract.TryParse(text, out var contract) && world.Market.Lists(contract.Underlier)
            ? OptionRoutes.Quoted(contract, world.Market.ShownAt(contract.Underlier, visit.Now), detail)
            : null;
    }

    static Element Document(List<Element> quotes, List<Element> messages)
    {
        var document = new Element();
        if (quotes.Count > 0) document.Add("QuoteData", quotes);
        if (messages.Count > 0) document.Add("Messages", new Element { { "Message", messages } });
        return document;
    }

    static Element Message(string description, string type) => new() { { "description", description }, { "code", InvalidSymbol }, { "type", type } };
}
