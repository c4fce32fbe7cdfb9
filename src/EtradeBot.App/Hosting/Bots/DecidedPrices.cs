using System.Text.Json;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>At which price each order was decided: the close of its candle. A year of decisions is read once, and only the lines that became orders. Safe for several threads.</summary>
sealed class DecidedPrices
{
    readonly Lock _gate = new();
    readonly Dictionary<string, (long Length, Dictionary<string, decimal> Closes)> _days = new(StringComparer.Ordinal);

    /// <summary>Dollars; null where the decision was not kept.</summary>
    /// <param name="intent">Name of the order.</param>
    /// <param name="day">New York day of the decision.</param>
    public decimal? Of(TradingFolder folder, string intent, DateOnly day)
    {
        var path = Path.Combine(folder.Day(day), "decisions.jsonl");
        lock (_gate)
        {
            var length = File.Exists(path) ? new FileInfo(path).Length : 0;
            if (!_days.TryGetValue(path, out var known) || known.Length != length) _days[path] = known = (length, length > 0 ? Read(path) : []);
            return known.Closes.TryGetValue(intent, out var close) ? close : null;
        }
    }

    static Dictionary<string, decimal> Read(string path)
    {
        var closes = new Dictionary<string, decimal>(StringComparer.Ordinal);
        try
        {
            // Whoever writes to it meanwhile is not held up.
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            while (file.ReadLine() is { } line)
                if (line.StartsWith("{\"decision\"", StringComparison.Ordinal) && line.Contains("\"intent\":\"", StringComparison.Ordinal)) Take(line, closes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A figure is missing then, no more.
        }
        return closes;
    }

    static void Take(string line, Dictionary<string, decimal> closes)
    {
        try
        {
            using var text = JsonDocument.Parse(line);
            var decision = text.RootElement.GetProperty("decision");
            if (decision.GetProperty("intent").GetString() is { } intent && decision.GetProperty("candle").GetProperty("close").TryGetDecimal(out var close)) closes[intent] = close;
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A line that a crash has cut off.
        }
    }
}
