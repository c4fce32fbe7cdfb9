using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>A transport on a server of the test, logged in, under a clock of the test.</summary>
sealed class Wired : IDisposable
{
    public const string TokenText = "Qm+3vT/8rXk1LzYp0sWdNcB7eHuJ5gAoF2iVtR9xK4M=";

    public static readonly ETradeCall Read = new(HttpMethod.Get, ETradeModule.Accounts, "/accounts/list.json", "list the accounts");
    public static readonly ETradeCall Quote = new(HttpMethod.Get, ETradeModule.Market, "/market/quote/AAPL.json", "get quotes");
    public static readonly ETradeCall Place = Order("/accounts/k/orders/place.json", "place the order");
    public static readonly ETradeCall Preview = Order("/accounts/k/orders/preview.json", "preview the order");
    public static readonly ETradeCall Cancel = Order("/accounts/k/orders/cancel.json", "cancel the order") with { Method = HttpMethod.Put };
    public static readonly ETradeCall ChangePlace = Order("/accounts/k/orders/7/change/place.json", "change the order") with { Method = HttpMethod.Put };
    public static readonly ETradeCall DeleteAlerts = new(HttpMethod.Delete, ETradeModule.User, "/user/alerts/1,2.json", "delete alerts");

    public Wired(Uri url, Func<ETradeOptions, ETradeOptions>? change = null)
    {
        var options = Options(url, Time);
        options = change?.Invoke(options) ?? options;
        Session = new ETradeSession(options, new AccessToken(TokenText, "nV7/+q2Zs9LkT4eBwR8cXyH3uJ6mPd1gFoA0iK5vN2E=", Time.GetUtcNow()));
        Transport = new ETradeTransport(options, Session);
    }

    public WatchedTime Time { get; } = new();

    public ETradeSession Session { get; }

    public ETradeTransport Transport { get; }

    public static ETradeOptions Options(Uri url, TimeProvider time) => new()
    {
        Environment = ETradeEnvironment.Simulator,
        Consumer = new ConsumerKey("b7d1f0a94c2e48f6a1c35e9d70b82f14", "4e/9c+aa71=0d2b"),
        BaseUrl = url,
        Time = time,
        Jitter = () => 1,
    };

    /// <summary>A call that waits for a clock that nobody moves fails the test instead of stopping it.</summary>
    public Task<ETradeReply> SendAsync(ETradeCall call) => Transport.SendAsync(call, TestContext.Current.CancellationToken).WaitAsync(WatchedTime.Patience);

    public Task<BrokerException> FailAsync(ETradeCall call) => Assert.ThrowsAsync<BrokerException>(() => SendAsync(call));

    public void Dispose()
    {
        Transport.Dispose();
        Session.Dispose();
    }

    static ETradeCall Order(string path, string what) =>
        new(HttpMethod.Post, ETradeModule.Orders, path, what) { Body = "<PlaceOrderRequest/>", Priority = CallPriority.Order };
}
