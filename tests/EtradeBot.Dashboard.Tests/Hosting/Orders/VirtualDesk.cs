using EtradeBot.App.Broker;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.ETrade;
using EtradeBot.Execution;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Simulator.Faults;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>The order desk on the real order path, client and simulator, under a virtual clock; the trader beats beside it.</summary>
sealed class VirtualDesk : IDisposable
{
    public static readonly Actor Trader = new("tess", Role.Trader, () => true);

    public static readonly Actor Viewer = new("vera", Role.Viewer, () => true);

    public static readonly Symbol Apple = VirtualBroker.Apple;

    readonly TemporaryFolder _folder = new();
    FolderDisk _disk = null!;
    CancellationTokenSource _stop = null!;
    Task _beating = Task.CompletedTask;

    public VirtualDesk(DateTimeOffset? start = null)
    {
        World = new VirtualBroker(start: start);
        Live.SetSession(new SessionFacts { Hours = MarketHours.Regular, Link = BrokerLink.Up, ExchangeTime = World.Time.GetUtcNow(), ClockReadAt = World.Time.GetUtcNow() });
        Desk = Open(_folder.Path);
    }

    public VirtualBroker World { get; }

    /// <summary>Null before the login, and while a test takes the connection away.</summary>
    public TradingDesk? Trading { get; set; }

    public LiveState Live { get; } = new();

    public RiskLimits Limits { get; set; } = new();

    public TradingLimits SendLimits { get; set; } = TradingLimits.Safe;

    public string LiveLock { get; set; } = "";

    public OrderDesk Desk { get; private set; }

    public string Folder => _folder.Path;

    public IReadOnlyList<JournalEvent> Journal => [.. Trading!.Book.Journal.Entries.Select(entry => entry.Event)];

    public static async Task<VirtualDesk> OpenAsync()
    {
        var desk = new VirtualDesk();
        await desk.StartAsync();
        return desk;
    }

    /// <summary>Logs in, reads the account and begins to beat.</summary>
    public async Task StartAsync()
    {
        await Run(World.LoginAsync);
        await Run(ReadAsync);
        await BeatAsync(TradingMode.Simulated);
    }

    public OrderDesk Open(string folder) => new(new OrderDeskParts(() => Trading, Live, () => Limits, new AuditLog(folder, World.Time))
    {
        Time = World.Time,
        StateFolder = folder,
        LiveLock = () => LiveLock,
        Refresh = ReadAsync,
    });

    /// <summary>A desk of its own over a folder that holds a journal, or none.</summary>
    public TradingDesk DeskOver(string folder, TradingMode mode = TradingMode.Simulated, IDisk? disk = null) =>
        new(new TradingDeskParts(new BrokerLine(World.Client, World.Account, "test", mode), disk ?? new FolderDisk(folder), World.Time, () => SendLimits) { NewId = TradingHost.NewId });

    /// <summary>As after a restart of the program.</summary>
    public async Task ReopenAsync(TradingMode mode = TradingMode.Simulated)
    {
        await EndAsync();
        Desk = Open(Folder);
        await BeatAsync(mode);
    }

    public async Task EndAsync()
    {
        var trading = Trading;
        Trading = null;
        await _stop.CancelAsync();
        await Run(() => _beating);
        trading?.Dispose();
        _disk.Dispose();
    }

    async Task BeatAsync(TradingMode mode)
    {
        _disk = new FolderDisk(Path.Combine(Folder, "trading"));
        var trading = DeskOver(Folder, mode, _disk);
        _stop = new CancellationTokenSource();
        var stop = _stop.Token;
        _beating = Task.Run(() => trading.RunAsync(stop));
        Trading = trading;
        await Pass(3);
        Assert.InRange(trading.Trader.Standing.Readiness, Readiness.Ready, Readiness.NoEntries);
    }

    public Task Run(Func<Task> work) => World.Time.Run(work);

    public Task<T> Run<T>(Func<Task<T>> work) => World.Time.Run(work);

    public Task Pass(double seconds) => World.Time.Pass(TimeSpan.FromSeconds(seconds));

