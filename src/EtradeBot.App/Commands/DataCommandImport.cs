using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data import</c>: candle files into the store.</summary>
static class DataCommandImport
{
    static readonly Argument<string[]> Files = new("FILE") { Description = "Candle files.", Arity = ArgumentArity.OneOrMore };
    static readonly Option<string?> Source = new("--source") { Description = "Where the candles come from, kept with them (default: the file's name).", HelpName = "TEXT" };
    static readonly Option<bool> Replace = new("--replace") { Description = "Put the new candles in the place of those stored, instead of merging." };

    public static Command Create()
    {
        var command = new Command("import", "Read candle files into the store; a file that fails leaves the store as it was.")
        {
            Files, CandleOptions.Symbol, CandleOptions.Timeframe, CandleOptions.Splits, Source, Replace,
        };
        CandleOptions.AddReadingTo(command);
        command.Options.Add(CandleOptions.Data);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var symbols = CandleOptions.SymbolsOf(CandleOptions.Symbol, parse);
        if (symbols.Count > 1) throw new UsageException("--symbol: a file holds one symbol; import each with its own command");
        var request = CandleOptions.ReadingRequest(parse) with { Symbol = symbols.Count == 1 ? symbols[0] : null };
        var files = parse.GetValue(Files)!;
        if (request.SplitFile is not null && request.Symbol is null && files.Length > 1) throw new UsageException("--splits holds the splits of one symbol: import its files with --symbol, or one file at a time");
        var existing = parse.GetValue(Replace) ? ExistingCandles.Replace : ExistingCandles.Merge;
        var outcomes = new List<ImportOutcome>();
        var output = Output.Of(parse);
        var isJson = parse.GetValue(CandleOptions.Json);
        for (var i = 0; i < files.Length; i++)
        {
            // Of several files into one symbol only the first may replace, or the last would be all that is left.
            var how = i > 0 && request.Symbol is not null ? ExistingCandles.Merge : existing;
            outcomes.Add(Import(files[i], request, parse.GetValue(Source), how));
            if (!isJson) Print(output, outcomes[^1], request.StateDirectory);
        }
        if (isJson) output.Json(json => Write(json, outcomes));
        return outcomes.Any(outcome => outcome.Problem is not null) ? ExitCode.Data : ExitCode.Success;
    }

    /// <summary>One file: what happened to it, or why it was refused.</summary>
    sealed record ImportOutcome(string File, ImportResult? Result, IReadOnlyList<string> Notes, string? Problem);

    static ImportOutcome Import(string file, CandleRequest request, string? source, ExistingCandles existing)
    {
        try
        {
            var (stored, notes) = CandleImport.Read(file, request, source);
            return new ImportOutcome(file, new CandleStore(request.StateDirectory).Import(stored, existing), notes, null);
        }
        catch (CandleDataException problem)
        {
            return new ImportOutcome(file, null, [], problem.Message);
        }
    }

    static void Print(Output output, ImportOutcome outcome, string stateDirectory)
    {
        if (outcome.Result is not { } result)
        {
            output.Line($"{outcome.File}: NOT imported", Tone.Bad);
            output.Line($"  {outcome.Problem}");
            return;
        }
        var culture = CultureInfo.InvariantCulture;
        var what = result.Replaced ? "replaced what was stored, " : "";
        output.Line(string.Create(culture, $"{outcome.File}: {result.Symbol} {result.Timeframe}: {what}{result.Added:N0} added, {result.Unchanged:N0} unchanged, {result.Changed:N0} changed; {result.Total:N0} candles in {stateDirectory}"), Tone.Good);
        foreach (var note in outcome.Notes) output.Line($"  {note}", Tone.Faint);
        if (result.Changed == 0) return;
        output.Line(string.Create(culture, $"  {result.Changed:N0} stored candles were changed by this file{(result.Changed > result.Differences.Count ? $"; the first {result.Differences.Count}" : "")}:"), Tone.Warning);
        output.Table(DifferenceColumns, [.. result.Differences.Select(difference => Cells(difference, result.Timeframe))]);
    }

    static readonly Column[] DifferenceColumns =
    [
        Column.Text("time"), Column.Number("open"), Column.Number("high"), Column.Number("low"), Column.Number("close"), Column.Number("volume"),
    ];

    static string[] Cells(CandleDifference difference, Timeframe timeframe)
    {
        var (was, now) = (difference.Stored, difference.Imported);
        string Both(double before, double after) => before == after ? Number(before) : $"{Number(before)} -> {Number(after)}";
        return
        [
            MarketCalendar.Nyse.Label(now.OpenTime, timeframe), Both(was.Open, now.Open), Both(was.High, now.High), Both(was.Low, now.Low), Both(was.Close, now.Close), Both(was.Volume, now.Volume),
        ];
    }

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    static void Write(Utf8JsonWriter json, List<ImportOutcome> outcomes)
    {
        json.WriteStartArray();
        foreach (var outcome in outcomes)
        {
            json.WriteStartObject();
            json.WriteString("file", outcome.File);
            if (outcome.Result is { } result) Write(json, result);
            else json.WriteString("problem", outcome.Problem);
            json.WriteStartArray("notes");
            foreach (var note in outcome.Notes) json.WriteStringValue(note);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, ImportResult result)
    {
        json.WriteString("symbol", result.Symbol.Ticker);
        json.WriteString("timeframe", result.Timeframe.ToString());
        json.WriteBoolean("replaced", result.Replaced);
        json.WriteNumber("added", result.Added);
        json.WriteNumber("unchanged", result.Unchanged);
        json.WriteNumber("changed", result.Changed);
        json.WriteNumber("candles", result.Total);
    }
}
