using EtradeBot.App.Storage;
using EtradeBot.Market;
using EtradeBot.Simulator;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Where candles of the past come from: the simulated market's own past, or imported and downloaded ones; and recorded ones from <c>live.db</c>. Safe for several threads.</summary>
sealed class HistorySource(Func<bool> isInvented, string stateFolder, TimeProvider time) : IDisposable
{
    public const string SimulatedFeed = "simulator";

    /// <summary>Of which the built-in simulator makes its market.</summary>
    public const int Seed = 7;

    /// <summary>Sessions of minutes: 102,000 candles, about.</summary>
    public const int MinuteSessions = 262;

    /// <summary>Sessions of 5m to 1h candles: four years.</summary>
    const int IntradaySessions = 1008;

    static readonly DateOnly FirstDay = new(2005, 1, 1);

    readonly SimulatedHistory _invented = new(Seed);
    readonly CandleStore _imported = new(stateFolder);
    readonly Lock _gate = new();
    LiveCandleStore? _recorded;

    public DateTimeOffset MachineNow => time.GetUtcNow();

    /// <summary>True where the past can be worked out.</summary>
    public bool IsInvented(Symbol symbol, string feed) => feed == SimulatedFeed && isInvented() && SimulatedHistory.Lists(symbol);

    /// <summary>The invented candles of days, those of the future included.</summary>
    public CandleSeries Invent(Symbol symbol, Timeframe timeframe, DateOnly from, DateOnly to) => _invented.Generate(symbol, timeframe, from, to);

    /// <summary>The first day of invented candles that are shown.</summary>
    public static DateOnly FirstInvented(Timeframe timeframe, DateOnly today)
    {
        if (!timeframe.IsIntraday) return FirstDay;
        var day = today;
        for (var i = Math.Min(MinuteSessions * timeframe.Minutes, IntradaySessions); i > 0 && day > FirstDay; i--) day = MarketCalendar.Nyse.PreviousSession(day);
        return day;
    }

    /// <summary>Imported candles, adjusted for splits, of the timeframe or resampled from the longest that serves, without a last one that they do not fill; empty when there are none.</summary>
    /// <exception cref="CandleDataException">A file is damaged.</exception>
    public CandleSeries Imported(Symbol symbol, Timeframe timeframe)
    {
        if (Serving(symbol, timeframe) is not { } found) return None(symbol, timeframe);
        var candles = _imported.Read(symbol, found).Adjusted($"the splits stored with {symbol} {found}");
        var longer = candles.Resample(timeframe);
        if (longer.Count == 0 || found == timeframe) return longer;
        var isWhole = MarketCalendar.Nyse.CloseTicks(candles.OpenTicks[^1], found) >= MarketCalendar.Nyse.CloseTicks(longer.OpenTicks[^1], timeframe);
        return isWhole ? longer : longer.Slice(0, longer.Count - 1);
    }

    /// <summary>Changes when the imported candles do.</summary>
    public long ImportStamp(Symbol symbol, Timeframe timeframe)
    {
        if (Serving(symbol, timeframe) is not { } found) return 0;
        var file = new FileInfo(_imported.PathOf(symbol, found));
        return file.Exists ? file.LastWriteTimeUtc.Ticks ^ file.Length : 0;
    }

    /// <summary>Recorded minutes that open at or after an instant.</summary>
    /// <exception cref="CandleDataException">live.db is damaged.</exception>
    public IReadOnlyList<LiveCandle> Recorded(Symbol symbol, string feed, DateTimeOffset from) => FromRecords(store => store.Candles(new(feed, symbol, Timeframe.M1), from)) ?? [];

    /// <summary>Recorded stretches without quotes, filled ones as well.</summary>
    public IReadOnlyList<LiveHole> Holes(Symbol symbol, string feed) => FromRecords(store => store.Holes(new(feed, symbol, Timeframe.M1))) ?? [];

    public string WhyNone(Symbol symbol, Timeframe timeframe, HistoryMoment market)
    {
        if (isInvented() && market.Feed == SimulatedFeed) return $"no candles of {symbol} yet: the simulated market does not list it; its first {timeframe} candle closes once quotes come";
        return $"no {timeframe} candles of {symbol} yet: they appear as quotes come in. To see its past, import a file with: etrade-bot data import {symbol}.csv, or fetch it with: etrade-bot data download {symbol}";
    }

    public void Dispose()
    {
        lock (_gate) _recorded?.Dispose();
    }

    static CandleSeries None(Symbol symbol, Timeframe timeframe) => CandleSeries.FromColumns(symbol, timeframe, new("nothing"), new CandleColumns(0));

    Timeframe? Serving(Symbol symbol, Timeframe wanted)
    {
        Timeframe? found = null;
        foreach (var timeframe in Timeframe.All)
            if (timeframe.Minutes <= wanted.Minutes && (!wanted.IsIntraday || wanted.Minutes % timeframe.Minutes == 0) && _imported.Has(symbol, timeframe)) found = timeframe;
        return found;
    }

    T? FromRecords<T>(Func<LiveCandleStore, T> read) where T : class
    {
        lock (_gate)
        {
            _recorded ??= LiveCandleStore.OpenToRead(stateFolder);
            if (_recorded is null) return null;
            try
            {
                return read(_recorded);
            }
            catch
            {
                // The file may have been put back or replaced: the next call opens it anew.
                _recorded.Dispose();
                _recorded = null;
                throw;
            }
        }
    }
}
