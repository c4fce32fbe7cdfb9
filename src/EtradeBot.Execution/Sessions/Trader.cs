using System.Collections.Concurrent;
using EtradeBot.Brokers;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>What a trader works with.</summary>
/// <param name="NewId">Names for intents: 1 to 20 lower-case letters and digits, never the same twice.</param>
/// <param name="Judge">The limits: why an order may not be sent, empty when it may.</param>
public sealed record TraderParts(OrderBook Book, BrokerLine Line, TimeProvider Time, Func<string> NewId, Func<OrderIntent, string> Judge)
{
    public string Version { get; init; } = "";

    /// <summary>The brake; null where there is none.</summary>
    public KillFlag? Kill { get; init; }

    /// <summary>Own entries on the other side that an exit might trade with, by name.</summary>
    public Func<OrderIntent, IReadOnlyList<string>> InTheWay { get; init; } = _ => [];

    /// <summary>Done with each look at the broker, after it.</summary>
    public Func<Reconciliation, CancellationToken, Task> Looked { get; init; } = (_, _) => Task.CompletedTask;
}

/// <summary>Carries wishes out at one account and looks after what came of them, beat by beat: compares journal and broker, protects, leaves, enters.</summary>
/// <remarks>One beat at a time: its owner calls it every second or so. What is wished for and seen in between may come from any thread.</remarks>
public sealed class Trader : IDisposable
{
    /// <summary>Between two looks at the broker while nothing is under way.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>And while something is.</summary>
    static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);

    /// <summary>Without a look for so long, nothing new is begun.</summary>
    static readonly TimeSpan Blind = TimeSpan.FromSeconds(30);

    readonly TraderParts _parts;
    readonly OrderPath _path;
    readonly Reconciler _reconciler;
    readonly PositionGuard _guard;
    readonly HandShares _hands;
    readonly ConcurrentQueue<OrderIntent> _wishes = [];
    readonly ConcurrentDictionary<Symbol, Quote> _seen = [];
    readonly ConcurrentQueue<Action> _asked = [];
    readonly ConcurrentDictionary<string, string> _unwanted = new(StringComparer.Ordinal);
    long? _lookedAt;
    bool _isLookAsked;
    string _trouble = "";

    public Trader(TraderParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
        _reconciler = new Reconciler(parts.Book, parts.Line, parts.Time);
        _path = new OrderPath(parts.Book, parts.Line, _reconciler, Judge, parts.InTheWay);
        _guard = new PositionGuard(parts.Book, _path, parts.Time, parts.NewId);
        _hands = new HandShares(parts.Book, _path, parts.Time, parts.NewId);
        MirrorKill();
    }

    public OrderBook Book => _parts.Book;

    public OrderPath Path => _path;

    /// <summary>What an owner has to be told; emptied by whoever tells it.</summary>
    public ConcurrentQueue<string> News => _guard.News;

    /// <summary>The newest look at the broker; null before the first.</summary>
    public Reconciliation? Look => _reconciler.Last;

    public Standing Standing { get; private set; } = Standing.Starting;

    /// <summary>What became of each wish. Called within the beat, or within <see cref="Wish"/>.</summary>
    public event Action<OrderIntent, SendOutcome>? Sent;

    /// <summary>An entry to be sent with the next beat. It is on the disk when this returns, or <see cref="Sent"/> has told why not.</summary>
    public void Wish(OrderIntent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (_path.Draft(entry) is { Length: > 0 } problem) Tell(entry, new SendOutcome(SendResult.NotSent, problem));
        // What becomes known later was not known when this was wished for.
        else if (_parts.Book.Where(order => order.IsUnresolved && order.Intent.Symbol == entry.Symbol) is [var unresolved, ..])
            Tell(entry, _path.Withdraw(entry.Id, $"entries of {entry.Symbol} are frozen: nobody knows yet whether \"{unresolved.Intent}\" is at the broker"));
        else _wishes.Enqueue(entry);
    }

    /// <summary>Begins, with the next beat, to sell what an entry has brought.</summary>
    public void Leave(string entry, string because) => _asked.Enqueue(() => _guard.Leave(entry, because));

    /// <summary>Takes an entry back: one that has not left is not sent, one that works is cancelled.</summary>
    public void TakeBack(string entry, string because) => _unwanted[entry] = because;

    /// <summary>Moves the stop of an entry's shares closer to the market; never further away.</summary>
    /// <param name="stop">Dollars.</param>
    public void Tighten(string entry, decimal stop) => _asked.Enqueue(() => _guard.Tighten(entry, stop));

    /// <summary>The entry's shares are being sold, or will be with the next beat.</summary>
    public bool IsLeaving(Symbol symbol) =>
        !_asked.IsEmpty || _guard.Leaving.Keys.Any(id => _parts.Book.Find(id)?.Intent.Symbol == symbol)
        || _parts.Book.Where(order => order.MayFill && order.Intent.Role == OrderRole.Exit && order.Intent.Symbol == symbol).Count > 0;

    /// <summary>Looks at the broker with the next beat, however short ago the last look was.</summary>
    public void LookSoon() => _asked.Enqueue(() => _isLookAsked = true);

    /// <summary>Targets are watched by the prices that shares could be sold at.</summary>
    public void Saw(Quote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        _seen[quote.Symbol] = quote;
    }

    /// <summary>Everything that is due now.</summary>
    public async Task BeatAsync(CancellationToken stop = default)
    {
        _parts.Book.TryMend();
        MirrorKill();
        while (_asked.TryDequeue(out var asked)) asked();
        if (IsLookDue) await LookAsync(stop).ConfigureAwait(false);
        Stand();
        if (Standing.Readiness is Readiness.Frozen or Readiness.ManageOnly)
        {
            // A wish is a matter of its moment.
            while (_wishes.TryDequeue(out var late)) Tell(late, _path.Withdraw(late.Id, Standing.ToString()));
            return;
        }
        foreach (var quote in _seen.Values.Where(IsTradable)) _guard.Watch(quote.Symbol, (decimal)quote.Bid!.Value, (decimal)quote.Ask!.Value);
        await CancelOverdueAsync(stop).ConfigureAwait(false);
        await _guard.StepAsync(stop).ConfigureAwait(false);
        while (_wishes.TryDequeue(out var wish)) await CarryOutAsync(wish, stop).ConfigureAwait(false);
    }

    public void Dispose() => _path.Dispose();

    /// <summary>Shares could be sold at its bid now: a stop is given up for a target only then, not on an old, delayed or crossed quote, nor in the night.</summary>
    bool IsTradable(Quote quote) =>
        quote is { Bid: > 0 and var bid, Ask: > 0 and var ask, Status: QuoteStatus.RealTime, IsAfterHours: false } && bid <= ask && _parts.Time.GetUtcNow() - quote.ReceivedAt < Blind;

    bool IsUnderWay => _guard.Leaving.Count > 0 || _guard.Uncovered.Count > 0 || _parts.Book.Where(order => order.IsUnresolved || order.IsWorking && order.Intent.Role != OrderRole.Stop || order.LeavingSince is not null).Count > 0;

    bool IsLookDue => _isLookAsked || _lookedAt is not { } at || _parts.Time.GetElapsedTime(at) >= (IsUnderWay ? Busy : Quiet);

    async Task LookAsync(CancellationToken stop)
    {
        _isLookAsked = false;
        try
        {
            await _parts.Looked(await _reconciler.LookAsync(stop).ConfigureAwait(false), stop).ConfigureAwait(false);
            (_lookedAt, _trouble) = (_parts.Time.GetTimestamp(), "");
        }
        catch (BrokerException problem)
        {
            _trouble = problem.Message;
        }
    }

    /// <summary>Reasons from the gravest down; a step is journalled when it changes.</summary>
    void Stand()
    {
        var (readiness, reasons) = (Readiness.Ready, new List<string>());
        if (_lookedAt is not { } at) Down(Readiness.Frozen, _trouble.Length > 0 ? _trouble : Standing.Starting.Reasons[0]);
        else if (_parts.Time.GetElapsedTime(at) >= Blind) Down(Readiness.ManageOnly, $"the broker could not be read for {_parts.Time.GetElapsedTime(at).TotalSeconds:0} s: {_trouble}");
        if (_parts.Book.Journal.Failure is { Length: > 0 } failure) Down(Readiness.ManageOnly, failure);
        if (_reconciler.Last is { } look)
        {
            foreach (var mismatch in look.Mismatches) Down(Readiness.NoEntries, mismatch);
            foreach (var missing in look.Missing) Down(Readiness.NoEntries, $"order {missing.OrderId} ({missing.Intent}) is not in the broker's list");
        }
        if (_parts.Book.Halt is { } halt) Down(Readiness.ExitsOnly, $"halted by {halt.By}: {halt.Reason}");
        if (_parts.Book.Stop is { } stopped) Down(Readiness.NoEntries, $"entries were stopped by {stopped.By}: {stopped.Reason}");
        foreach (var puzzle in _parts.Book.Where(order => order.Candidates.Count > 0)) Down(Readiness.NoEntries, $"{puzzle.Intent}: {puzzle.Words}. Look at E*TRADE");
        var standing = new Standing(readiness, reasons);
        if (standing.Readiness != Standing.Readiness) _parts.Book.Record(new LevelChanged(readiness.ToString(), reasons));
        Standing = standing;

        void Down(Readiness to, string why)
        {
            if (to > readiness) readiness = to;
            reasons.Add(why);
        }
    }

    string Judge(OrderIntent intent)
    {
        // Another process may have pulled the brake since the beat began.
        if (intent.IsEntry && _parts.Kill?.Read() is { IsKilled: true } kill) return $"halted by {kill.By}: {kill.Reason}. Only a person clears it";
        if (intent.IsEntry && Standing.Readiness != Readiness.Ready) return Standing.ToString();
        if (intent.IsEntry && intent.GoodUntil is { } end && _parts.Time.GetUtcNow() >= end) return "its time was over before it could be sent";
        return _parts.Judge(intent);
    }

    async Task CarryOutAsync(OrderIntent wish, CancellationToken stop) =>
        Tell(wish, _unwanted.TryGetValue(wish.Id, out var because) ? _path.Withdraw(wish.Id, because) : await _path.SendAsync(wish, stop).ConfigureAwait(false));

    /// <summary>A method, so that what became of a wish is found out whether anybody listens or not: the argument of an event's call is not even computed where nobody does.</summary>
    void Tell(OrderIntent wish, SendOutcome outcome) => Sent?.Invoke(wish, outcome);

    /// <summary>The brake is pulled and let go in its file; the journal keeps when, and by whom.</summary>
    void MirrorKill()
    {
        if (_parts.Kill?.Read() is not { } kill) return;
        if (kill.IsKilled && (_parts.Book.Halt is not { } halt || (halt.By, halt.Reason, halt.Flatten) != (kill.By, kill.Reason, kill.Flatten))) _parts.Book.Record(new Halted(kill.By, kill.Reason, kill.Flatten));
        else if (!kill.IsKilled && _parts.Book.Halt is not null) _parts.Book.Record(new HaltCleared(kill.By));
    }

    /// <summary>Entries whose time is over, and every entry once everything is halted or entries are stopped.</summary>
    async Task CancelOverdueAsync(CancellationToken stop)
    {
        var now = _parts.Time.GetUtcNow();
        var areForbidden = _parts.Book.Halt is not null || _parts.Book.Stop is not null;
        foreach (var entry in _parts.Book.Where(order => order.IsWorking && order.Intent.IsEntry && (areForbidden || now >= order.Intent.GoodUntil || _unwanted.ContainsKey(order.Id))))
        {
            if (entry.LeavingSince is { } since && now - since < TimeSpan.FromSeconds(15)) continue;
            var because = areForbidden ? "entries are not allowed any more" : _unwanted.GetValueOrDefault(entry.Id, "not filled in time");
            await _path.CancelAsync(entry.Id, because, stop).ConfigureAwait(false);
        }
        foreach (var id in _unwanted.Keys.Where(id => _parts.Book.Find(id) is { MayFill: false })) _unwanted.TryRemove(id, out _);
        if (_parts.Book.Halt is not { Flatten: true } halt) return;
        foreach (var held in _parts.Book.Where(order => order.Intent is { IsEntry: true, IsByPerson: false } && _parts.Book.HeldOf(order.Id) > 0)) _guard.Leave(held.Id, $"flatten: {halt.Reason}");
        await _hands.LeaveAsync(halt.By, $"flatten: {halt.Reason}", stop).ConfigureAwait(false);
    }
}
