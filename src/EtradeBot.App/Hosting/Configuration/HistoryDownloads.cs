using System.Globalization;
using EtradeBot.App.Commands;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>What is to be downloaded.</summary>
/// <param name="From">Null: on from what is stored, else as far back as five years.</param>
/// <param name="To">Null: the last finished session.</param>
sealed record DownloadWish(string Source, IReadOnlyList<Symbol> Symbols, Timeframe Timeframe, DateOnly? From, DateOnly? To);

/// <summary>What became of one symbol.</summary>
public sealed record DownloadLine(string Symbol, bool IsGood, string Words);

/// <summary>How far a download is.</summary>
public sealed record DownloadProgress(string What, int Symbols, IReadOnlyList<DownloadLine> Done)
{
    public bool IsRunning { get; init; }

    public bool WasCancelled { get; init; }

    /// <summary>Requests sent to the source so far.</summary>
    public int Requests { get; init; }
}

/// <summary>Downloads history in the background, one wish at a time; goes on when the page is closed, and what was stopped goes on where it was.</summary>
sealed class HistoryDownloads(EffectiveSettings settings, string stateFolder, (AuditLog Audit, TimeProvider Time) services) : IDisposable
{
    const int MostSymbols = 500;
    const int Concurrency = 4;

    readonly Lock _gate = new();
    CancellationTokenSource? _stop;

    /// <summary>After each step; on any thread.</summary>
    public event Action? Changed;

    /// <summary>Of the running download or the last one; null before the first.</summary>
    public DownloadProgress? Progress { get; private set; }

    /// <summary>Completes with the running download; tests wait for it.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Another server with the same answers; null: the source's own.</summary>
    public Uri? Server { get; init; }

    /// <exception cref="NotAllowedException">Not an admin.</exception>
    /// <exception cref="UsageException">A download runs already, or the wish cannot be fulfilled: says what to change.</exception>
    public void Start(Actor actor, DownloadWish wish)
    {
        actor.Require(Role.Admin);
        lock (_gate)
        {
            if (_stop is not null) throw new UsageException("a download is running: wait for it, or cancel it first");
            if (wish.Symbols.Count is 0 or > MostSymbols) throw new UsageException($"name 1 to {MostSymbols} symbols");
            var source = Source(wish);
            var orders = wish.Symbols.Distinct().Select(symbol => Order(wish, symbol, source)).ToList();
            services.Audit.Write(actor, "data.download", $"{wish.Timeframe} of {string.Join(' ', wish.Symbols)} from {wish.Source}");
            Progress = new DownloadProgress($"{wish.Timeframe} candles from {wish.Source}", orders.Count, []) { IsRunning = true };
            _stop = new CancellationTokenSource();
            var stop = _stop.Token;
            Running = Task.Run(() => RunAsync(source, orders, stop), CancellationToken.None);
        }
        Changed?.Invoke();
    }

    /// <summary>What came so far stays.</summary>
    /// <exception cref="NotAllowedException">Not an admin.</exception>
    public void Cancel(Actor actor)
    {
        actor.Require(Role.Admin);
        lock (_gate) _stop?.Cancel();
    }

    public void Dispose()
    {
        lock (_gate) _stop?.Cancel();
    }

    IHistorySource Source(DownloadWish wish)
    {
        var source = HistorySources.Create(wish.Source, new SourceSetup(settings.Current, new CandleStore(stateFolder)) { Server = Server, Time = services.Time });
        if (source is FilesSource) throw new UsageException("those candles are in the store already: name a data service");
        return source.Timeframes.Contains(wish.Timeframe) ? source : throw new UsageException($"{wish.Source} has no {wish.Timeframe} candles, but {string.Join(' ', source.Timeframes)}");
    }

    DownloadOrder Order(DownloadWish wish, Symbol symbol, IHistorySource source)
    {
        var rules = source.RulesFor(wish.Timeframe);
        var today = MarketCalendar.Nyse.DayOf(services.Time.GetUtcNow());
        var to = wish.To ?? today;
        var from = wish.From ?? FirstStored(symbol, wish.Timeframe) ?? (rules.ReachDays is { } reach ? today.AddDays(-reach) : to.AddYears(-5));
        if (to < from) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"the last day {to:yyyy-MM-dd} lies before the first {from:yyyy-MM-dd}"));
        return new DownloadOrder(symbol, wish.Timeframe, rules.Adjustments[0], new DayRange(from, to));
    }

    DateOnly? FirstStored(Symbol symbol, Timeframe timeframe)
    {
        var store = new CandleStore(stateFolder);
        try
        {
            return store.Has(symbol, timeframe) && store.Header(symbol, timeframe).First is { } first ? MarketCalendar.Nyse.DayOf(first) : null;
        }
        catch (CandleDataException)
        {
            // The damaged file is refused by name when its turn comes.
            return null;
        }
    }

    async Task RunAsync(IHistorySource source, List<DownloadOrder> orders, CancellationToken stop)
    {
        var store = new CandleStore(stateFolder);
        using var cache = new ChunkCache(source, new ChunkCacheOptions(Path.Combine(stateFolder, "downloads", Server is null ? source.Name : $"{source.Name}@other")) { Concurrency = Concurrency });
        var run = new DownloadRun(new HistoryDownloader(source, cache, store, services.Time), cache, store);
        var wasCancelled = false;
        try
        {
            await foreach (var outcome in run.RunAsync(orders, Concurrency, stop).ConfigureAwait(false)) Note(outcome, cache.Requests);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            wasCancelled = true;
        }
        catch (Exception problem)
        {
            Note(new DownloadLine("", false, problem.Message), cache.Requests);
        }
        lock (_gate)
        {
            Progress = Progress! with { IsRunning = false, WasCancelled = wasCancelled, Requests = cache.Requests };
            _stop!.Dispose();
            _stop = null;
        }
        Changed?.Invoke();
    }

    void Note(DownloadOutcome outcome, int requests)
    {
        var culture = CultureInfo.InvariantCulture;
        var words = outcome switch
        {
            { Problem: { } problem } => problem.Message,
            { Stored: { } stored } => string.Create(culture, $"{stored.Added:N0} added, {stored.Changed:N0} changed, {stored.Total:N0} candles now"),
            _ => "nothing was missing",
        };
        var notes = outcome.Notes.Count > 0 ? "; " + string.Join("; ", outcome.Notes) : "";
        Note(new DownloadLine(outcome.Order.Symbol.Ticker, outcome.Problem is null, words + notes), requests);
    }

    void Note(DownloadLine line, int requests)
    {
        lock (_gate) Progress = Progress! with { Done = [.. Progress.Done, line], Requests = requests };
        Changed?.Invoke();
    }
}
