using System.Globalization;
using EtradeBot.Analysis;
using EtradeBot.App.Hosting.Scanning;
using EtradeBot.Market;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EtradeBot.App.Dashboard.Watch;

/// <summary>A column that rows can be sorted by.</summary>
public enum ScanColumn
{
    Evidence,
    Symbol,
    Timeframe,
    Pattern,
    When,
    Count,
    Rises,
    Usual,
}

/// <summary>Which rows of a scan are shown and in what order; in the address, so that it can be shared.</summary>
public sealed record ScanView
{
    public const int UsualLast = 3;

    /// <summary>Closed candles from the last one on: 1 to 10.</summary>
    public int Last { get; init; } = UsualLast;

    public Symbol? Symbol { get; init; }

    public Pattern? Pattern { get; init; }

    /// <summary>1, -1 or 0; null for all.</summary>
    public int? Direction { get; init; }

    public Timeframe? Timeframe { get; init; }

    /// <summary>The least number of counted windows.</summary>
    public int Least { get; init; }

    /// <summary>Only those whose interval excludes the usual rate.</summary>
    public bool OnlyTold { get; init; }

    public ScanColumn Sort { get; init; }

    /// <summary>Against the column's own order, which is that of most interest: best evidence, newest, most often, or A to Z.</summary>
    public bool Reversed { get; init; }

    /// <summary>True where rows may be hidden.</summary>
    public bool HasFilters => this with { Last = UsualLast, Sort = default, Reversed = false } != new ScanView();

    /// <summary>What it does not understand counts as not given.</summary>
    public static ScanView Parse(string? query)
    {
        var words = QueryHelpers.ParseQuery(query);
        return new()
        {
            Last = Whole(words, "last") is { } last ? Math.Clamp(last, 1, SeriesScan.Latest) : UsualLast,
            Symbol = Market.Symbol.TryParse(words.GetValueOrDefault("symbol"), out var symbol) ? symbol : null,
            Pattern = Patterns.TryParse(words.GetValueOrDefault("pattern"), out var pattern) ? pattern : null,
            Direction = (string?)words.GetValueOrDefault("direction") switch { "up" => 1, "down" => -1, "none" => 0, _ => null },
            Timeframe = Market.Timeframe.TryParse(words.GetValueOrDefault("t"), out var timeframe) ? timeframe : null,
            Least = Math.Max(0, Whole(words, "n") ?? 0),
            OnlyTold = words.GetValueOrDefault("told") == "1",
            Sort = Enum.TryParse<ScanColumn>(words.GetValueOrDefault("sort"), true, out var column) && Enum.IsDefined(column) ? column : ScanColumn.Evidence,
            Reversed = words.GetValueOrDefault("reversed") == "1",
        };
    }

    /// <summary>With a leading question mark; empty when nothing differs from the usual.</summary>
    public override string ToString()
    {
        var words = new List<string>();
        if (Last != UsualLast) words.Add(FormattableString.Invariant($"last={Last}"));
        if (Symbol is { } symbol) words.Add("symbol=" + Uri.EscapeDataString(symbol.Ticker));
        if (Pattern is { } pattern) words.Add($"pattern={pattern}");
        if (Direction is { } direction) words.Add("direction=" + (direction switch { > 0 => "up", < 0 => "down", _ => "none" }));
        if (Timeframe is { } timeframe) words.Add($"t={timeframe}");
        if (Least > 0) words.Add(FormattableString.Invariant($"n={Least}"));
        if (OnlyTold) words.Add("told=1");
        if (Sort != ScanColumn.Evidence) words.Add($"sort={Sort}");
        if (Reversed) words.Add("reversed=1");
        return words.Count == 0 ? "" : "?" + string.Join('&', words);
    }

    /// <summary>Rows on the last candles, filters left aside.</summary>
    public IEnumerable<ScanRow> OnLast(ScanReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Series.SelectMany(series => series.Rows).Where(row => row.Age < Last);
    }

    public IReadOnlyList<ScanRow> Rows(ScanReport report)
    {
        var rows = OnLast(report).Where(Fits);
        var sorted = Sort switch
        {
            ScanColumn.Symbol => rows.OrderBy(row => row.Symbol),
            ScanColumn.Timeframe => rows.OrderBy(row => row.Timeframe),
            ScanColumn.Pattern => rows.OrderBy(row => row.Pattern.NameOf(row.Value), StringComparer.Ordinal),
            ScanColumn.When => rows.OrderByDescending(row => row.CloseTime),
            ScanColumn.Count => rows.OrderByDescending(row => row.Evidence.Count),
            ScanColumn.Rises => rows.OrderByDescending(row => row.Evidence.RiseRate),
            ScanColumn.Usual => rows.OrderByDescending(row => row.Evidence.BaseRate),
            _ => rows.OrderByDescending(row => row.Evidence.EvidenceScore).ThenByDescending(row => row.Evidence.IsEnough),
        };
        // Equal rows in a fixed order, so that nothing jumps when others come.
        IReadOnlyList<ScanRow> list = [.. sorted.ThenByDescending(row => Nearness(row.Evidence)).ThenByDescending(row => row.CloseTime).ThenBy(row => row.Symbol).ThenBy(row => row.Timeframe).ThenBy(row => row.Pattern.Pattern)];
        return Reversed ? [.. list.Reverse()] : list;
    }

    bool Fits(ScanRow row) =>
        (Symbol is null || row.Symbol == Symbol)
        && (Pattern is null || row.Pattern.Pattern == Pattern)
        && (Direction is null || row.Direction == Direction)
        && (Timeframe is null || row.Timeframe == Timeframe)
        && row.Evidence.Count >= Least
        && (!OnlyTold || (row.Evidence.IsEnough && row.Evidence.IsTold));

    /// <summary>How near the usual rate is to leaving the interval, for rows that all score 0: negative within.</summary>
    static double Nearness(PatternEvidence evidence)
    {
        var (low, high) = evidence.RiseInterval;
        return double.IsNaN(evidence.BaseRate) ? -1 : Math.Max(low - evidence.BaseRate, evidence.BaseRate - high);
    }

    static int? Whole(Dictionary<string, StringValues> words, string name) =>
        int.TryParse(words.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
