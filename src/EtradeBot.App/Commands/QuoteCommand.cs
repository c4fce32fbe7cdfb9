using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.App.Reports;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot quote</c>: what the broker says of some symbols now.</summary>
static class QuoteCommand
{
    static readonly Argument<string[]> Symbols = new("symbol")
    {
        Description = "Tickers, with blanks or commas between them, such as AAPL MSFT.",
        Arity = ArgumentArity.OneOrMore,
    };

    static readonly Column[] Columns =
    [
        Column.Text("symbol"), Column.Number("last"), Column.Number("change"), Column.Number("%"), Column.Number("bid"), Column.Number("ask"),
        Column.Number("day low"), Column.Number("day high"), Column.Number("volume"), Column.Text("New York time"), Column.Number("age"), Column.Text("status"),
    ];

    public static Command Create()
    {
        var command = new Command("quote", "Show quotes. Unknown symbols are listed below the others; exit code 4 when none is known.") { Symbols };
        BrokerOptions.AddTo(command);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(parse =>
        {
            var symbols = SymbolsOf(parse.GetValue(Symbols)!);
            return BrokerOptions.Run(parse, connection => RunAsync(parse, connection, symbols));
        });
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, ETradeConnection connection, IReadOnlyCollection<Symbol> symbols)
    {
        var answer = await connection.Client.QuotesAsync(symbols).ConfigureAwait(false);
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) BrokerOptions.WriteJson(output, connection.Access, json => Write(json, answer));
        else Print(output, connection.Access, answer);
        return answer.Quotes.Count > 0 ? ExitCode.Success : ExitCode.Broker;
    }

    /// <summary>Each once, in the order given.</summary>
    /// <exception cref="UsageException">One of them cannot be a ticker.</exception>
    internal static IReadOnlyList<Symbol> SymbolsOf(IEnumerable<string> words)
    {
        var symbols = new List<Symbol>();
        foreach (var word in words.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!Symbol.TryParse(word, out var symbol)) throw new UsageException($"'{word.Trim()}' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _");
            if (!symbols.Contains(symbol)) symbols.Add(symbol);
        }
        return symbols.Count > 0 ? symbols : throw new UsageException("give at least one ticker, such as: quote AAPL MSFT");
    }

    internal static void Print(Output output, BrokerAccess access, QuoteAnswer answer)
    {
        BrokerOptions.Heading(output, access, "quotes");
        var quotes = answer.Quotes;
        var isExtended = quotes.Any(quote => quote.ExtendedLast is not null);
        if (quotes.Count > 0)
            output.Table(isExtended ? [.. Columns[..2], Column.Number("extended"), .. Columns[2..]] : Columns, [.. quotes.Select(quote => Cells(quote, isExtended, Age(access, quote)))]);
        if (isExtended) output.Line("'last' is the last price of the regular session, 'extended' that of the hours before or after it.");
        if (quotes.Count(quote => quote.Status == QuoteStatus.Delayed) is > 0 and var late)
            output.Line($"DELAYED: {Display.Count(late, "quote is", "quotes are")} some 15 minutes old. Real-time quotes need the market data agreement: sign it in your E*TRADE account.", Tone.Warning);
        foreach (var (symbol, message) in answer.Unknown)
            output.Line($"No quote of {symbol}: {(message.Length > 0 ? message.TrimEnd('.') : "the broker does not know it")}.", Tone.Warning);
    }

    /// <summary>A simulated clock may run apart from ours: its quotes have no age then.</summary>
    static string Age(BrokerAccess access, Quote quote)
    {
        var age = quote.ReceivedAt - quote.At;
        return access.Environment == ETradeEnvironment.Simulator && (age < TimeSpan.FromMinutes(-1) || age > TimeSpan.FromHours(1)) ? BrokerCells.Unsaid : BrokerCells.Age(age);
    }

    static string[] Cells(Quote quote, bool isExtended, string age)
    {
        var change = quote.Last - quote.PreviousClose;
        string[] first = [quote.Symbol.Ticker, BrokerCells.Price(quote.Last)];
        string[] rest =
        [
            BrokerCells.Change(change, quote.Last), BrokerCells.SignedPercent(change / quote.PreviousClose),
            BrokerCells.Price(quote.Bid), BrokerCells.Price(quote.Ask), BrokerCells.Price(quote.DayLow), BrokerCells.Price(quote.DayHigh),
            BrokerCells.Count(quote.DayVolume), BrokerCells.NewYork(quote.At), age, Status(quote),
        ];
        return isExtended ? [.. first, BrokerCells.Price(quote.ExtendedLast), .. rest] : [.. first, .. rest];
    }

    static string Status(Quote quote)
    {
        var words = quote.Status switch
        {
            QuoteStatus.RealTime => quote.IsAfterHours ? "after hours" : "real time",
            QuoteStatus.Delayed => quote.IsAfterHours ? "DELAYED, after hours" : "DELAYED",
            QuoteStatus.Closing => "after hours, closing prices",
            QuoteStatus.ExtendedRealTime => "after hours, real time",
            QuoteStatus.ExtendedBeforeOpen => "before the open",
            QuoteStatus.ExtendedClosed => "closed",
            QuoteStatus.Indicative => "indicative",
            _ => "unknown",
        };
        return quote.IsAdjusted ? words + ", adjusted" : words;
    }

    static void Write(Utf8JsonWriter json, QuoteAnswer answer)
    {
        json.WriteStartArray("quotes");
        foreach (var quote in answer.Quotes) Write(json, quote);
        json.WriteEndArray();
        json.WriteStartArray("unknown");
        foreach (var (symbol, message) in answer.Unknown)
        {
            json.WriteStartObject();
            json.WriteString("symbol", symbol);
            json.WriteString("message", message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, Quote quote)
    {
        json.WriteStartObject();
        json.WriteString("symbol", quote.Symbol.Ticker);
        json.WriteString("name", quote.Name);
        json.WriteString("exchange", quote.Exchange);
        JsonValues.Write(json, "last", quote.Last);
        JsonValues.Write(json, "change", Cents(quote.Last - quote.PreviousClose));
        JsonValues.Write(json, "previous_close", quote.PreviousClose);
        JsonValues.Write(json, "bid", quote.Bid);
        JsonValues.Write(json, "bid_size", quote.BidSize);
        JsonValues.Write(json, "ask", quote.Ask);
        JsonValues.Write(json, "ask_size", quote.AskSize);
        JsonValues.Write(json, "day_open", quote.DayOpen);
        JsonValues.Write(json, "day_high", quote.DayHigh);
        JsonValues.Write(json, "day_low", quote.DayLow);
        JsonValues.Write(json, "day_volume", quote.DayVolume);
        JsonValues.Write(json, "last_trade_at", Instant(quote.LastTradeAt));
        JsonValues.Write(json, "extended_last", quote.ExtendedLast);
        JsonValues.Write(json, "extended_last_trade_at", Instant(quote.ExtendedLastTradeAt));
        JsonValues.Write(json, "quoted_at", Instant(quote.At));
        JsonValues.Write(json, "received_at", Instant(quote.ReceivedAt));
        json.WriteString("status", Word(quote.Status));
        json.WriteBoolean("delayed", quote.Status == QuoteStatus.Delayed);
        json.WriteBoolean("after_hours", quote.IsAfterHours);
        json.WriteBoolean("adjusted", quote.IsAdjusted);
        json.WriteEndObject();
    }

    /// <summary>A difference of two prices carries the noise of binary fractions: 0.30000000000000004.</summary>
    static double? Cents(double? change) => change is { } dollars ? Math.Round(dollars, 4) : null;

    static string Word(QuoteStatus status) => status switch
    {
        QuoteStatus.RealTime => "real_time",
        QuoteStatus.Delayed => "delayed",
        QuoteStatus.Closing => "closing",
        QuoteStatus.ExtendedRealTime => "extended_real_time",
        QuoteStatus.ExtendedBeforeOpen => "extended_before_open",
        QuoteStatus.ExtendedClosed => "extended_closed",
        QuoteStatus.Indicative => "indicative",
        _ => "unknown",
    };

    internal static string? Instant(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);
}
