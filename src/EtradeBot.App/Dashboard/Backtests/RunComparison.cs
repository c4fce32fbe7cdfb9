using EtradeBot.App.Hosting.Backtests;

namespace EtradeBot.App.Dashboard.Backtests;

/// <summary>One figure of several runs.</summary>
/// <param name="Best">Index of the best; null where none is better.</param>
public sealed record ComparedFigure(string Label, string Definition, IReadOnlyList<string> Texts, int? Best);

/// <summary>Something that the runs do not have in common.</summary>
public sealed record ComparedDifference(string Kind, string Label, IReadOnlyList<string> Texts);

/// <summary>Sets runs side by side.</summary>
static class RunComparison
{
    /// <summary>The figures compared, and which way is better.</summary>
    static readonly (string Key, bool MoreIsBetter)[] Judged =
    [
        ("total_return", true), ("cagr", true), ("sharpe", true), ("sortino", true), ("calmar", true), ("probabilistic_sharpe", true), ("max_drawdown", false), ("volatility", false),
        ("win_rate", true), ("profit_factor", true), ("expectancy", true), ("sqn", true), ("costs", false),
    ];

    /// <summary>Shown without a verdict: more of them is neither good nor bad.</summary>
    static readonly string[] Unjudged = ["end_value", "round_trips", "exposure", "turnover", "benchmark_return"];

    public static IReadOnlyList<ComparedFigure> Figures(IReadOnlyList<RunView> runs)
    {
        var figures = new List<ComparedFigure>();
        foreach (var key in Judged.Select(judged => judged.Key).Concat(Unjudged))
        {
            var rows = runs.Select(run => run.Metrics.FirstOrDefault(row => row.Key == key)).ToArray();
            if (rows.FirstOrDefault(row => row is not null) is not { } named) continue;
            int? best = null;
            if (Judged.FirstOrDefault(judged => judged.Key == key) is { Key: not null } rule) best = BestOf([.. rows.Select(row => row?.Number)], rule.MoreIsBetter);
            figures.Add(new(named.Label, named.Definition, [.. rows.Select(row => row?.Text ?? "n/a")], best));
        }
        return figures;
    }

    /// <summary>Parameters, terms, data and code, only where they differ.</summary>
    internal static IReadOnlyList<ComparedDifference> Differences(IReadOnlyList<RunView> runs, IReadOnlyList<RunRequest?> requests)
    {
        List<ComparedDifference> all =
        [
            new("code", "Strategy", [.. runs.Select(run => run.Strategy)]),
            new("code", "Strategy's source, SHA-256", [.. requests.Select(request => request is { StrategySha256.Length: > 0 } own ? own.StrategySha256 : "built in")]),
            new("code", "Program", [.. runs.Select(run => run.EngineVersion)]),
            new("code", "Build", [.. requests.Select(request => request?.EngineBuild ?? "")]),
            new("data", "Symbols", [.. runs.Select(run => string.Join(", ", run.Symbols))]),
            new("data", "Timeframe", [.. runs.Select(run => run.Timeframe)]),
            new("data", "Range", [.. runs.Select(run => run.Period)]),
            new("data", "Source", [.. runs.Select(run => string.Join(", ", run.Data.Select(data => data.Source).Distinct()))]),
            new("data", "Candles, SHA-256", [.. runs.Select(run => string.Join(", ", run.Data.Select(data => data.Sha256)))]),
            new("settings", "Seed", [.. runs.Select(run => run.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture))]),
        ];
        all.AddRange(Lines("parameters", runs, run => run.Parameters));
        all.AddRange(Lines("settings", runs, run => run.Settings));
        return [.. all.Where(one => one.Texts.Distinct(StringComparer.Ordinal).Count() > 1)];
    }

    static IEnumerable<ComparedDifference> Lines(string kind, IReadOnlyList<RunView> runs, Func<RunView, IReadOnlyList<ViewLine>> lines) =>
        from key in runs.SelectMany(lines).Select(line => line.Key).Distinct()
        let found = runs.Select(run => lines(run).FirstOrDefault(line => line.Key == key)).ToArray()
        select new ComparedDifference(kind, found.First(line => line is not null)!.Label, [.. found.Select(line => line?.Text ?? "–")]);

    static int? BestOf(double?[] values, bool moreIsBetter)
    {
        var known = values.OfType<double>().Where(double.IsFinite).ToArray();
        if (known.Length < 2 || known.Distinct().Count() == 1) return null;
        var best = moreIsBetter ? known.Max() : known.Min();
        return Array.FindIndex(values, value => value == best);
    }
}
