using System.Globalization;

namespace EtradeBot.Backtests;

/// <summary>The lengths of history a look-ahead check tries, ascending.</summary>
sealed record CutPlan(int[] Lengths, string InWords)
{
    /// <summary>Short histories are cheap, so these lengths are always tried.</summary>
    const int Head = 2_000;

    /// <summary>Every length when <see cref="LookaheadOptions.MaxSteps"/> pays for that. Otherwise every length up to
    /// <see cref="Head"/>, then as many as the steps allow: a half of them end at a decision, a quarter is spread evenly, a quarter is random.</summary>
    public static CutPlan For(int candles, IReadOnlyList<int> decisions, LookaheadOptions options)
    {
        if ((long)candles * candles / 2 <= options.MaxSteps || candles <= Head + 1)
            return new CutPlan([.. Enumerable.Range(1, Math.Max(0, candles - 1))], "after every candle");
        var affordable = (int)Math.Max(40, options.MaxSteps / (candles / 2));
        var atDecisions = Thinned(decisions, affordable / 2);
        var lengths = new SortedSet<int>(Enumerable.Range(1, Head));
        lengths.UnionWith(atDecisions.Select(i => i + 1));
        for (var i = 1; i <= affordable / 4; i++) lengths.Add((int)((long)candles * i / (affordable / 4 + 1)));
        var random = new Random(options.Seed);
        for (var i = 0; i < affordable / 4; i++) lengths.Add(random.Next(Head, candles));
        lengths.RemoveWhere(k => k >= candles);
        return new CutPlan([.. lengths], string.Create(CultureInfo.InvariantCulture,
            $"after each of the first {Head:N0} candles, at {(atDecisions.Count == decisions.Count ? "all" : $"{atDecisions.Count:N0} of the")} {decisions.Count:N0} decisions, and at {affordable / 4:N0} even and {affordable / 4:N0} random places (seed {options.Seed})"));
    }

    static IReadOnlyList<int> Thinned(IReadOnlyList<int> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];
}
