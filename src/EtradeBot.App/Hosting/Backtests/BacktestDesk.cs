using System.Collections.Immutable;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Reports;
using EtradeBot.Strategies;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Runs backtests, one at a time, whether a page watches or not, and keeps what became of them. Safe for several threads.</summary>
sealed class BacktestDesk : IDisposable
{
    const int MostWaiting = 50;

    readonly Lock _gate = new();
    readonly RunFolders _folders;
    readonly CandleCatalog _candles;
    readonly StrategyShelf _strategies;
    readonly AuditLog _audit;
    readonly TimeProvider _time;
    readonly Dictionary<string, CancellationTokenSource> _active = [];
    readonly Lazy<BacktestThread> _thread = new(() => new());
    readonly RunShelf _shelf;
    ImmutableDictionary<string, RunEntry>? _runs;

    public BacktestDesk(string stateFolder, StrategyShelf strategies, CandleCatalog candles, (AuditLog Audit, TimeProvider Time) hosting)
    {
        _folders = new(stateFolder);
        _strategies = strategies;
        _candles = candles;
        (_audit, _time) = hosting;
        _shelf = new(_folders);
    }

    /// <summary>A run was added, went on, ended or was deleted; on a thread that must not be held up.</summary>
    public event Action<string>? Changed;

    public RunFolders Folders => _folders;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RunEntry> Runs => [.. All().Values.OrderByDescending(run => run.CreatedAt).ThenByDescending(run => run.Id, StringComparer.Ordinal)];

    public RunEntry? Find(string id) => All().GetValueOrDefault(id);

    /// <inheritdoc cref="RunFolders.View"/>
    public RunView? View(string id) => _shelf.View(id);

    /// <inheritdoc cref="RunFolders.Trades"/>
    public TradeBook? Trades(string id) => _shelf.Trades(id);

    /// <summary>What a run of so many candles has taken lately; null before the first.</summary>
    public TimeSpan? Estimate(long candles) => RunSpeed.Estimate(Runs, candles);

    /// <summary>Puts a run into the queue.</summary>
    /// <param name="againOf">The run it repeats.</param>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    /// <exception cref="FormException">The form has problems; nothing was started.</exception>
    public RunEntry Start(Actor actor, BacktestForm form, string? againOf = null)
    {
        actor.Require(Role.Trader);
        var check = FormCheck.Of(form, _candles.List(), _strategies.Read());
        if (check.Problems.Count > 0) throw new FormException(check.Problems);
        RunEntry run;
        lock (_gate)
        {
            if (_active.Count >= MostWaiting) throw new FormException($"{MostWaiting} runs are waiting already: cancel some, or wait");
            var now = _time.GetUtcNow();
            var id = _folders.NewId(form, now);
            _audit.Write(actor, "backtest.run", againOf is null ? id : $"{id}, again {againOf}");
            run = new RunEntry(id, RunState.Queued, form, now) { By = actor.Name, AgainOf = againOf };
            _folders.Save(id, Request(run));
            _runs = All().SetItem(id, run);
            _active[id] = new();
        }
        Changed?.Invoke(run.Id);
        _thread.Value.Add(() => Work(run));
        return run;
    }

    /// <summary>Stops a run that waits or goes on; one that is over is left as it is.</summary>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    public void Cancel(Actor actor, string id)
    {
        actor.Require(Role.Trader);
        lock (_gate)
        {
            if (!_active.TryGetValue(id, out var cancellation)) return;
            _audit.Write(actor, "backtest.cancel", id);
            cancellation.Cancel();
        }
    }

    /// <summary>Deletes a run that is over, with its files.</summary>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    /// <exception cref="FormException">It still runs.</exception>
    public void Delete(Actor actor, string id)
    {
        actor.Require(Role.Trader);
        lock (_gate)
        {
            if (!All().ContainsKey(id)) return;
            if (_active.ContainsKey(id)) throw new FormException($"{id} is still running: cancel it first");
            _audit.Write(actor, "backtest.delete", id);
            _folders.Delete(id);
            _runs = All().Remove(id);
            _shelf.Forget(id);
        }
        Changed?.Invoke(id);
    }

