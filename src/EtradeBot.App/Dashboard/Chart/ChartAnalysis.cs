using System.Runtime.CompilerServices;
using EtradeBot.Analysis;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>Indicators and patterns over the whole of a history, worked out when first asked for and kept as long as the history is.</summary>
sealed class ChartAnalysis
{
    /// <summary>Candles that the newest values need before them to agree with the whole history: far beyond the longest memory of the indicators shown.</summary>
    const int WarmUp = 1_000;

    static readonly ConditionalWeakTable<SymbolHistory, ChartAnalysis> Known = [];

    readonly CandleSeries _candles;
    readonly Lazy<IReadOnlyList<double[]>> _columns;
    readonly Lazy<sbyte[][]> _patterns;

    ChartAnalysis(CandleSeries candles)
    {
        _candles = candles;
        _columns = new(() => Calculate(candles));
        _patterns = new(() => Patterns.FindAll(candles, All));
    }

    /// <summary>Bollinger bands (20, 2): upper, middle, lower; RSI (14); MACD (12, 26, 9): line, signal, histogram.</summary>
    public IReadOnlyList<double[]> Columns => _columns.Value;

    static Pattern[] All { get; } = [.. Patterns.All.Select(info => info.Pattern)];

    public static ChartAnalysis Of(SymbolHistory history) => Known.GetValue(history, shown => new(shown.Candles));

    /// <summary>The patterns on candles <paramref name="start"/> to <paramref name="end"/> - 1, oldest first.</summary>
    public List<(int Index, Pattern Pattern, sbyte Value)> Hits(int start, int end) => Hits(_patterns.Value, start, end, 0);

    /// <summary>The columns at the last candles, from these and what they need of the past alone.</summary>
    public static (IReadOnlyList<double[]> Columns, List<(int Index, Pattern Pattern, sbyte Value)> Hits) Latest(SymbolHistory history, int start)
    {
        var from = Math.Max(0, start - WarmUp);
        var tail = history.Candles.Slice(from, history.Candles.Count - from);
        return ([.. Calculate(tail).Select(column => column[(start - from)..])], Hits(Patterns.FindAll(tail, All), start - from, tail.Count, from));
    }

    /// <summary>Every condition of the patterns found on one candle.</summary>
    public IEnumerable<PatternExplanation> Explain(int index) => Hits(index, index + 1).Select(hit => Patterns.Explain(_candles, index, hit.Pattern));

    static List<(int, Pattern, sbyte)> Hits(sbyte[][] found, int start, int end, int offset)
    {
        var hits = new List<(int, Pattern, sbyte)>();
        for (var i = start; i < end; i++)
            for (var p = 0; p < found.Length; p++)
                if (found[p][i] != 0) hits.Add((i + offset, All[p], found[p][i]));
        return hits;
    }

    static double[][] Calculate(CandleSeries candles)
    {
        var bands = Indicators.Bollinger(candles.Close);
        var macd = Indicators.Macd(candles.Close);
        return [bands.Upper, bands.Middle, bands.Lower, Indicators.Rsi(candles.Close), macd.Line, macd.Signal, macd.Histogram];
    }
}
