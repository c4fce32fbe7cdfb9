using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EtradeBot.App.Feeds.History;

/// <summary>A data service on a loopback port that answers what the test says.</summary>
sealed class HistoryServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<HttpRequestLine> _requests = new();
    int _underWay;
    int _mostUnderWay;

    HistoryServer(Func<HttpContext, Task> answer)
    {
        Answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Func<HttpContext, Task> Answer { get; set; }

    public Uri Url { get; private set; } = null!;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<HttpRequestLine> Requests => [.. _requests];

    public int MostUnderWay => _mostUnderWay;

    public static Task<HistoryServer> StartAsync(string body, int status = 200) => StartAsync(context => Text(context, body, status));

    public static async Task<HistoryServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var server = new HistoryServer(answer);
        await server._app.StartAsync();
        server.Url = new Uri(server._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return server;
    }

    public static async Task Text(HttpContext context, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Says that the whole body comes, sends a part of it and breaks the connection.</summary>
    public static async Task CutShort(HttpContext context, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task HandleAsync(HttpContext context)
    {
        _requests.Enqueue(new HttpRequestLine(context.Request.Path, context.Request.QueryString.Value ?? "", context.Request.Headers.Authorization.ToString(), context.Request.Headers.UserAgent.ToString()));
        var underWay = Interlocked.Increment(ref _underWay);
        for (var most = _mostUnderWay; underWay > most && Interlocked.CompareExchange(ref _mostUnderWay, underWay, most) != most; most = _mostUnderWay)
        {
        }
        try
        {
            await Answer(context);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}

/// <summary>What a request said.</summary>
sealed record HttpRequestLine(string Path, string Query, string Authorization, string UserAgent);