    /// <summary>What would differ if the run were repeated now, a sentence each; empty where nothing does. Reads the candles.</summary>
    public IReadOnlyList<string> Differences(string id) =>
        _folders.Request(id) is not { } request ? ["this run was made on the command line and did not keep its request: use 'change and run'"]
        : new RunAgain(request, _candles, _strategies).Differences();

    public void Dispose()
    {
        lock (_gate)
            foreach (var cancellation in _active.Values) cancellation.Cancel();
        if (_thread.IsValueCreated) _thread.Value.Dispose();
    }

    ImmutableDictionary<string, RunEntry> All()
    {
        lock (_gate) return _runs ??= _folders.List().ToImmutableDictionary(run => run.Id);
    }

    void Work(RunEntry run)
    {
        CancellationToken cancellation;
        lock (_gate) cancellation = _active[run.Id].Token;
        var state = RunState.Finished;
        var problem = "";
        try
        {
            cancellation.ThrowIfCancellationRequested();
            Run(run, cancellation);
        }
        catch (OperationCanceledException)
        {
            state = RunState.Cancelled;
        }
        catch (Exception failure)
        {
            // Whatever a strategy or the disk throws ends this run, never the desk.
            (state, problem) = (RunState.Failed, Sentence(failure));
        }
        End(run, state, problem);
    }

    void Run(RunEntry run, CancellationToken cancellation)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var meter = new ProgressMeter(_time, null);
        Tell(run, meter.Start());
        using var library = _strategies.NewLibrary();
        var strategy = library.Get(run.Strategy);
        var code = RunCode.Of(strategy);
        var check = new FormCheck(run.Form, _candles.List(), new(StrategyCatalog.BuiltIn.Find(strategy.Name) == strategy ? StrategyCatalog.BuiltIn : StrategyCatalog.BuiltIn.With([strategy]), []));
        var plan = (check.Order(wanted => _candles.Request(wanted.Symbol, wanted.Timeframe)) ?? throw new FormException(check.Problems)).Load();
        Tell(run, meter.Loaded(plan.CandleCount));
        var record = plan.Run(begun, step => Tell(run, meter.At(step)), cancellation);
        Tell(run, meter.At(new(RunPhase.Writing, 0)));
        cancellation.ThrowIfCancellationRequested();
        var request = Request(run).With(record, code);
        ResultFiles.Write(_folders.Of(run.Id), record, new CompanionFile(RunRequest.FileName, (stream, _) => request.Write(stream)), RunView.File, TradeBook.File, RunChart.File);
    }

    void Tell(RunEntry run, RunProgress progress)
    {
        lock (_gate) _runs = All().SetItem(run.Id, run with { State = RunState.Running, Progress = progress });
        Changed?.Invoke(run.Id);
    }

    void End(RunEntry run, RunState state, string problem)
    {
        var over = run with { State = state, Problem = problem, Progress = null };
        if (state == RunState.Finished) over = RunFolders.Read(_folders.Of(run.Id)) ?? over;
        else
            try
            {
                _folders.Save(run.Id, Request(over));
            }
            catch (IOException failure)
            {
                // The disk that failed the run may refuse this too; the page still says why.
                over = over with { Problem = $"{problem} ({failure.Message})" };
            }
        lock (_gate)
        {
            _active.Remove(run.Id, out var cancellation);
            cancellation?.Dispose();
            _runs = All().SetItem(run.Id, over);
        }
        Changed?.Invoke(run.Id);
    }

    static RunRequest Request(RunEntry run) => new()
    {
        CreatedAt = run.CreatedAt,
        By = run.By,
        AgainOf = run.AgainOf,
        State = run.State,
        Problem = run.Problem,
        Fields = run.Form.Whole,
    };

    /// <summary>In the words the command line uses.</summary>
    static string Sentence(Exception failure)
    {
        using var words = new StringWriter();
        CommandLine.Report(failure, words);
        return words.ToString().Trim().Replace("etrade-bot: ", "", StringComparison.Ordinal);
    }
}

/// <summary>A form, or what was asked of the desk, cannot be done; the message says what to change.</summary>
sealed class FormException : FormatException
{
    public FormException(string problem) : base(problem)
    {
    }

    public FormException(IReadOnlyDictionary<string, string> problems) : base(string.Join("; ", problems.Values)) => Problems = problems;

    /// <summary>By the field's key.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; } = new Dictionary<string, string>();
}
