using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data resample</c>: longer candles of stored shorter ones, into the store.</summary>
static class DataCommandResample
{
    static readonly Option<string?> To = new("--to") { Description = "Timeframe to make.", HelpName = "T", Required = true };
    static readonly Option<string?> From = new("--from") { Description = "Stored timeframe to make it from (default: the longest that fits).", HelpName = "T" };
    static readonly Option<bool> Replace = new("--replace") { Description = "Overwrite candles already stored in that timeframe." };

    public static Command Create()
    {
        var command = new Command("resample", "Make longer candles of stored shorter ones.")
        {
            CandleOptions.Symbol, To, From, Replace, CandleOptions.Data, CandleOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var symbols = CandleOptions.SymbolsOf(CandleOptions.Symbol, parse);
        if (symbols.Count != 1) throw new UsageException("data resample needs one --symbol");
        var state = CandleOptions.StateFolder(parse);
        var to = CandleOptions.TimeframeOf(To, parse)!.Value;
        var store = new CandleStore(state);
        var from = Shorter(store, symbols[0], to, CandleOptions.TimeframeOf(From, parse), state);
        if (store.Has(symbols[0], to) && !parse.GetValue(Replace))
            throw new CandleDataException($"{state} has {symbols[0]} {to} already (from {store.Header(symbols[0], to).Origin.Source}): add --replace to overwrite it");
        var made = Resample(store.Read(symbols[0], from), to);
        store.Import(made, ExistingCandles.Replace);
        var output = Output.Of(parse);
        if (!parse.GetValue(CandleOptions.Json)) output.Line(string.Create(CultureInfo.InvariantCulture, $"{symbols[0]} {from} -> {to}: {made.Candles.Count:N0} candles written to {state}{(made.Candles.Origin.IsSimulated ? " (SIMULATED)" : "")}"), Tone.Good);
        else output.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", symbols[0].Ticker);
            json.WriteString("from", from.ToString());
            json.WriteString("to", to.ToString());
            json.WriteNumber("candles", made.Candles.Count);
            json.WriteBoolean("simulated", made.Candles.Origin.IsSimulated);
            json.WriteEndObject();
        });
        return ExitCode.Success;
    }

    static Timeframe Shorter(CandleStore store, Symbol symbol, Timeframe to, Timeframe? from, string state)
    {
        if (from is { } asked && asked.CompareTo(to) >= 0) throw new UsageException($"--from {asked} is not shorter than --to {to}");
        var stored = store.Names().Where(name => name.Symbol == symbol && name.Timeframe != to).Select(name => name.Timeframe).ToList();
        if (stored.Count == 0) throw new CandleDataException($"no other candles of {symbol} in {state}: see what there is with etrade-bot data list, import some with etrade-bot data import FILE");
        if (from is not { } wanted) return TimeframeChoice.Of($"{symbol} in {state}", stored, to);
        return stored.Contains(wanted) ? wanted : throw new CandleDataException($"{symbol} in {state} comes in {string.Join(' ', stored)}, not in {wanted}");
    }

    /// <summary>Raw prices stay raw, but for weeks: one of them may hold both sides of a split.</summary>
    static StoredCandles Resample(StoredCandles stored, Timeframe to) => to == Timeframe.W1
        ? new StoredCandles(stored.Adjusted("the stored splits").Resample(to))
        : stored with { Candles = stored.Candles.Resample(to) };
}
