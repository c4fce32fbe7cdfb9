using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EtradeBot.ETrade.Http;

/// <summary>Hosts, sockets and signature of one client: what the login and the other calls have in common.</summary>
sealed class ETradeWire : IDisposable
{
    static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10);
    static readonly string UserAgent = $"etrade-bot/{typeof(ETradeWire).Assembly.GetName().Version?.ToString(3)}";

    /// <exception cref="ArgumentException">No key, or an address that must not be used; in words for the owner.</exception>
    public ETradeWire(ETradeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Consumer.Key) || string.IsNullOrWhiteSpace(options.Consumer.Secret))
            throw new ArgumentException("Consumer key or secret is empty: set both for the environment in use.");
        Hosts = ETradeHosts.For(options);
        Attempts = new AttemptHandler(options)
        {
            InnerHandler = new SigningHandler(options.Consumer, options.Time) { InnerHandler = options.Transport?.Invoke() ?? Sockets(options) },
        };
    }

    public ETradeHosts Hosts { get; }

    /// <summary>Sends one attempt. Belongs to this wire: a pipeline on top of it must not dispose of it.</summary>
    public HttpMessageHandler Attempts { get; }

    public HttpRequestMessage Request(CallState state)
    {
        var call = state.Call;
        var request = new HttpRequestMessage(call.Method, Hosts.UrlOf(call))
        {
            // HTTP/2 shares a connection among requests, and what a broken one had carried out is harder to tell.
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = state.Content,
        };
        if (state.Content is { } content && call.Body is not null) content.Headers.ContentType = new MediaTypeHeaderValue(call.BodyType, "utf-8");
        request.Headers.UserAgent.ParseAdd(UserAgent);
        request.Headers.Accept.ParseAdd(call.Module == ETradeModule.OAuth ? "*/*" : "application/json");
        state.Attach(request);
        return request;
    }

    /// <summary>Every request but a GET gets a body, an empty one if need be: see <see cref="WatchedContent"/>.</summary>
    public static CallState StateOf(ETradeCall call) =>
        new(call) { Content = call.IsRead ? null : new WatchedContent(Encoding.UTF8.GetBytes(call.Body ?? "")) };

    public void Dispose() => Attempts.Dispose();

    static SocketsHttpHandler Sockets(ETradeOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        ConnectTimeout = options.AttemptTimeout < LongestConnect ? options.AttemptTimeout : LongestConnect,
        // Connections that rest longer are often dead at the other end already; reopened ones follow a change of address.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ActivityHeadersPropagator = null,
    };
}
