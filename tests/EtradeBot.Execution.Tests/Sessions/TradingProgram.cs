using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.World;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>A trader in a virtual world: enters now and then, protects, leaves at targets, over as many lives as the world gives it. Every other world has it
/// under the whole set of limits, the others under one on size alone, so that neither hides what the other would show.</summary>
sealed class TradingProgram : IDisposable
{
    /// <summary>One world in so many has long order lists, which are slow to read.</summary>
    const ulong CrowdedEvery = 32;

    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    readonly VirtualWorld _world;
    readonly DateTimeOffset _lastEntry;
    readonly BrakePerson _brake;
    readonly string? _folder;
    AccessToken? _token;
    TraderLock? _lock;

    public TradingProgram(VirtualWorld world, DateTimeOffset lastEntry)
    {
        (_world, _lastEntry) = (world, lastEntry);
        Account = world.Ledger.Keys[0];
        _brake = new BrakePerson(world, Testimony, lastEntry - world.Schedule.Start);
        if (world.Schedule.Faults.Any(fault => fault.Kind == "second-copy")) _folder = Directory.CreateTempSubdirectory("virtual-").FullName;
        if (world.Schedule.Seed % CrowdedEvery == 5) world.Clock.After(TimeSpan.FromSeconds(40), null, Crowd);
        world.DriverAsked += Befall;
        world.NewestState = () => Trader?.Book.Orders is [.., var newest] ? newest.State.ToString() : "none";
    }

    /// <summary>Of the latest life.</summary>
    public Trader? Trader { get; private set; }

    public Testimony Testimony { get; } = new();

    /// <summary>What became of each wish, of all lives.</summary>
    public List<string> Outcomes { get; } = [];

    /// <summary>Key of the account that is traded.</summary>
    public string Account { get; }

    /// <summary>Words that must never be on the disk.</summary>
    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal) { "simulator-secret" };

    public bool HasAllLimits => _world.Schedule.Seed % 2 == 0;

    int MostShares => Testimony.MostAt(_world.Clock.Now);

    public async Task RunAsync(VirtualProcess process)
    {
        if (_folder is not null && (_lock = TraderLock.TryTake(_folder)) is null) return;
        await TradeAsync(process);
    }

    /// <summary>The system gives the lock of a process back when it ends, however it ends.</summary>
    public void ProcessEnded()
    {
        _lock?.Dispose();
        _lock = null;
    }

    public void Dispose()
    {
        ProcessEnded();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    async Task TradeAsync(VirtualProcess process)
    {
        using var client = new ETradeClient(Options(process), _token);
        client.Session.TokenChanged += Keep;
        var kill = new KillFlag(process.Disk, process.Clock);
        var desk = Desk(process, client, kill);
        using var trader = desk.Trader;
        Trader = trader;
        var whims = new Whims(_world.Schedule.Seed, process.Number, Testimony);
        var hands = new Hands(_world.Schedule.Seed, process.Number, Testimony);
        IReadOnlyList<Quote> quotes = [];
        for (var beat = 0; ; beat++)
        {
            if (client.Session.State is TokenState.NeedsPerson or TokenState.Expired) await LogInAsync(client);
            // Every other second is often enough for targets, and halves the calls.
            if (beat % 2 == 0) quotes = await QuotesAsync(client);
            foreach (var quote in quotes) desk.Saw(quote);
            _brake.Act(kill);
            if (_world.Clock.Now < _lastEntry) whims.Act(trader, quotes, (beat, process.Clock.GetUtcNow()));
            if (Hands.AreIn(_world.Schedule.Seed) && _world.Clock.Now < _lastEntry) await hands.ActAsync(trader, quotes, beat);
            await trader.BeatAsync();
            await Task.Delay(Beat, process.Clock);
        }
    }

    VirtualDesk Desk(VirtualProcess process, ETradeClient client, KillFlag kill)
    {
        var names = 0;
        var line = new BrokerLine(client, Account, "margin", TradingMode.Simulated);
        var parts = new TraderParts(new OrderBook(process.Disk, process.Clock), line, process.Clock, Named, WhyTooMany) { Kill = kill };
        var desk = new VirtualDesk(parts, process, HasAllLimits ? () => VirtualDesk.Limits(MostShares) : null);
        desk.Trader.Sent += (wish, outcome) => Outcomes.Add($"{wish.Id} {wish}: {outcome.Result} {outcome.Words}");
        return desk;

        string Named()
        {
            var name = FormattableString.Invariant($"p{process.Number}n{++names}");
            Testimony.Names.Add(name);
            return name;
        }
    }

    /// <summary>A person enters so many orders of another symbol that the order list has a second page.</summary>
    void Crowd()
    {
        for (var i = 0; i < 105; i++) _world.Broker.AddFault(new Simulator.Faults.Fault("foreign-order") { Symbol = "KO", Value = 1, Times = 1 });
    }

    /// <summary>What is known to be held or at work counts: a wish may be older than the order that was found since. What nobody knows is the program's to count.</summary>
    string WhyTooMany(OrderIntent intent)
    {
        if (!intent.IsEntry) return "";
        var there = Trader!.Book.Shares(intent.Symbol) + Trader.Book.Where(order => order.Intent.Symbol == intent.Symbol && order.Intent.IsEntry && order.IsWorking).Sum(order => order.Open);
        return there + intent.Shares > MostShares ? $"more than {MostShares} shares" : "";
    }

    void Befall(PlannedFault fault)
    {
        if (fault.Kind == "settings-changed") Testimony.Sizes.Add((_world.Clock.Now, LeastEver));
        else if (fault.Kind == "second-copy") _world.Start(RunCopyAsync);
    }

    /// <summary>Somebody starts the program once more from the same folder.</summary>
    Task RunCopyAsync(VirtualProcess process)
    {
        using var taken = TraderLock.TryTake(_folder!);
        return taken is null ? Task.CompletedTask : TradeAsync(process);
    }

    /// <summary>After the settings were changed.</summary>
    const int LeastEver = 12;

    void Keep(AccessToken? token)
    {
        _token = token;
        if (token is not null) Secrets.Add(token.Secret);
    }

    async Task LogInAsync(ETradeClient client)
    {
        try
        {
            await Person.LogInAsync(_world, client.Session);
        }
        catch (BrokerException)
        {
            // Tried again with the next beat.
        }
    }

    static async Task<IReadOnlyList<Quote>> QuotesAsync(ETradeClient client)
    {
        try
        {
            return (await client.QuotesAsync(Whims.Symbols)).Quotes;
        }
        catch (BrokerException)
        {
            return [];
        }
    }

    static ETradeOptions Options(VirtualProcess process) => new()
    {
        Environment = ETradeEnvironment.Simulator,
        Consumer = new ConsumerKey("simulator-key", "simulator-secret"),
        BaseUrl = new Uri("http://localhost"),
        Time = process.Clock,
        Jitter = process.Jitter,
        Transport = process.NewTransport,
    };
}
