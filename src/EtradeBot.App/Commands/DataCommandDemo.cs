using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data demo</c>: candles of the demo market into the store.</summary>
static class DataCommandDemo
{
    static readonly Option<string?> Symbols = new("--symbols") { Description = "Companies of the demo market, with commas (default: all).", HelpName = "A,B" };
    static readonly Option<string?> From = new("--from") { Description = "First day (default 2015-01-01, within days 2024-01-01).", HelpName = "DATE" };
    static readonly Option<string?> To = new("--to") { Description = "Last day (default 2024-12-31).", HelpName = "DATE" };
    static readonly Option<int> Seed = new("--seed") { Description = "Another seed is another history.", HelpName = "N", DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Timeframe = new("--timeframe") { Description = "1m 2m 5m 15m 30m 1h 1d 1w (default 1d).", HelpName = "T" };

    static readonly Column[] Columns = [Column.Text("symbol"), Column.Text("company"), Column.Text("timeframe"), Column.Number("candles"), Column.Text("kind")];

    public static Command Create()
    {
        var command = new Command("demo", "Write candles of the demo market into the store: SIMULATED, for trying things out.")
        {
            Symbols, From, To, Timeframe, Seed, CandleOptions.Data, CandleOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var timeframe = CandleOptions.TimeframeOf(Timeframe, parse) ?? EtradeBot.Market.Timeframe.D1;
        var usual = CandleLibrary.DemoRange(timeframe);
        var (from, to) = (Day(From, parse) ?? usual.From, Day(To, parse) ?? usual.To);
        if (to < from) throw new UsageException($"--to {to:yyyy-MM-dd} lies before --from {from:yyyy-MM-dd}");
        var companies = Companies(parse);
        var state = CandleOptions.StateFolder(parse);
        var market = new DemoMarket(parse.GetValue(Seed));
        var written = companies.Select(company => (company, Write(new CandleStore(state), market.Generate(company.Symbol, timeframe, from, to)))).ToList();
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) output.Json(json => WriteJson(json, written));
        else Print(output, written, state);
        return ExitCode.Success;
    }

    static List<DemoSymbol> Companies(ParseResult parse)
    {
        var asked = CandleOptions.SymbolsOf(Symbols, parse);
        if (asked.Count == 0) return [.. DemoMarket.Symbols];
        return [.. asked.Select(symbol => DemoMarket.Symbols.FirstOrDefault(company => company.Symbol == symbol) ?? throw Unknown(symbol))];
    }

    static UsageException Unknown(Symbol symbol)
    {
        var names = DemoMarket.Symbols.Select(company => company.Symbol.Ticker).ToList();
        return new UsageException($"--symbols: {symbol} is not traded in the demo market, which has {string.Join(' ', names)}.{Spelling.Question(symbol.Ticker, names)}");
    }

    static CandleSeries Write(CandleStore store, CandleSeries candles)
    {
        if (candles.Count == 0) throw new UsageException("the days asked for hold no session of the demo market, which is open from 1990 to 2035");
        CandleImport.StoreDemo(store, candles);
        return candles;
    }

    static void Print(Output output, List<(DemoSymbol Company, CandleSeries Candles)> written, string state)
    {
        output.Table(Columns, [.. written.Select(row => new[]
        {
            row.Candles.Symbol.Ticker, $"{row.Company.Name}: {row.Company.About}", row.Candles.Timeframe.ToString(), row.Candles.Count.ToString("N0", CultureInfo.InvariantCulture), "SIMULATED",
        })]);
        var candles = written[0].Candles;
        output.Line($"{candles.Label(0)} to {candles.Label(candles.Count - 1)}, {candles.Origin.Source}, written to {state}");
        output.Line("SIMULATED: invented companies and prices. A profit here is no evidence of one anywhere.", Tone.Warning);
    }

    static void WriteJson(Utf8JsonWriter json, List<(DemoSymbol Company, CandleSeries Candles)> written)
    {
        json.WriteStartArray();
        foreach (var (company, candles) in written)
        {
            json.WriteStartObject();
            json.WriteString("symbol", candles.Symbol.Ticker);
            json.WriteString("company", company.Name);
            json.WriteString("timeframe", candles.Timeframe.ToString());
            json.WriteNumber("candles", candles.Count);
            json.WriteBoolean("simulated", true);
            json.WriteString("source", candles.Origin.Source);
            json.WriteString("content_hash", candles.ContentHash());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static DateOnly? Day(Option<string?> option, ParseResult parse)
    {
        if (parse.GetValue(option) is not { } text) return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new UsageException($"{option.Name} '{text}' is not a day: write it as 2024-01-31");
    }
}
