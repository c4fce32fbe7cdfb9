using EtradeBot.App.Broker;
using EtradeBot.App.Feeds.Live;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Hosting;
using EtradeBot.Simulator.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>The simulator in this process, with the demo market and a paper account: what runs without any setting.</summary>
/// <remarks>
/// <para>Its customers' clock runs as fast as the market: at 60 a client may send 60 times as many requests a second as its limits say,
/// because those are meant for a minute of market time. Candles are therefore as good at 60 as at 1, as far as this machine keeps up.
/// While the market stands still that clock goes on at its usual pace, or no call would ever end.</para>
/// <para>The login needs no person, for there is nothing to protect: a token that has died is replaced before the next call.</para>
/// </remarks>
sealed class EmbeddedSimulator : IBrokerLine
{
    /// <summary>Under the state folder.</summary>
    public const string FileName = "simulator.json";

    const string LockName = "simulator.lock";

    public const double FastestSpeed = 600;

    /// <summary>In this process nothing hangs; at full speed these are seconds.</summary>
    static readonly TimeSpan LongestCall = TimeSpan.FromHours(2);

    static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(2);

    readonly string _path;
    readonly FileStream _held;
    readonly TimeProvider _machine;
    readonly SimulatedClock _customers;
    readonly SimulatedBroker _broker;
    readonly SemaphoreSlim _login = new(1, 1);
    long _savedAt;

    EmbeddedSimulator(string path, FileStream held, TimeProvider machine)
    {
        (_path, _held, _machine) = (path, held, machine);
        _customers = new SimulatedClock(machine, new SimulatorOptions { Start = machine.GetUtcNow() });
        // The customers' clock may run fast, the disk does not: what merely passes with time is saved by this machine's.
        _broker = new SimulatedBroker(new SimulatorOptions { IsAlwaysOpen = true, StateFile = path, SaveEvery = TimeSpan.MaxValue }, _customers);
        _broker.Clock.Resume();
        Client = new ETradeClient(new ETradeOptions
        {
            Environment = ETradeEnvironment.Simulator,
            Consumer = new ConsumerKey(SimulatorOptions.DefaultConsumerKey, SimulatorOptions.DefaultConsumerSecret),
            BaseUrl = SimulatorHandler.BaseUrl,
            Time = _customers,
            Transport = () => new SimulatorHandler(_broker, _customers),
            Deadline = LongestCall,
            AttemptTimeout = LongestCall,
        });
    }

    public TradingMode Mode => TradingMode.Simulated;

    public string Broker => "the built-in simulator";

    public string Feed => "simulator";

    public ETradeClient Client { get; }

    public TimeProvider Time => _customers;

    public MarketClockKind Clock => MarketClockKind.Quotes;

    public DateTimeOffset? ExchangeNow => _broker.Clock.GetUtcNow();

    public DateTimeOffset? TokenEndsAt => null;

    public double Speed
    {
        get => _broker.Clock.IsPaused ? 0 : _customers.Speed;
        set
        {
            if (value is not (>= 0 and <= FastestSpeed)) throw new ArgumentOutOfRangeException(nameof(value), value, $"the speed must be 0 to {FastestSpeed:0}");
            if (value == 0) _broker.Clock.Pause();
            _customers.Speed = value == 0 ? 1 : value;
            if (value > 0) _broker.Clock.Resume();
        }
    }

    /// <summary>Takes up the kept state; without one a world with some past is made first.</summary>
    /// <exception cref="FormatException">The state file cannot be used; it is left as it is, and the message says what to do.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static async Task<EmbeddedSimulator> OpenAsync(string stateFolder, TimeProvider machine, CancellationToken stop)
    {
        var path = Path.Combine(stateFolder, FileName);
        Directory.CreateDirectory(stateFolder);
        var held = Hold(stateFolder);
        EmbeddedSimulator? simulator = null;
        try
        {
            if (!File.Exists(path)) await AccountPast.WriteAsync(path, machine.GetUtcNow(), stop).ConfigureAwait(false);
            simulator = TakeUp(path, held, machine);
            await simulator.LoginAsync(null, stop).ConfigureAwait(false);
            return simulator;
        }
        catch
        {
            simulator?.Dispose();
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc cref="SimulatedBroker.Minutes"/>
    public CandleSeries? Minutes(Symbol symbol, DateOnly from, DateOnly to) => _broker.Minutes(symbol, from, to);

    public async Task<T> CallAsync<T>(Func<ETradeClient, Task<T>> call)
    {
        var token = Client.Session.Token;
        try
        {
            return await call(Client).ConfigureAwait(false);
        }
        catch (BrokerException problem) when (problem.Fault == BrokerFault.SessionExpired)
        {
            await LoginAsync(token, CancellationToken.None).ConfigureAwait(false);
            return await call(Client).ConfigureAwait(false);
        }
    }

    public void Tend()
    {
        if (_machine.GetElapsedTime(_savedAt) < SaveEvery) return;
        _savedAt = _machine.GetTimestamp();
        _broker.Save(_path);
    }

    public void Dispose()
    {
        _broker.Save(_path);
        Client.Dispose();
        _login.Dispose();
        _held.Dispose();
    }

    /// <summary>Two worlds that write one file would each undo what the other has done.</summary>
    static FileStream Hold(string stateFolder)
    {
        var path = Path.Combine(stateFolder, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new IOException($"another etrade-bot runs the built-in simulator from {stateFolder}: end it first, or give this one a folder of its own with --data", problem);
        }
    }

    static EmbeddedSimulator TakeUp(string path, FileStream held, TimeProvider machine)
    {
        try
        {
            return new EmbeddedSimulator(path, held, machine);
        }
        catch (FormatException problem)
        {
            throw new FormatException($"the simulator's account in {path} cannot be used: {problem.InnerException?.Message.TrimEnd('.') ?? problem.Message}. It was left as it is: put a good copy in its place, or move it away to begin with a new account, then reconnect", problem);
        }
    }

    /// <param name="dead">The token that does not work any more: another caller may have replaced it since.</param>
    async Task LoginAsync(AccessToken? dead, CancellationToken stop)
    {
        await _login.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (Client.Session.Token is { } now && now != dead) return;
            await LoginAsync(Client, _broker, _customers, stop).ConfigureAwait(false);
        }
        finally
        {
            _login.Release();
        }
    }

    /// <summary>As a person would: asks, accepts on the page, hands in its code.</summary>
    internal static async Task LoginAsync(ETradeClient client, SimulatedBroker broker, TimeProvider customers, CancellationToken stop)
    {
        using var pages = new SimulatorHandler(broker, customers);
        var request = await client.Session.BeginLoginAsync(stop).ConfigureAwait(false);
        var code = await AuthorizePage.ReadCodeAsync(request.AuthorizeUrl, pages, stop).ConfigureAwait(false);
        await client.Session.CompleteLoginAsync(request, code, stop).ConfigureAwait(false);
    }
}