    public void Fault(string name, string call = "*", double? value = null, int? times = 1) => World.Simulator.AddFault(new Fault(name) { Call = call, Value = value, Times = times });

    /// <summary>What the session does at every turn.</summary>
    public async Task ReadAsync()
    {
        var (client, account) = (World.Client, World.Account);
        try
        {
            Live.SetAccount(Live.Account with
            {
                Orders = (await client.OrdersAsync(account)).Orders,
                Positions = (await client.PortfolioAsync(account)).Positions,
                Balance = await client.BalanceAsync(account),
                ReadAt = World.Time.GetUtcNow(),
                Problem = "",
            });
            var quotes = await client.QuotesAsync([Apple]);
            Live.SetSymbols([new SymbolFacts(Apple) { Quote = quotes.Quotes[0] }], LiveTopics.Quotes);
        }
        catch (Brokers.BrokerException problem)
        {
            Live.SetAccount(Live.Account with { Problem = problem.Message });
        }
        Desk?.Observe();
    }

    public static OrderRequest Buy(decimal? limit = null, double shares = 10) =>
        new(Apple, Side.Buy, limit is null ? OrderPriceType.Market : OrderPriceType.Limit, new Sizing(SizingKind.Shares, shares)) { Limit = limit };

    public static OrderRequest Sell(decimal? limit = null, double shares = 10) => Buy(limit, shares) with { Side = Side.Sell };

    public async Task<OrderProposal> PreviewAsync(OrderRequest request)
    {
        var answer = await Run(() => Desk.PreviewAsync(Trader, request));
        if (answer is PreviewAnswer.Refused refused) Assert.Fail(string.Join(" ", refused.Problems.Select(problem => problem.Words)));
        return Assert.IsType<PreviewAnswer.Ready>(answer).Proposal;
    }

    public async Task<string> RefusalAsync(OrderRequest request)
    {
        var answer = await Run(() => Desk.PreviewAsync(Trader, request));
        return string.Join(" ", Assert.IsType<PreviewAnswer.Refused>(answer).Problems.Select(problem => problem.Words));
    }

    public async Task<OrderOutcome> PlaceAsync(OrderRequest request)
    {
        var proposal = await PreviewAsync(request);
        return await Run(() => Desk.PlaceAsync(Trader, proposal.Id));
    }

    /// <summary>Buys at market by hand and waits until it has filled.</summary>
    /// <param name="then">Held in all afterwards; null: the same.</param>
    public async Task HoldAsync(double shares, decimal? then = null)
    {
        await PlaceAsync(Buy(shares: shares));
        await Pass(120);
        await Run(ReadAsync);
        Assert.Equal(then ?? (decimal)shares, Live.Account.Positions.Single(position => position.Symbol == "AAPL").Quantity);
    }

    /// <summary>The bot buys at market.</summary>
    /// <param name="stop">Dollars; null: it plans none.</param>
    public async Task BotHoldsAsync(int shares, decimal? stop)
    {
        var entry = new OrderIntent(TradingHost.NewId(), Apple, OrderAction.Buy, shares, OrderPriceType.Market, OrderRole.Entry) { Owner = "test", Because = "test", PlannedStop = stop };
        await Run(ReadAsync);
        Trading!.Saw(Live.Find(Apple)!.Quote! with { ReceivedAt = World.Time.GetUtcNow() });
        Trading.Trader.Wish(entry);
        Trading.Wake();
        await Pass(120);
        await Run(ReadAsync);
        Assert.Equal(shares, Trading.Book.HeldOf(entry.Id));
    }

    /// <summary>An order that a person places with another program, and that fills.</summary>
    public async Task ElsewhereAsync(OrderTicket ticket)
    {
        await Run(async () => await World.Client.PlaceAsync(World.Account, await World.Client.PreviewAsync(World.Account, ticket)));
        await Pass(60);
        await Run(ReadAsync);
    }

    public int Sent(string end) => World.Sent.Count(line => line.EndsWith(end, StringComparison.Ordinal));

    public void Dispose()
    {
        _stop?.Cancel();
        World.Dispose();
        _folder.Dispose();
    }
}
