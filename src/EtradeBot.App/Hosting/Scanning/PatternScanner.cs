using System.Threading.Channels;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Scanning;

/// <summary>Looks at every watched symbol in every timeframe for patterns on its last candles, whether a page is open or not.</summary>
/// <remarks>
/// Only series that got a candle are looked at again. All of it is one task that rests four times as long as it worked (15 seconds at most),
/// so that it takes about a fifth of one core from the poller at most, however fast simulated candles come.
/// </remarks>
sealed partial class PatternScanner(LiveState state, CandleHistory history, TimeProvider time, ILogger<PatternScanner> log) : BackgroundService
{
    /// <summary>Symbols of the watchlist that are scanned; each keeps its history in memory.</summary>
    public const int MostSymbols = 50;

    static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(2);

    /// <summary>The first scan waits for all histories: nothing to rest from.</summary>
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    /// <summary>Session, first quotes and first page come first.</summary>
    static readonly TimeSpan Start = TimeSpan.FromSeconds(8);

    /// <summary>So often history that came by itself (a backfill, an import) is looked for.</summary>
    static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(1);

    readonly Dictionary<(Symbol, Timeframe), Known> _known = [];
    readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    DateTimeOffset _lookAgainAt;

    public static IReadOnlyList<Timeframe> Timeframes { get; } = [Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.M30, Timeframe.H1, Timeframe.D1, Timeframe.W1];

    /// <summary>The latest; replaced, never changed.</summary>
    public ScanReport Report { get; private set; } = new();

    /// <summary>Brings <see cref="Report"/> up to now; one call at a time.</summary>
    /// <returns>False where some series could not be read yet, as the exchange's clock is unknown.</returns>
    public async Task<bool> ScanAsync(CancellationToken stop)
    {
        var start = time.GetTimestamp();
        var symbols = state.Symbols;
        var watched = symbols.Take(MostSymbols).Select(facts => facts.Symbol).ToList();
        var everything = time.GetUtcNow() >= _lookAgainAt;
        if (everything) _lookAgainAt = time.GetUtcNow() + LookAgainAfter;
        foreach (var gone in _known.Keys.Where(key => !watched.Contains(key.Item1)).ToList()) _known.Remove(gone);
        var isComplete = true;
        foreach (var symbol in watched)
        {
            foreach (var timeframe in Timeframes) isComplete &= await LookAsync((symbol, timeframe), everything, stop).ConfigureAwait(false);
            // The first scan takes its time: what it has found so far can be read meanwhile.
            if (Report.At is null) Tell(watched, null);
        }
        Tell(watched, isComplete ? time.GetUtcNow() : Report.At);
        Report = Report with { Took = time.GetElapsedTime(start), LeftOut = symbols.Count - watched.Count };
        return isComplete;
    }

    void Tell(List<Symbol> watched, DateTimeOffset? at) => Report = Report with
    {
        Series = [.. watched.SelectMany(symbol => Timeframes, (symbol, timeframe) => _known.GetValueOrDefault((symbol, timeframe))?.Found).OfType<ScanSeries>()],
        Planned = watched.Count * Timeframes.Count,
        At = at,
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var news = state.Subscribe(LiveTopics.Watchlist | LiveTopics.Candles, _ =>
        {
            _due.Writer.TryWrite(true);
            return Task.CompletedTask;
        });
        _due.Writer.TryWrite(true);
        await Task.Delay(Start, time, stoppingToken).ConfigureAwait(false);
        while (await _due.Reader.WaitToReadAsync(stoppingToken).ConfigureAwait(false))
        {
            _due.Reader.TryRead(out _);
            if (!await ScanAsync(stoppingToken).ConfigureAwait(false)) _due.Writer.TryWrite(true);
            var rest = TimeSpan.FromTicks(Math.Clamp(Report.Took.Ticks * 4, ShortestRest.Ticks, LongestRest.Ticks));
            await Task.Delay(rest, time, stoppingToken).ConfigureAwait(false);
        }
    }

    async Task<bool> LookAsync((Symbol Symbol, Timeframe Timeframe) series, bool everything, CancellationToken stop)
    {
        var known = _known.GetValueOrDefault(series);
        if (known is not null && !everything && !known.IsDue(state.Session.ExchangeNow(time.GetUtcNow()))) return true;
        try
        {
            if (await history.FindAsync(series.Symbol, series.Timeframe, stop).ConfigureAwait(false) is not { } found) return false;
            if (known is null || known.Version != found.Version || known.Rewrites != found.Rewrites || known.Found.Problem.Length > 0) _known[series] = Look(series, found);
        }
        catch (CandleDataException problem)
        {
            _known[series] = new(new(series.Symbol, series.Timeframe) { Problem = problem.Message });
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // One damaged series must not hide all the others.
            Failed(log, series.Symbol, series.Timeframe, problem);
            _known[series] = new(new(series.Symbol, series.Timeframe) { Problem = $"unexpected: {problem.Message} ({problem.GetType().Name}); the log has the details" });
        }
        return true;
    }

    Known Look((Symbol Symbol, Timeframe Timeframe) series, SymbolHistory found)
    {
        var candles = found.Candles;
        if (candles.Count == 0) return new(new(series.Symbol, series.Timeframe) { Problem = history.WhyNone(series.Symbol, series.Timeframe) });
        var closedAt = MarketCalendar.Nyse.CloseTime(candles.OpenTime(candles.Count - 1), series.Timeframe);
        return new(SeriesScan.Of(candles)) { Version = found.Version, Rewrites = found.Rewrites, ClosedAt = closedAt };
    }

    [LoggerMessage(LogLevel.Error, "the scan of {Symbol} {Timeframe} failed")]
    static partial void Failed(ILogger log, Symbol symbol, Timeframe timeframe, Exception problem);

    /// <summary>A series as it was looked at last.</summary>
    sealed record Known(ScanSeries Found)
    {
        public long Version { get; init; } = -1;

        public long Rewrites { get; init; } = -1;

        /// <summary>Close of its last candle; null without candles.</summary>
        public DateTimeOffset? ClosedAt { get; init; }

        /// <summary>Whether another candle can have closed by now. The exchange's clock may also have been set back.</summary>
        public bool IsDue(DateTimeOffset? now) => ClosedAt is not { } last || now is not { } at || at < last || at >= last + Next;

        TimeSpan Next => Found.Timeframe.IsIntraday ? TimeSpan.FromMinutes(Math.Min(Found.Timeframe.Minutes, 30)) : TimeSpan.FromHours(6);
    }
}
