using System.Globalization;
using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

/// <summary>Quotes, figures, look-up and options.</summary>
sealed class MarketCalls(WireCaller caller)
{
    /// <summary>The broker's limit with <c>overrideSymbolCount</c>.</summary>
    const int MostSymbols = 50;

    /// <summary>The broker's limit without it.</summary>
    const int PlainSymbols = 25;

    readonly QuoteReader _quotes = new();

    public async Task<QuoteAnswer> QuotesAsync(IReadOnlyCollection<Symbol> symbols, QuoteDetail detail, CancellationToken stop)
    {
        var asked = symbols.Distinct().ToList();
        var refused = asked.Where(symbol => ApiPaths.WhyNot(symbol) is not null).ToHashSet();
        var batches = await TogetherAsync(asked.Where(symbol => !refused.Contains(symbol)), (some, running) => BatchAsync(some, detail, running), stop);
        var places = batches.SelectMany(batch => batch.Asked.Select((symbol, place) => (symbol, batch, place))).ToDictionary(one => one.symbol);
        var (quotes, unknown) = (new List<Quote>(asked.Count), new List<(string, string)>());
        foreach (var symbol in asked)
        {
            if (refused.Contains(symbol))
            {
                unknown.Add((symbol.Ticker, ApiPaths.WhyNot(symbol)!));
                continue;
            }
            var (_, batch, place) = places[symbol];
            if (batch.Quotes[place] is { } quote) quotes.Add(quote);
            else unknown.Add((symbol.Ticker, batch.WhyMissing(place)));
        }
        return new QuoteAnswer(quotes, unknown);
    }

    public async Task<IReadOnlyList<QuoteFacts>> FactsAsync(IReadOnlyCollection<Symbol> symbols, QuoteDetail detail, CancellationToken stop)
    {
        var asked = symbols.Distinct().Where(symbol => ApiPaths.WhyNot(symbol) is null);
        var batches = await TogetherAsync(asked, (some, running) => FactsBatchAsync(some, detail, running), stop);
        return [.. batches.SelectMany(batch => batch)];
    }

    public Task<IReadOnlyList<LookupMatch>> LookupAsync(string text, CancellationToken stop)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var wanted = text.Trim();
        // An escaped slash or backslash is unescaped by servers on the way and then means another path.
        if (wanted.AsSpan().IndexOfAny('/', '\\') >= 0 || wanted.Any(char.IsControl))
            throw ApiPaths.NotSent($"'{wanted}' cannot be looked up: leave out '/', '\\' and control characters");
        return caller.ReadListAsync(Get($"/market/lookup/{Uri.EscapeDataString(wanted)}.json", "look up a symbol"), "LookupResponse", MarketReader.Matches, stop);
    }

    public Task<IReadOnlyList<OptionExpiry>> ExpiriesAsync(Symbol symbol, CancellationToken stop)
    {
        var call = Get("/market/optionexpiredate.json", "list option dates") with { Query = [("symbol", ApiPaths.Ticker(symbol))] };
        return caller.ReadListAsync(call, "OptionExpireDateResponse", MarketReader.Expiries, stop);
    }

    public async Task<OptionChain> ChainAsync(OptionChainQuery query, CancellationToken stop)
    {
        var call = Get("/market/optionchains.json", "read an option chain") with { Query = ChainQuery(query) };
        return await caller.ReadOrNullAsync(call, "OptionChainResponse", MarketReader.Chain, stop) ?? new OptionChain(null, null, []);
    }

    static List<(string, string)> ChainQuery(OptionChainQuery query)
    {
        var asked = new List<(string, string)> { ("symbol", ApiPaths.Ticker(query.Symbol)) };
        if (query.Expiry is { } day) asked.AddRange([("expiryYear", Text(day.Year)), ("expiryMonth", Text(day.Month)), ("expiryDay", Text(day.Day))]);
        if (query.StrikeNear is { } strike) asked.Add(("strikePriceNear", Text(strike)));
        if (query.Strikes is { } strikes) asked.Add(("noOfStrikes", Text(strikes)));
        asked.Add(("includeWeekly", query.IncludeWeekly ? "true" : "false"));
        return asked;
    }

    /// <summary>All batches at once: how fast they leave is the rate limiter's business. One failure ends the others.</summary>
    static async Task<T[]> TogetherAsync<T>(IEnumerable<Symbol> symbols, Func<Symbol[], CancellationToken, Task<T>> send, CancellationToken stop)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stop);
        return await Task.WhenAll(symbols.Chunk(MostSymbols).Select(Send).ToArray());

        async Task<T> Send(Symbol[] some)
        {
            try
            {
                return await send(some, running.Token);
            }
            catch (BrokerException)
            {
                await running.CancelAsync();
                throw;
            }
        }
    }

    async Task<QuoteBatch> BatchAsync(Symbol[] symbols, QuoteDetail detail, CancellationToken stop)
    {
        var call = QuoteCall(symbols, detail, "read quotes") with { Priority = CallPriority.Polling };
        return await caller.ReadAsync(call, reply => _quotes.Read(reply.Body, reply.ReceivedAt, symbols), stop);
    }

    async Task<IReadOnlyList<QuoteFacts>> FactsBatchAsync(Symbol[] symbols, QuoteDetail detail, CancellationToken stop)
    {
        var call = QuoteCall(symbols, detail, "read the figures of stocks");
        call = call with { Query = [.. call.Query, ("requireEarningsDate", "true")] };
        return await caller.ReadListAsync(call, "QuoteResponse", response => MarketReader.Facts(response, symbols), stop);
    }

    /// <summary>The comma stays raw: escaped it is signed another way than the broker reads it.</summary>
    static ETradeCall QuoteCall(Symbol[] symbols, QuoteDetail detail, string what) =>
        Get($"/market/quote/{string.Join(',', symbols.Select(symbol => symbol.Ticker))}.json", what) with
        {
            Query =
            [
                ("detailFlag", Words.Of(detail)),
                .. symbols.Length > PlainSymbols ? [("overrideSymbolCount", "true")] : Array.Empty<(string, string)>(),
                ("skipMiniOptionsCheck", "true"),
            ],
        };

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    static ETradeCall Get(string path, string what) => new(HttpMethod.Get, ETradeModule.Market, path, what);
}
