using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EtradeBot.ETrade.Http;

/// <summary>What arrived.</summary>
/// <param name="Target">Path and query as they stood in the request line.</param>
sealed record Arrival(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Authorization => Headers.GetValueOrDefault("Authorization", "");

    /// <summary>A parameter of the Authorization header, unescaped.</summary>
    public string OAuth(string name)
    {
        var start = Authorization.IndexOf($"{name}=\"", StringComparison.Ordinal);
        if (start < 0) return "";
        start += name.Length + 2;
        return Uri.UnescapeDataString(Authorization[start..Authorization.IndexOf('"', start)]);
    }
}

/// <summary>What is sent back.</summary>
sealed record Answer(int Status, string Body = "", string Type = "application/json")
{
    public static Answer Json(string body) => new(200, body);

    public static Answer OAuthProblem(string problem) => new(401, $"<!doctype html><html><body><h1>HTTP Status 401</h1><p><b>Message</b> oauth_problem={problem}</p></body></html>", "text/html;charset=utf-8");
}

/// <summary>A real HTTP server on a free port of this machine.</summary>
sealed class LoopbackServer : IAsyncDisposable
{
    readonly WebApplication _app;

    LoopbackServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public ConcurrentQueue<Arrival> Arrivals { get; } = new();

    public static Task<LoopbackServer> StartAsync(Func<Arrival, Answer> reply) => StartAsync(arrival => Task.FromResult(reply(arrival)));

    public static async Task<LoopbackServer> StartAsync(Func<Arrival, Task<Answer>> reply)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var server = new LoopbackServer(app);
        app.Run(context => server.HandleAsync(context, reply));
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task HandleAsync(HttpContext context, Func<Arrival, Task<Answer>> reply)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var arrival = new Arrival(context.Request.Method, target, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), body);
        Arrivals.Enqueue(arrival);
        var answer = await reply(arrival);
        context.Response.StatusCode = answer.Status;
        if (answer.Status == 204) return;
        context.Response.ContentType = answer.Type;
        await context.Response.WriteAsync(answer.Body);
    }
}
