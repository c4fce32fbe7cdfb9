using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data list</c>: what the store holds.</summary>
static class DataCommandList
{
    static readonly Column[] Columns =
    [
        Column.Text("symbol"), Column.Text("timeframe"), Column.Number("candles"), Column.Text("from"), Column.Text("to"), Column.Text("adjusted"), Column.Text("kind"), Column.Text("source"),
    ];

    public static Command Create()
    {
        var command = new Command("list", "Show the candles in the store.") { CandleOptions.Data, CandleOptions.Json };
        command.SetAction(parse => Run(Output.Of(parse), CandleOptions.StateFolder(parse), parse.GetValue(CandleOptions.Json)));
        return command;
    }

    /// <summary>One series of the store; what it says of itself, recorded or imported, or why it cannot be used.</summary>
    sealed record Row(string Symbol, string Timeframe, CandleFileHeader? Header, string? Problem)
    {
        public LiveSeriesInfo? Live { get; init; }
    }

    static int Run(Output output, string stateDirectory, bool asJson)
    {
        var store = new CandleStore(stateDirectory);
        var rows = store.Names().Select(name => RowOf(store, name.Symbol, name.Timeframe)).Concat(LiveRows(stateDirectory)).ToList();
        if (asJson) output.Json(json => Write(json, rows));
        else if (rows.Count == 0)
        {
            output.Line($"The store in {stateDirectory} is empty. Fill it with:");
            output.Line("  etrade-bot data import FILE.csv     candles of your own");
            output.Line("  etrade-bot data demo                candles of the demo market (SIMULATED)");
            output.Line("  etrade-bot data record --symbols S  candles of live quotes, as they close");
        }
        else output.Table(Columns, [.. rows.Select(Cells)]);
        return rows.Any(row => row.Problem is not null) ? ExitCode.Data : ExitCode.Success;
    }

    static Row RowOf(CandleStore store, Symbol symbol, Timeframe timeframe)
    {
        try
        {
            return new Row(symbol.Ticker, timeframe.ToString(), store.Header(symbol, timeframe), null);
        }
        catch (CandleDataException problem)
        {
            return new Row(symbol.Ticker, timeframe.ToString(), null, problem.Message);
        }
    }

    static IEnumerable<Row> LiveRows(string stateDirectory)
    {
        try
        {
            using var live = LiveCandleStore.OpenToRead(stateDirectory);
            return live is null ? [] : [.. live.List().Select(info => new Row(info.Name.Symbol.Ticker, info.Name.Timeframe.ToString(), null, null) { Live = info })];
        }
        catch (CandleDataException problem)
        {
            return [new Row(LiveCandleStoreFile.Name, "", null, problem.Message)];
        }
    }

    static string[] Cells(Row row) => row.Live is { } live ? LiveCells(row, live) : row.Header is not { } header
        ? [row.Symbol, row.Timeframe, "", "", "", "", "DAMAGED", row.Problem!]
        : [
            row.Symbol,
            row.Timeframe,
            header.Count.ToString("N0", CultureInfo.InvariantCulture),
            Day(header.First),
            Day(header.Last),
            Adjusted(header),
            header.Origin.IsSimulated ? "SIMULATED" : "real",
            header.Origin.Source,
        ];

    static string[] LiveCells(Row row, LiveSeriesInfo live) =>
    [
        row.Symbol, row.Timeframe, live.Count.ToString("N0", CultureInfo.InvariantCulture), Day(live.First), Day(live.Last), Words(PriceAdjustment.Raw),
        live.Name.IsSimulated ? "SIMULATED" : "real", live.Words,
    ];

    static string Day(DateTimeOffset? instant) =>
        instant is { } time ? MarketCalendar.Nyse.DayOf(time).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    static string Adjusted(CandleFileHeader header) => header.Splits.Length > 0 ? "splits, on reading" : Words(header.Origin.Adjustment);

    static string Words(PriceAdjustment adjustment) => adjustment switch
    {
        PriceAdjustment.Raw => "no",
        PriceAdjustment.Splits => "splits",
        PriceAdjustment.SplitsAndDividends => "splits, dividends",
        _ => "unknown",
    };

    static void Write(Utf8JsonWriter json, List<Row> rows)
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("symbol", row.Symbol);
            json.WriteString("timeframe", row.Timeframe);
            if (row.Live is { } live) Write(json, live);
            else if (row.Header is { } header)
            {
                json.WriteNumber("candles", header.Count);
                json.WriteString("first_open", Instant(header.First));
                json.WriteString("last_open", Instant(header.Last));
                json.WriteString("adjusted", Adjusted(header));
                json.WriteBoolean("simulated", header.Origin.IsSimulated);
                json.WriteString("source", header.Origin.Source);
                json.WriteString("content_hash", header.ContentHash);
            }
            else json.WriteString("problem", row.Problem);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, LiveSeriesInfo live)
    {
        json.WriteNumber("candles", live.Count);
        json.WriteString("first_open", Instant(live.First));
        json.WriteString("last_open", Instant(live.Last));
        json.WriteString("adjusted", Words(PriceAdjustment.Raw));
        json.WriteBoolean("simulated", live.Name.IsSimulated);
        json.WriteString("source", $"live quotes, {live.Name.Feed}");
        json.WriteNumber("incomplete", live.Incomplete);
        json.WriteNumber("backfilled", live.Backfilled);
    }

    static string? Instant(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
