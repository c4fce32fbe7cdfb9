using System.Globalization;

namespace EtradeBot.App.Reports;

/// <summary>What a reader should know before believing the numbers, in sentences; the warnings first.</summary>
static class ReportCaveats
{
    public static IReadOnlyList<string> Of(RunRecord run)
    {
        var result = run.Result;
        var caveats = new List<string>(run.AllWarnings);
        if (Intrabar(run) is { } intrabar) caveats.Add(intrabar);
        if (result.GapFills > 0)
            caveats.Add($"{Display.Count(result.GapFills, "stop was", "stops were")} filled at an open beyond the stop price; these gaps cost {Display.Money((double)result.GapCost)}.");
        if (result.Denials.Count > 0)
        {
            var rules = result.Denials.CountBy(denial => denial.Rule).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}"));
            caveats.Add($"{Display.Count(result.Denials.Count, "signal was", "signals were")} turned down by the limits: {string.Join(", ", rules)}.");
        }
        return caveats;
    }

    static string? Intrabar(RunRecord run)
    {
        if (run.Result.AmbiguousCandles == 0) return null;
        var text = $"In {Display.Count(run.Result.AmbiguousCandles, "candle", "candles")} stop and target were both in reach and their order had to be assumed ({run.Intrabar.Policy}).";
        return run.Intrabar is { WorstEquity: { } worst, BestEquity: { } best, Spread: { } spread }
            ? $"{text} The worst assumption ends at {Display.Money(worst)}, the best at {Display.Money(best)}: a spread of {Display.Money(spread)}."
            : text;
    }
}
