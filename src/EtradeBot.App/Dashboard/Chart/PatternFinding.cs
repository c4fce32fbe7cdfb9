using System.Globalization;
using EtradeBot.Analysis;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>A pattern on one candle, in words and numbers.</summary>
public sealed record PatternFinding(string Name, string Strength, string Description)
{
    public IReadOnlyList<PatternCheck> Checks { get; init; } = [];

    /// <summary>Sentences on what came after it before, on the same symbol and timeframe.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    internal static IReadOnlyList<PatternFinding> On(SymbolHistory history, int index)
    {
        var findings = new List<PatternFinding>();
        foreach (var explained in ChartAnalysis.Of(history).Explain(index))
        {
            var value = explained.Value ?? 0;
            var direction = explained.Pattern.DirectionOf(value) switch { > 0 => "bullish", < 0 => "bearish", _ => "no direction" };
            var strength = string.Create(CultureInfo.InvariantCulture, $"{(Math.Abs(value) >= 100 ? "Full strength" : "Weaker form")}, {direction}");
            findings.Add(new(explained.Pattern.NameOf(value), strength, explained.Pattern.Description) { Checks = explained.Checks, Evidence = Told(history.Candles, explained) });
        }
        return findings;
    }

    /// <summary>What came after it, counted up to the candle that closed last.</summary>
    static IReadOnlyList<string> Told(CandleSeries candles, PatternExplanation explained)
    {
        var (pattern, value) = (explained.Pattern.Pattern, explained.Value ?? 0);
        var values = Patterns.Find(candles, pattern);
        var evidence = PatternEvidence.Of(candles, values, pattern, explained.Pattern.DirectionOf(value));
        if (evidence.Count == 0) return [$"On {candles.Symbol} {candles.Timeframe} it has not been followed by {evidence.Horizon} more candles yet."];
        var (low, high) = evidence.RiseInterval;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"Over the {evidence.Horizon} candles after it, {candles.Symbol} {candles.Timeframe} rose {evidence.Rises:N0} and fell {evidence.Falls:N0} times of {evidence.Count:N0}: rises {Figures.Percent(evidence.RiseRate, 1)}, with 95 % certainty {Figures.Percent(low, 1)} to {Figures.Percent(high, 1)}; after any candle {Figures.Percent(evidence.BaseRate, 1)}."),
            !evidence.IsEnough ? string.Create(CultureInfo.InvariantCulture, $"Fewer than {PatternEvidence.Enough} cases: too few to speak of a rate.")
            : evidence.IsTold ? "That differs from the usual. Of many patterns looked at, some differ by luck."
            : "That does not differ from the usual.",
        ];
    }
}

/// <summary>Names that fit beside a candle.</summary>
static class PatternShortNames
{
    public static string Of(Pattern pattern) => pattern switch
    {
        Pattern.Hammer => "HM",
        Pattern.Engulfing => "EN",
        Pattern.Doji => "DJ",
        Pattern.MorningStar => "MS",
        Pattern.EveningStar => "ES",
        Pattern.InvertedHammer => "IH",
        Pattern.ShootingStar => "SS",
        Pattern.HangingMan => "HG",
        Pattern.Harami => "HA",
        Pattern.Piercing => "PL",
        Pattern.DarkCloudCover => "DC",
        Pattern.ThreeWhiteSoldiers => "3W",
        Pattern.ThreeBlackCrows => "3B",
        Pattern.Marubozu => "MZ",
        Pattern.SpinningTop => "ST",
        Pattern.DragonflyDoji => "DD",
        Pattern.GravestoneDoji => "GD",
        _ => pattern.ToString()[..2].ToUpperInvariant(),
    };
}
