using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Hosting;

namespace EtradeBot.App.Broker;

/// <summary>The client and the simulator in one process under one virtual clock: Tuesday 10 March 2026, 10:00 in New York.</summary>
sealed class VirtualBroker : IDisposable
{
    public static readonly Symbol Apple = Symbol.Parse("AAPL");

    readonly CountingHandler _wire;

    public VirtualBroker(Func<SimulatorOptions, SimulatorOptions>? change = null, DateTimeOffset? start = null)
    {
        Time = new VirtualTime(start ?? new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero));
        // Counted second by second: the client must be polite by any reading of the limits.
        var options = new SimulatorOptions { RateBurstSeconds = 1 };
        Simulator = new SimulatedBroker(change?.Invoke(options) ?? options, Time);
        _wire = new CountingHandler(new SimulatorHandler(Simulator, Time));
        Client = new ETradeClient(new ETradeOptions
        {
            Environment = ETradeEnvironment.Simulator,
            Consumer = new ConsumerKey(SimulatorOptions.DefaultConsumerKey, SimulatorOptions.DefaultConsumerSecret),
            BaseUrl = SimulatorHandler.BaseUrl,
            Time = Time,
            Transport = () => _wire,
        });
        Account = Simulator.Accounts.Single(account => account.Kind == "MARGIN").Key;
    }

    public VirtualTime Time { get; }

    public SimulatedBroker Simulator { get; }

    public ETradeClient Client { get; }

    /// <summary>Key of the margin account.</summary>
    public string Account { get; }

    /// <summary>Requests sent so far, as <c>POST /orders/place</c>: method and the end of the path.</summary>
    public IReadOnlyList<string> Sent => _wire.Sent;

    /// <summary>What the broker knows to be true.</summary>
    public IReadOnlyList<CustomerOrder> Orders => Simulator.Books.EveryOrder(Account);

    /// <summary>As a person would: open the page, accept, type the code in.</summary>
    public async Task LoginAsync()
    {
        var request = await Client.Session.BeginLoginAsync();
        await Client.Session.CompleteLoginAsync(request, await VerifierAsync(request));
    }

    public async Task<string> VerifierAsync(LoginRequest request)
    {
        using var browser = new HttpClient(new SimulatorHandler(Simulator, Time));
        var stop = TestContext.Current.CancellationToken;
        var (action, fields) = AuthorizePage.Accept(await browser.GetStringAsync(request.AuthorizeUrl, stop), request.AuthorizeUrl)!.Value;
        using var accepted = await browser.PostAsync(action, new FormUrlEncodedContent(fields), stop);
        return AuthorizePage.CodeOfPage(await accepted.Content.ReadAsStringAsync(stop))!;
    }

    public static OrderTicket Buy(decimal limit, string id = "matrix1", int shares = 10) =>
        new(id, Apple, ETrade.OrderAction.Buy, shares, OrderPriceType.Limit) { Limit = limit };

    public void Dispose() => Client.Dispose();

    sealed class CountingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        readonly List<string> _sent = [];

        public IReadOnlyList<string> Sent
        {
            get
            {
                lock (_sent) return [.. _sent];
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_sent) _sent.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
