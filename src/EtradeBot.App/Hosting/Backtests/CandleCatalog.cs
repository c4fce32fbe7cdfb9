using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Backtests;

public enum SeriesKind
{
    Imported,
    Recorded,

    /// <summary>Made up as needed.</summary>
    Demo,
}

/// <summary>Candles that can be asked for, as far as known without reading them.</summary>
/// <param name="Count">Null where it is known only once they are made.</param>
public sealed record SeriesFacts(Symbol Symbol, Timeframe Timeframe, SeriesKind Kind, int? Count)
{
    /// <summary>New York days of the first and the last candle.</summary>
    public required DateOnly First { get; init; }

    public required DateOnly Last { get; init; }

    public required string Source { get; init; }

    public required bool IsSimulated { get; init; }
}

/// <summary>Candles as a run would see them, looked over.</summary>
/// <param name="Density">Candles in each of equal stretches from the first day to the last, as a fraction of the fullest.</param>
public sealed record Coverage(SeriesFacts Series, IReadOnlyList<double> Density, IReadOnlyList<CandleFinding> Findings, IReadOnlyList<string> Notes);

/// <summary>Says what candles there are: imported, recorded, and those of the simulated market. Safe for several threads.</summary>
sealed class CandleCatalog(string stateFolder)
{
    const int Stretches = 60;
    const int MostKept = 16;

    readonly Lock _gate = new();
    readonly Dictionary<(SeriesFacts Series, Timeframe Wanted), Coverage> _kept = [];

    /// <summary>Everything, by symbol and timeframe. A damaged file is left out here and told when its symbol is chosen.</summary>
    public IReadOnlyList<SeriesFacts> List()
    {
        var stored = Imported().ToList();
        var taken = stored.Select(series => (series.Symbol, series.Timeframe)).ToHashSet();
        var recorded = Recorded();
        stored.AddRange(recorded.Where(info => !CandleLibrary.IsPieceOfDemo(info.Name)).Select(Facts).Where(series => taken.Add((series.Symbol, series.Timeframe))));
        var symbols = stored.Select(series => series.Symbol).ToHashSet();
        var madeUp = DemoMarket.Symbols.Select(demo => demo.Symbol).Union(recorded.Where(info => CandleLibrary.IsPieceOfDemo(info.Name)).Select(info => info.Name.Symbol));
        stored.AddRange(madeUp.Where(symbol => !symbols.Contains(symbol)).SelectMany(symbol => Timeframe.All.Select(timeframe => Demo(symbol, timeframe))));
        return [.. stored.OrderBy(series => series.Symbol).ThenBy(series => series.Timeframe)];
    }

    /// <summary>The series that candles of this length would be made of; null when none serves.</summary>
    public static SeriesFacts? Serving(IEnumerable<SeriesFacts> all, Symbol symbol, Timeframe wanted) =>
        all.Where(series => series.Symbol == symbol && series.Timeframe.Minutes <= wanted.Minutes && (!wanted.IsIntraday || wanted.Minutes % series.Timeframe.Minutes == 0))
            .MaxBy(series => series.Timeframe);

    public CandleRequest Request(Symbol symbol, Timeframe timeframe) => new() { StateDirectory = stateFolder, Symbol = symbol, Timeframe = timeframe };

    /// <summary>Reads and checks the candles; from memory while nothing has changed.</summary>
    /// <exception cref="CandleDataException">None, or the file is damaged; says what to do.</exception>
    public Coverage Look(Symbol symbol, Timeframe wanted)
    {
        var serving = Serving(List(), symbol, wanted);
        lock (_gate)
            if (serving is not null && _kept.TryGetValue((serving, wanted), out var kept)) return kept;
        var found = CandleLibrary.Find(Request(symbol, wanted));
        var candles = found.Candles;
        var facts = new SeriesFacts(symbol, wanted, serving?.Kind ?? SeriesKind.Demo, candles.Count)
        {
            First = Day(candles.Count > 0 ? candles.OpenTime(0) : null),
            Last = Day(candles.Count > 0 ? candles.OpenTime(candles.Count - 1) : null),
            Source = candles.Origin.Source,
            IsSimulated = candles.Origin.IsSimulated,
        };
        var coverage = new Coverage(facts, Densities(candles), CandleAudit.Check(candles), found.Notes);
        lock (_gate)
        {
            if (_kept.Count >= MostKept) _kept.Clear();
            if (serving is not null) _kept[(serving, wanted)] = coverage;
        }
        return coverage;
    }

    IEnumerable<SeriesFacts> Imported()
    {
        var store = new CandleStore(stateFolder);
        foreach (var (symbol, timeframe) in store.Names())
        {
            CandleFileHeader header;
            try
            {
                header = store.Header(symbol, timeframe);
            }
            catch (CandleDataException)
            {
                // Choosing it tells what is wrong; the others stay usable.
                continue;
            }
            yield return new SeriesFacts(symbol, timeframe, SeriesKind.Imported, header.Count)
            {
                First = Day(header.First),
                Last = Day(header.Last),
                Source = header.Origin.Source,
                IsSimulated = header.Origin.IsSimulated,
            };
        }
    }

    IReadOnlyList<LiveSeriesInfo> Recorded()
    {
        try
        {
            using var live = LiveCandleStore.OpenToRead(stateFolder);
            return live is null ? [] : [.. live.List().OrderBy(info => info.Name.IsSimulated)];
        }
        catch (CandleDataException)
        {
            // As above: damage to the recordings must not hide the imports.
            return [];
        }
    }

    static SeriesFacts Facts(LiveSeriesInfo info) => new(info.Name.Symbol, info.Name.Timeframe, SeriesKind.Recorded, info.Count)
    {
        First = Day(info.First),
        Last = Day(info.Last),
        Source = info.Words,
        IsSimulated = info.Name.IsSimulated,
    };

    static SeriesFacts Demo(Symbol symbol, Timeframe timeframe)
    {
        var (first, last) = CandleLibrary.DemoRange(timeframe);
        return new(symbol, timeframe, SeriesKind.Demo, null) { First = first, Last = last, Source = "simulated market", IsSimulated = true };
    }

    static double[] Densities(CandleSeries candles)
    {
        var counts = new double[Stretches];
        if (candles.Count == 0) return counts;
        var (first, last) = (candles.OpenTicks[0], candles.OpenTicks[^1]);
        foreach (var ticks in candles.OpenTicks) counts[(int)((ticks - first) / (last - first + 1.0) * Stretches)]++;
        var fullest = counts.Max();
        return [.. counts.Select(count => count / fullest)];
    }

    static DateOnly Day(DateTimeOffset? instant) => instant is { } time ? MarketCalendar.Nyse.DayOf(time) : default;
}
