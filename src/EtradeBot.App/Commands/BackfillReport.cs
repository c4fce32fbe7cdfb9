using System.Globalization;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Reports;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Commands;

/// <summary>What is said of filled holes.</summary>
static class BackfillReport
{
    static readonly Column[] Columns =
    [
        Column.Text("symbol"), Column.Text("timeframe"), Column.Text("kind"), Column.Number("holes"), Column.Number("filled"), Column.Number("candles"), Column.Number("left"), Column.Text("why"),
    ];

    public static void Table(Output output, IReadOnlyList<(LiveSeriesName Name, BackfillResult Result)> series) => output.Table(Columns, [.. series.Select(one => Cells(one.Name, one.Result))]);

    /// <summary>One line for what was filled, and one for all series that have holes left for the same reason.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<(LiveSeriesName Name, BackfillResult Result)> round)
    {
        var filled = round.Where(one => one.Result.Filled > 0).ToList();
        if (filled.Count > 0)
            yield return $"{Who(filled.Select(one => one.Name))}: {Display.Count(filled.Sum(one => one.Result.Filled), "hole", "holes")} backfilled with {Display.Count(filled.Sum(one => one.Result.Stored), "candle", "candles")}";
        foreach (var same in round.SelectMany(one => one.Result.Left.Select(left => (one.Name, left.Why))).GroupBy(left => left.Why))
            yield return $"{Who(same.Select(left => left.Name))}: {Display.Count(same.Count(), "hole", "holes")} left: {same.Key}";
    }

    static string Who(IEnumerable<LiveSeriesName> names)
    {
        var series = names.Distinct().ToList();
        return series.Count <= 5 ? string.Join(", ", series.Select(name => $"{name.Symbol} {name.Timeframe}")) : string.Create(CultureInfo.InvariantCulture, $"{series.Count:N0} series");
    }

    static string[] Cells(LiveSeriesName name, BackfillResult result) =>
    [
        name.Symbol.Ticker, name.Timeframe.ToString(), name.IsSimulated ? "SIMULATED" : "real", Number(result.Filled + result.Left.Count), Number(result.Filled), Number(result.Stored),
        Number(result.Left.Count), string.Join("; ", result.Left.Select(left => left.Why).Distinct()),
    ];

    static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
