using EtradeBot.App.Feeds.Live;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Hosting;

namespace EtradeBot.App.Hosting.Live;

/// <summary>A real market with a broker on paper: quotes come over another line, orders go to a simulated broker in this process that fills them against those quotes.</summary>
/// <remarks>Orders take the same way as everywhere, through the same client. No order ever goes over the other line.</remarks>
sealed class PaperLine : IBrokerLine
{
    static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(2);

    /// <summary>A symbol in which something is held or at work, and that nobody watches, is asked for so often.</summary>
    static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    readonly IBrokerLine _market;
    readonly PaperMarket _paper = new();
    readonly SimulatedBroker _broker;
    readonly FileStream _held;
    readonly TimeProvider _machine;
    readonly string _path;
    readonly Dictionary<Symbol, long> _seenAt = [];
    Task _asking = Task.CompletedTask;
    long _savedAt;
    long _askedAt;

    PaperLine(IBrokerLine market, (string Path, FileStream Held) state, DateTimeOffset start, TimeProvider machine)
    {
        (_market, _path, _held, _machine) = (market, state.Path, state.Held, machine);
        _broker = new SimulatedBroker(new SimulatorOptions { Paper = _paper, Start = start, StateFile = state.Path, LimitsRates = false }, machine);
        _broker.Clock.Resume();
        Client = new ETradeClient(new ETradeOptions
        {
            Environment = ETradeEnvironment.Simulator,
            Consumer = new ConsumerKey(SimulatorOptions.DefaultConsumerKey, SimulatorOptions.DefaultConsumerSecret),
            BaseUrl = SimulatorHandler.BaseUrl,
            Time = machine,
            Transport = () => new SimulatorHandler(_broker, machine),
        });
    }

    public TradingMode Mode => TradingMode.Paper;

    public string Broker => $"paper, on quotes of {_market.Broker}";

    public string Feed => _market.Feed;

    public ETradeClient Client { get; }

    public IBrokerLine Market => _market;

    public TimeProvider Time => _market.Time;

    public MarketClockKind Clock => _market.Clock;

    public DateTimeOffset? ExchangeNow => _broker.Clock.GetUtcNow();

    public double Speed => 1;

    public DateTimeOffset? TokenEndsAt => _market.TokenEndsAt;

    /// <summary>Takes the paper account of that market up, or opens one with $100,000.</summary>
    /// <exception cref="BrokerException">The market's line does not answer.</exception>
    /// <exception cref="FormatException">The account's file cannot be used; it is left as it is.</exception>
    /// <exception cref="IOException">It cannot be read or written, or another process has it.</exception>
    public static async Task<PaperLine> OpenAsync(IBrokerLine market, string stateFolder, (IReadOnlyList<Symbol> Watched, TimeProvider Machine) now, CancellationToken stop)
    {
        var start = now.Machine.GetUtcNow();
        // Another market than the real one may live at another time; only its quotes tell.
        if (market.Clock == MarketClockKind.Quotes && now.Watched.Count > 0)
            start = (await market.CallAsync(client => client.QuotesAsync(now.Watched, QuoteDetail.All, stop)).ConfigureAwait(false)).Quotes.Select(quote => quote.At).DefaultIfEmpty(start).Max();
        var path = Path.Combine(stateFolder, $"paper-{market.Feed}.json");
        Directory.CreateDirectory(stateFolder);
        var held = Hold(path, stateFolder);
        PaperLine? line = null;
        try
        {
            line = new PaperLine(market, (path, held), start, now.Machine);
            await EmbeddedSimulator.LoginAsync(line.Client, line._broker, now.Machine, stop).ConfigureAwait(false);
            return line;
        }
        catch
        {
            if (line is null) await held.DisposeAsync().ConfigureAwait(false);
            else line.Client.Dispose();
            throw;
        }
    }

    /// <summary>Quotes have arrived over the market's line: orders are filled against them.</summary>
    public void See(IReadOnlyCollection<Quote> quotes)
    {
        if (quotes.Count == 0) return;
        // A simulated market may run faster than this machine.
        if (_market.Clock == MarketClockKind.Quotes && quotes.Max(quote => quote.At) is var newest && newest > _broker.Clock.GetUtcNow()) _broker.Clock.JumpTo(newest);
        _paper.See(quotes, _broker.Clock.GetUtcNow());
        lock (_seenAt)
            foreach (var quote in quotes) _seenAt[quote.Symbol] = _machine.GetTimestamp();
    }

    public async Task<T> CallAsync<T>(Func<ETradeClient, Task<T>> call)
    {
        try
        {
            return await call(Client).ConfigureAwait(false);
        }
        catch (BrokerException problem) when (problem.Fault == BrokerFault.SessionExpired)
        {
            await EmbeddedSimulator.LoginAsync(Client, _broker, _machine, CancellationToken.None).ConfigureAwait(false);
            return await call(Client).ConfigureAwait(false);
        }
    }

    public void Tend()
    {
        _market.Tend();
        if (_asking.IsCompleted && _machine.GetElapsedTime(_askedAt) >= AskEvery)
        {
            _askedAt = _machine.GetTimestamp();
            _asking = AskAsync();
        }
        if (_machine.GetElapsedTime(_savedAt) < SaveEvery) return;
        _savedAt = _machine.GetTimestamp();
        _broker.Save(_path);
    }

    public void Dispose()
    {
        _broker.Save(_path);
        Client.Dispose();
        _held.Dispose();
        _market.Dispose();
    }

    /// <summary>Stops of a symbol that has left the watchlist must fill all the same.</summary>
    async Task AskAsync()
    {
        var unseen = _broker.SymbolsInUse().Where(symbol => !IsFresh(symbol)).ToList();
        if (unseen.Count == 0) return;
        try
        {
            See((await _market.CallAsync(client => client.QuotesAsync(unseen, QuoteDetail.All)).ConfigureAwait(false)).Quotes);
        }
        catch (BrokerException)
        {
            // The feed says the same of the line, and the next turn asks again.
        }
    }

    bool IsFresh(Symbol symbol)
    {
        lock (_seenAt) return _seenAt.TryGetValue(symbol, out var at) && _machine.GetElapsedTime(at) < AskEvery * 2;
    }

    /// <summary>Two processes that write one account would each undo what the other has done.</summary>
    static FileStream Hold(string path, string stateFolder)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (File.Exists(path + ".lock"))
        {
            throw new IOException($"another etrade-bot trades on paper from {stateFolder}: end it first, or give this one a folder of its own with --data", problem);
        }
    }
}
