using EtradeBot.Market;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Hosting;
using EtradeBot.Simulator.Market;
using EtradeBot.Simulator.Protocol;
using EtradeBot.Simulator.Protocol.OAuth;
using EtradeBot.Simulator.Protocol.Routes;

namespace EtradeBot.Simulator;

/// <summary>An account of the simulated customer.</summary>
/// <param name="Number">Shown to people.</param>
/// <param name="Key">What paths take.</param>
/// <param name="Kind"><c>MARGIN</c>, <c>CASH</c> or <c>CLOSED</c>.</param>
/// <param name="Cash">Dollars.</param>
public sealed record SimulatedAccount(string Number, string Key, string Kind, decimal Cash);

/// <summary>The whole simulated broker without a network: a request in, an answer out. Options, seed and requests decide everything it does.</summary>
/// <remarks>
/// Safe for several threads: one request is served at a time.
/// With a state file, whatever a customer was told of an order or a token is in the file before the answer leaves; what merely
/// passes with time (fills, expiries) follows again from the market, and the simulated time itself is written once a second of
/// the wall clock at most (<see cref="SimulatorOptions.SaveEvery"/>), so a killed process loses a second of reading. Faults are not kept. Against a power cut nothing is done.
/// </remarks>
public sealed class SimulatedBroker
{
    readonly Lock _gate = new();
    readonly SimulatorOptions _options;
    readonly TimeProvider _wall;
    readonly FaultPlan _plan;
    readonly IMarket _market;
    readonly Brokerage _broker;
    readonly TokenDesk _tokens;
    readonly Service _service;
    readonly Control _control;
    long _written;

    /// <param name="wall">Time of the customers; the simulated clock is derived from it.</param>
    /// <exception cref="ArgumentException">Options that cannot be: candles that cannot be replayed, a speed of 0, an unknown fault.</exception>
    /// <exception cref="FormatException">The state file cannot be used; it is left as it is.</exception>
    /// <exception cref="IOException">The state file cannot be read or written.</exception>
    public SimulatedBroker(SimulatorOptions options, TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(wall);
        (_options, _wall) = (options, wall);
        Clock = new SimulatedClock(wall, options);
        var kept = options.StateFile is { } path ? StateFile.Read(path) : null;
        if (kept is not null) TakeUp(options.StateFile!, () => Clock.Restore(Later(CheckWorld(kept).Clock)));
        _plan = new FaultPlan(Clock, new SeededRandom(SeededRandom.Derive((ulong)(uint)options.Seed, "faults")));
        _market = options.Paper is { } paper ? paper : new SimulatedMarket(options, _plan, Clock);
        _broker = new Brokerage(options, _market, _plan, Clock.GetUtcNow());
        _tokens = new TokenDesk(options.Seed);
        _service = new Service(new World(options, _market, _broker, _plan, Clock, wall), _tokens);
        _control = new Control(Clock, _plan, _broker);
        if (kept is not null) TakeUp(options.StateFile!, () => Restore(kept));
        Accounts = [.. _broker.Accounts.Select(account => new SimulatedAccount(account.Number, account.Key, account.IsClosed ? "CLOSED" : account.IsMargin ? "MARGIN" : "CASH", _broker.Balance(account.Key).Value!.Cash))];
        foreach (var fault in options.Faults) AddFault(fault);
        if (options.StateFile is { } file) Save(file);
    }

    /// <summary>Simulated time: its speed can be changed, it can be stopped, and set forward.</summary>
    public SimulatedClock Clock { get; }

    /// <summary>As they were when this simulator began.</summary>
    public IReadOnlyList<SimulatedAccount> Accounts { get; }

    public IReadOnlyList<Fault> Faults
    {
        get
        {
            lock (_gate) return _plan.Set;
        }
    }

    /// <summary>The books as they are, for judges and tests.</summary>
    internal IBrokerage Books => _broker;

    internal IMarket Market => _market;

    /// <summary>What is to go wrong, for judges that count what did.</summary>
    internal FaultPlan Plan => _plan;

