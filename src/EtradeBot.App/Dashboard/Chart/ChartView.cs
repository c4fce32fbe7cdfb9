using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace EtradeBot.App.Dashboard.Chart;

public enum ChartStyle
{
    /// <summary>Hollow when it rose, filled when it fell.</summary>
    Candles,
    Line,
    HeikinAshi,
}

/// <summary>What a reader chose to see; in the address, so that it can be shared, and in the browser, so that it is there the next time.</summary>
public sealed record ChartView
{
    public const string Name = "view";

    static readonly string[] Styles = ["candles", "line", "heikin"];

    public ChartStyle Style { get; init; }

    public bool Volume { get; init; } = true;

    public bool Bollinger { get; init; }

    public bool Rsi { get; init; }

    public bool Macd { get; init; }

    public bool Log { get; init; }

    /// <summary>Numbers of the pattern shown: -1 all, -2 none.</summary>
    public int Pattern { get; init; } = AllPatterns;

    /// <summary>Only those of full strength.</summary>
    public bool StrongOnly { get; init; }

    public const int AllPatterns = -1, NoPatterns = -2;

    /// <summary>Such as <c>candles.volume.rsi</c>.</summary>
    public override string ToString()
    {
        var words = new List<string> { Styles[(int)Style] };
        if (Volume) words.Add("volume");
        if (Bollinger) words.Add("bollinger");
        if (Rsi) words.Add("rsi");
        if (Macd) words.Add("macd");
        if (Log) words.Add("log");
        if (StrongOnly) words.Add("strong");
        if (Pattern != AllPatterns) words.Add(Pattern == NoPatterns ? "plain" : "only" + Pattern.ToString(CultureInfo.InvariantCulture));
        return string.Join('.', words);
    }

    /// <summary>Words it does not know are left out; null for a text without any it knows.</summary>
    public static ChartView? Parse(string? text)
    {
        var words = (text ?? "").Split('.');
        var style = Array.IndexOf(Styles, words[0]);
        if (style < 0) return null;
        var only = words.FirstOrDefault(word => word.StartsWith("only", StringComparison.Ordinal))?[4..];
        return new()
        {
            Style = (ChartStyle)style,
            Volume = words.Contains("volume"),
            Bollinger = words.Contains("bollinger"),
            Rsi = words.Contains("rsi"),
            Macd = words.Contains("macd"),
            Log = words.Contains("log"),
            StrongOnly = words.Contains("strong"),
            Pattern = words.Contains("plain") ? NoPatterns : int.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Analysis.Patterns.All.Count ? number : AllPatterns,
        };
    }

    /// <summary>The view and the range of an address; null where it has none.</summary>
    public static (ChartView? View, ChartRange? Range) FromAddress(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return (Parse(query.GetValueOrDefault(Name)), ChartRange.Parse(query.GetValueOrDefault(ChartRange.Name)));
    }
}

/// <summary>The stretch of time in sight, Unix seconds; written as <c>1772000000-1772100000</c>.</summary>
public readonly record struct ChartRange(long From, long To)
{
    public const string Name = "range";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From}-{To}");

    public static ChartRange? Parse(string? text) =>
        text?.Split('-') is [var from, var to] && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && start < end
            ? new(start, end)
            : null;
}
