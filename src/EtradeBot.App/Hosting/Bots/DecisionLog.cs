using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.Execution.Bots;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Keeps every decision of a bot in <c>days/2026-11-23/decisions.jsonl</c> of its trading folder. It never holds trading up: what the disk refuses is told once, and left out.</summary>
sealed class DecisionLog(TradingFolder folder)
{
    const string FileName = "decisions.jsonl";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly Lock _gate = new();
    DateOnly _day;

    /// <summary>Why decisions are not kept at present; empty when they are.</summary>
    public string Problem { get; private set; } = "";

    public void Add(BotStep step)
    {
        var rows = step.Step.Decisions.Select(decision => DecisionRow.Of(decision, step.Wishes[decision.Symbol])).ToList();
        lock (_gate)
        {
            if (rows.Count > 0) _day = MarketCalendar.Nyse.DayOf(rows[0].ClosedAt);
            Write(rows.Select(row => new Line(row, null)));
        }
    }

    /// <summary>What became of a wish after it had been handed over.</summary>
    public void Add(OrderIntent intent, SendOutcome outcome)
    {
        lock (_gate)
            if (_day != default) Write([new Line(null, new Sent(intent.Id, outcome.Result.ToString(), outcome.Words))]);
    }

    /// <summary>Days with decisions, newest first.</summary>
    public static IReadOnlyList<DateOnly> Days(TradingFolder folder)
    {
        var parent = Path.Combine(folder.Path, TradingFolder.DaysFolder);
        if (!Directory.Exists(parent)) return [];
        return [.. Directory.GetDirectories(parent).Select(Path.GetFileName).Where(name => DateOnly.TryParse(name, out _)).Select(name => DateOnly.Parse(name!, System.Globalization.CultureInfo.InvariantCulture)).OrderDescending()];
    }

    /// <summary>A day's decisions, oldest first, each with what became of it. A last line that was cut off by a crash is left out.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<DecisionRow> Read(TradingFolder folder, DateOnly day)
    {
        var path = Path.Combine(folder.Day(day), FileName);
        if (!File.Exists(path)) return [];
        var rows = new List<DecisionRow>();
        // The order may have been sent before its decision was written.
        var sent = new Dictionary<string, Sent>(StringComparer.Ordinal);
        foreach (var line in Lines(path).Select(Parse).OfType<Line>())
        {
            if (line.Decision is { } row) rows.Add(row);
            if (line.Sent is { } outcome) sent[outcome.Intent] = outcome;
        }
        for (var i = 0; i < rows.Count; i++)
            if (rows[i].Intent is { } intent && sent.TryGetValue(intent, out var outcome)) rows[i] = rows[i] with { Outcome = $"{rows[i].Outcome}: {Words(outcome)}" };
        return rows;
    }

    /// <summary>Whoever reads must not keep the bot from writing.</summary>
    static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line) yield return line;
    }

    static string Words(Sent sent) => sent.Result switch
    {
        nameof(SendResult.Accepted) => "the broker has it",
        nameof(SendResult.Refused) => $"the broker said no: {sent.Words}",
        nameof(SendResult.Unknown) => sent.Words,
        _ => $"not sent: {sent.Words}",
    };

    static Line? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    void Write(IEnumerable<Line> lines)
    {
        try
        {
            var path = Path.Combine(folder.Day(_day), FileName);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.AppendAllText(path, string.Concat(lines.Select(line => JsonSerializer.Serialize(line, Options) + "\n")));
            Problem = "";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Problem = $"decisions are not kept at present: {problem.Message}";
        }
    }

    sealed record Line(DecisionRow? Decision, Sent? Sent);

    sealed record Sent(string Intent, string Result, string Words);
}