    /// <summary>Serves one request at the present simulated instant. Waits while another is being served.</summary>
    /// <exception cref="IOException">The state file cannot be written.</exception>
    public SimulatorResponse Handle(SimulatorRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            var before = _broker.Happenings;
            _broker.AdvanceTo(Clock.GetUtcNow());
            var (response, changed) = Answered(request);
            // A fill that a customer has been told of must outlive this process.
            if (_options.StateFile is { } path && (changed || _broker.Happenings != before || _wall.GetElapsedTime(_written) >= _options.SaveEvery)) Save(path);
            return response;
        }
    }

    /// <summary>In which something is held or at work, in any account.</summary>
    public IReadOnlyList<Symbol> SymbolsInUse()
    {
        lock (_gate)
            return [.. _broker.Accounts.SelectMany(account => _broker.EveryShare(account.Key).Held.Select(held => held.Ticker)
                .Concat(_broker.EveryOrder(account.Key).Where(order => order.IsWorking).Select(order => order.Terms.Ticker)))
                .Distinct().Select(ticker => Symbol.TryParse(ticker, out var symbol) ? symbol : (Symbol?)null).OfType<Symbol>()];
    }

    /// <returns>The fault with its number.</returns>
    /// <exception cref="ArgumentException">It is not in the catalogue, or its figures make no sense.</exception>
    public Fault AddFault(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (FaultRules.Problem(fault) is { } problem) throw new ArgumentException(problem, nameof(fault));
        lock (_gate) return _plan.Add(fault);
    }

    /// <returns>False when no fault of that number is set.</returns>
    public bool RemoveFault(int id)
    {
        lock (_gate) return _plan.Remove(id);
    }

    public void ClearFaults()
    {
        lock (_gate) _plan.Clear();
    }

    /// <summary>The finished one-minute candles of those days' regular sessions, up to the simulated time: what a history service would know of this market.</summary>
    /// <returns>Null when the symbol is not listed.</returns>
    /// <exception cref="ArgumentException"><paramref name="to"/> lies before <paramref name="from"/>.</exception>
    public CandleSeries? Minutes(Symbol symbol, DateOnly from, DateOnly to)
    {
        if (to < from) throw new ArgumentException($"the range ends on {to:yyyy-MM-dd}, before it begins on {from:yyyy-MM-dd}", nameof(to));
        lock (_gate) return (_market as SimulatedMarket)?.Minutes(symbol, (from, to), Clock.GetUtcNow());
    }

    /// <summary>Writes the state into the file, whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there before is unchanged.</exception>
    public void Save(string path)
    {
        lock (_gate)
        {
            StateFile.Write(path, Kept());
            _written = _wall.GetTimestamp();
        }
    }

    (SimulatorResponse Response, bool Changed) Answered(SimulatorRequest request)
    {
        var address = RequestAddress.Of(request.Url);
        return address.Path.StartsWith(Control.Root, StringComparison.Ordinal)
            ? (_control.Serve(request, address).Render(true), request.Method != "GET")
            : _service.Handle(request);
    }

    KeptState Kept() => new(WorldName(), Clock.State, _broker.Save())
    {
        TokensDrawn = _tokens.Drawn,
        Tokens = [.. _tokens.AccessTokens],
        AlertsRead = _service.Alerts.Marks.Read,
        AlertsDeleted = _service.Alerts.Marks.Deleted,
    };

    void Restore(KeptState kept)
    {
        _broker.Load(kept.Books);
        _tokens.Restore(kept.TokensDrawn, kept.Tokens);
        _service.Alerts.Restore(kept.AlertsRead, kept.AlertsDeleted);
    }

    /// <summary>Time goes on where it stopped, or at the start asked for where that is later; the speed asked for holds.</summary>
    ClockState Later(ClockState kept)
    {
        var start = Clock.GetUtcNow();
        return new ClockState(kept.Now > start ? kept.Now : start, _options.Speed, kept.IsPaused);
    }

    /// <summary>Books kept in one market make no sense in another.</summary>
    KeptState CheckWorld(KeptState kept) => kept.World == WorldName()
        ? kept
        : throw new FormatException($"it belongs to the {kept.World}, and this is the {WorldName()}");

    string WorldName() => _options.Paper is not null ? "real market, filled on paper" : _options.Replay.Count == 0
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"demo market of seed {_options.Seed}")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"replay of {string.Join(' ', _options.Replay.Select(series => series.Symbol.Ticker).Order(StringComparer.Ordinal))} with seed {_options.Seed}");

    static void TakeUp(string path, Action work)
    {
        try
        {
            work();
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw StateFile.Damaged(path, problem);
        }
    }
}
