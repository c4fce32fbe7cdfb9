using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;
using EtradeBot.Market;

namespace EtradeBot.Bench;

/// <summary>What a poll of the broker costs on this side of the wire: signing the request, and reading the answer.</summary>
/// <remarks>In processor time. Rates are better the larger they are, and have no target.</remarks>
static class ETradeRows
{
    /// <summary>The most that the broker takes in a request.</summary>
    public const int SymbolsPerRequest = 50;

    const int Repeats = 500;

    /// <summary>1 s lasts 10^6 of them.</summary>
    const double Microseconds = 1e6;

    static readonly DateTimeOffset ReceivedAt = DateTimeOffset.FromUnixTimeSeconds(1_773_152_143);

    public static Symbol[] Symbols { get; } = [.. Enumerable.Range(0, SymbolsPerRequest).Select(i => Symbol.Parse(FormattableString.Invariant($"S{i}")))];

    public static IEnumerable<BenchRow> Rows(int runs)
    {
        yield return new($"quotes parsed, {SymbolsPerRequest} an answer", "1000/s", null, "", () =>
        {
            var answer = Answer();
            var reader = new QuoteReader();
            var seconds = WarmedUp.Runs(runs, () => Seconds(() => Parsed(reader, answer)));
            return new([.. seconds.Select(each => Repeats * SymbolsPerRequest / each / 1000)], FormattableString.Invariant($"{answer.Length} bytes an answer"));
        });
        yield return new($"signing a call for {SymbolsPerRequest} quotes", "us", null, "", () =>
        {
            var url = new Uri($"https://api.etrade.com{QuotePath}");
            return new([.. WarmedUp.Runs(runs, () => Seconds(() => Signed(url))).Select(each => each / Repeats * Microseconds)]);
        });
    }

    /// <summary>Of a call for all the symbols, as the client writes it.</summary>
    public static string QuotePath { get; } =
        $"/v1/market/quote/{string.Join(',', Symbols.Select(symbol => symbol.Ticker))}.json?detailFlag=ALL&overrideSymbolCount=true&skipMiniOptionsCheck=true";

    // A run has to last longer than the steps in which processor time is counted.
    static double Seconds(Func<object> work)
    {
        var before = CpuTime.OfThisProcess;
        for (var i = 0; i < Repeats; i++) GC.KeepAlive(work());
        return CpuTime.OfThisProcess - before;
    }

    static QuoteBatch Parsed(QuoteReader reader, byte[] answer)
    {
        var batch = reader.Read(answer, ReceivedAt, Symbols);
        return Array.TrueForAll(batch.Quotes, quote => quote?.Last > 0) ? batch : throw new InvalidOperationException("not every symbol has a quote");
    }

    /// <summary>All that is made anew for each request: number, time, signature, header.</summary>
    static string Signed(Uri url)
    {
        (string, string)[] oauth =
        [
            ("oauth_consumer_key", "c5bb4dcb7bd6826c7c4340df3f791188"),
            ("oauth_nonce", RandomNumberGenerator.GetHexString(32, lowercase: true)),
            ("oauth_signature_method", OAuthSignature.Method),
            ("oauth_timestamp", ReceivedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("oauth_version", "1.0"),
            ("oauth_token", "VbiNYl63EejjlKdQM6FeENzcnrLACrZ2JYD6NQROfVI="),
        ];
        var text = OAuthSignature.BaseString(HttpMethod.Get, url, oauth);
        return OAuthSignature.Header(oauth, OAuthSignature.Sign(text, "7d30246211192cda43ede3abd9b393b9", "XCF9RzyQr4UEPloA+WlC06BnTfYC1P0Fwr3GUw/B0Es="));
    }

    /// <summary>The sample of two quotes, continued for all the symbols.</summary>
    static byte[] Answer()
    {
        using var sample = typeof(ETradeRows).Assembly.GetManifestResourceStream("quote-all.json")!;
        var root = JsonNode.Parse(sample)!;
        var quotes = root["QuoteResponse"]!["QuoteData"]!.AsArray();
        var samples = quotes.Select(quote => quote!.DeepClone()).ToList();
        quotes.Clear();
        foreach (var (i, symbol) in Symbols.Index())
        {
            var quote = samples[i % samples.Count].DeepClone();
            quote["Product"]!["symbol"] = symbol.Ticker;
            foreach (var field in new[] { "companyName", "symbolDescription" }) quote["All"]![field] = $"{symbol.Ticker} COMPANY INC COM";
            quotes.Add(quote);
        }
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
