using System.Globalization;
using EtradeBot.Analysis;

namespace EtradeBot.App.Dashboard.Watch;

/// <summary>Says what followed a pattern, and how little that may mean.</summary>
static class EvidenceWords
{
    /// <summary>One or two words: <c>too few</c>, <c>as usual</c>, <c>▲ rises more often</c>, <c>▼ rises less often</c>.</summary>
    public static string Verdict(PatternEvidence evidence, int tests = 1)
    {
        if (!evidence.IsEnough) return "too few";
        if (!evidence.IsToldAmong(tests)) return "as usual";
        return evidence.RiseRate > evidence.BaseRate ? "▲ rises more often" : "▼ rises less often";
    }

    /// <summary><c>42–58 %</c></summary>
    public static string Interval((double Low, double High) shares) => string.Create(CultureInfo.InvariantCulture, $"{shares.Low * 100:0}–{shares.High * 100:0} %");

    /// <summary>Whole sentences, for one pattern on one symbol and timeframe.</summary>
    public static IReadOnlyList<string> Sentences(PatternEvidence evidence)
    {
        var candles = evidence.Horizon == 1 ? "the next candle" : string.Create(CultureInfo.InvariantCulture, $"the next {evidence.Horizon} candles");
        if (evidence.Count == 0) return [$"Never seen before on these candles with {candles} after it: nothing can be said."];
        var overlapping = evidence.Occurrences > evidence.Count ? string.Create(CultureInfo.InvariantCulture, $" ({evidence.Occurrences:#,0} with those whose candles overlap)") : "";
        var counted = string.Create(CultureInfo.InvariantCulture, $"Counted {evidence.Count:#,0} times{overlapping}: from the next open over {candles} it rose {evidence.Rises:#,0} times and fell {evidence.Falls:#,0} times.");
        var rate = $"It rose in {Figures.Percent(evidence.RiseRate, 0)} of them (95 % interval {Interval(evidence.RiseInterval)}), after any candle in {Figures.Percent(evidence.BaseRate, 0)}. Mean return {Figures.Change(evidence.MeanReturn)}, median {Figures.Change(evidence.MedianReturn)}, before costs.";
        return [counted, rate, Conclusion(evidence)];
    }

    static string Conclusion(PatternEvidence evidence) => evidence switch
    {
        { IsEnough: false } => string.Create(CultureInfo.InvariantCulture, $"Too few to speak of a rate: {PatternEvidence.Enough} are the least."),
        { IsTold: false } => "No difference from any other candle can be told.",
        _ => $"It {(evidence.RiseRate > evidence.BaseRate ? "rose more" : "rose less")} often than after any candle; among many patterns looked at, some do so by luck.",
    };
}
