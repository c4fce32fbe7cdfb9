using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Feeds.History;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>What a download is about to do.</summary>
sealed record DownloadPlan(IHistorySource Source, IReadOnlyList<DownloadOrder> Orders, string StateDirectory)
{
    /// <summary>To compare with; null: nothing.</summary>
    public IHistorySource? Other { get; init; }

    public int Concurrency { get; init; }

    public bool Refresh { get; init; }

    /// <summary>Another server with the same answers; null: the source's own.</summary>
    public Uri? Server { get; init; }
}

/// <summary>A download as it runs and when it is over, as text and as JSON.</summary>
sealed class DownloadReport(Output output, DownloadPlan plan, bool asJson)
{
    static readonly Column[] Columns =
    [
        Column.Text("symbol"), Column.Text("result"), Column.Number("candles"), Column.Number("added"), Column.Number("changed"), Column.Text("from"), Column.Text("to"), Column.Text("look at"),
    ];

    readonly List<DownloadOutcome> _outcomes = [];

    /// <summary>In the order asked for, once the download is over.</summary>
    public IReadOnlyList<DownloadOutcome> Outcomes => _outcomes;

    /// <summary>Runs the download: a bar on a terminal, else a line as each symbol is finished.</summary>
    public void Follow(Action<Action<DownloadOutcome>> download)
    {
        var total = plan.Orders.Count;
        if (asJson) download(_outcomes.Add);
        else output.Progress(string.Create(CultureInfo.InvariantCulture, $"{plan.Source.Name}: {total:N0} symbols"), show => download(outcome =>
        {
            _outcomes.Add(outcome);
            if (show is not null) show((double)_outcomes.Count / total);
            else if (total > 1) output.Line(string.Create(CultureInfo.InvariantCulture, $"{_outcomes.Count:N0} of {total:N0}  {outcome.Order.Symbol} {ResultOf(outcome)}"));
        }));
        var places = plan.Orders.Select((order, i) => (order.Symbol, i)).ToDictionary(pair => pair.Symbol, pair => pair.i);
        _outcomes.Sort((a, b) => places[a.Order.Symbol].CompareTo(places[b.Order.Symbol]));
    }

    /// <summary>Said when the user stops the download; another thread may be adding an outcome.</summary>
    public string StoppedWords() =>
        string.Create(CultureInfo.InvariantCulture, $"etrade-bot: stopped; {_outcomes.Count:N0} of {plan.Orders.Count:N0} symbols are finished and stay. Run the same command again to go on");

    public void Print()
    {
        if (asJson)
        {
            output.Json(Write);
            return;
        }
        if (plan.Orders.Count > 1) output.Line();
        output.Table(Columns, [.. _outcomes.Select(Cells)]);
        foreach (var outcome in _outcomes) PrintDetails(outcome);
        var failed = _outcomes.Count(outcome => outcome.Problem is not null);
        var first = plan.Orders[0];
        var where = plan.Other is FilesSource ? "compared with what is stored, nothing was written" : $"kept in {plan.StateDirectory}";
        output.Line($"{first.Timeframe} candles of {plan.Source.Name}, {AdjustmentWords.Of(first.Adjustment)}, {where}");
        if (failed > 0) output.Line(string.Create(CultureInfo.InvariantCulture, $"{failed:N0} of {_outcomes.Count:N0} symbols failed"), Tone.Bad);
    }

    static string ResultOf(DownloadOutcome outcome) => outcome switch
    {
        { Problem: not null, Candles: not null } => "NOT compared",
        { Problem: not null } => "FAILED",
        { Stored.Replaced: true } => "replaced",
        { Stored: not null } => "stored",
        { Candles: not null } => "up to date",
        _ => "compared",
    };

    static string[] Cells(DownloadOutcome outcome)
    {
        string Count(int? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
        var candles = outcome.Candles is { Count: > 0 } some ? some : null;
        var marks = string.Join(", ", outcome.Findings.Where(IsGrave).Select(finding => finding.Id));
        return
        [
            outcome.Order.Symbol.Ticker, ResultOf(outcome), Count(candles?.Count), Count(outcome.Stored?.Added), Count(outcome.Stored?.Changed),
            candles is null ? "" : Day(candles, 0), candles is null ? "" : Day(candles, candles.Count - 1), marks,
        ];
    }

    static string Day(CandleSeries candles, int i) => MarketCalendar.Nyse.DayOf(candles.OpenTime(i)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool IsGrave(CandleFinding finding) => finding.Severity > FindingSeverity.Note;

    void PrintDetails(DownloadOutcome outcome)
    {
        var symbol = outcome.Order.Symbol;
        if (outcome.Problem is { } problem) output.Line($"{symbol}: {ResultOf(outcome)}: {problem.Message}", Tone.Bad);
        foreach (var note in outcome.Notes) output.Line($"{symbol}: {note}", Tone.Warning);
        if (outcome.Findings.Any(IsGrave) || (plan.Orders.Count == 1 && outcome.Findings.Count > 0))
            CandleCheckReport.Print(output, new CandleCheck(symbol.Ticker) { Candles = outcome.Candles, Findings = outcome.Findings });
        if (outcome.Comparison is { } comparison) Print(symbol.Ticker, comparison);
    }

    void Print(string symbol, SourceComparison comparison)
    {
        var (one, other) = (comparison.Source, comparison.Other);
        var culture = CultureInfo.InvariantCulture;
        if (comparison.Common == 0)
        {
            output.Line($"{symbol}: {one} and {other} have no candle in common", Tone.Warning);
            return;
        }
        output.Line(string.Create(culture, $"{symbol}: {one} and {other} have {comparison.Common:N0} candles in common; {comparison.Different:N0} closes differ by more than {SourceComparison.Tolerance * 100:0.#} %, at most by {comparison.Largest * 100:0.####} % ({comparison.LargestAt})"), comparison.Agrees ? Tone.Good : Tone.Warning);
        foreach (var example in comparison.Examples) output.Line($"  {example}", Tone.Faint);
        if (comparison.OnlyInSource > 0) output.Line(string.Create(culture, $"  {comparison.OnlyInSource:N0} candles in {one} only"));
        if (comparison.OnlyInOther > 0) output.Line(string.Create(culture, $"  {comparison.OnlyInOther:N0} candles in {other} only"));
    }

    void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var outcome in _outcomes)
        {
            json.WriteStartObject();
            json.WriteString("symbol", outcome.Order.Symbol.Ticker);
            json.WriteString("timeframe", outcome.Order.Timeframe.ToString());
            json.WriteString("source", plan.Source.Name);
            json.WriteString("adjusted", AdjustmentWords.Of(outcome.Order.Adjustment));
            json.WriteString("result", ResultOf(outcome).ToLowerInvariant());
            if (outcome.Problem is { } problem) json.WriteString("problem", problem.Message);
            if (outcome.Stored is { } stored)
            {
                json.WriteNumber("added", stored.Added);
                json.WriteNumber("unchanged", stored.Unchanged);
                json.WriteNumber("changed", stored.Changed);
            }
            json.WriteStartArray("notes");
            foreach (var note in outcome.Notes) json.WriteStringValue(note);
            json.WriteEndArray();
            if (outcome.Candles is { } candles)
            {
                json.WritePropertyName("checks");
                CandleCheckReport.Write(json, [new CandleCheck(outcome.Order.Symbol.Ticker) { Candles = candles, Findings = outcome.Findings }]);
            }
            if (outcome.Comparison is { } comparison) Write(json, comparison);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, SourceComparison comparison)
    {
        json.WriteStartObject("comparison");
        json.WriteString("other", comparison.Other);
        json.WriteNumber("common", comparison.Common);
        json.WriteNumber("different", comparison.Different);
        json.WriteNumber("only_in_source", comparison.OnlyInSource);
        json.WriteNumber("only_in_other", comparison.OnlyInOther);
        json.WriteNumber("largest_difference", comparison.Largest);
        json.WriteString("largest_at", comparison.LargestAt.Length == 0 ? null : comparison.LargestAt);
        json.WriteEndObject();
    }
}
