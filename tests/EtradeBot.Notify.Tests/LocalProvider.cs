using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EtradeBot.Notify;

/// <summary>A request as it arrived.</summary>
sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A provider's HTTP server on this machine: keeps every request and answers as it is told.</summary>
sealed class LocalProvider : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<Received> _requests = new();

    LocalProvider(WebApplication app, Func<Received, HttpContext, Task> answer)
    {
        _app = app;
        Answer = answer;
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var request = new Received(context.Request.Method, context.Request.Path, context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), body);
            _requests.Enqueue(request);
            await Answer(request, context);
        });
    }

    public Func<Received, HttpContext, Task> Answer { get; set; }

    public HttpClient Http { get; } = new();

    public IReadOnlyList<Received> Requests => [.. _requests];

    public Uri Url { get; private set; } = null!;

    /// <summary>Answers all with this.</summary>
    public static Task<LocalProvider> StartAsync(int status, string body, params (string Name, string Value)[] headers) => StartAsync(Saying(status, body, headers));

    public static async Task<LocalProvider> StartAsync(Func<Received, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new LocalProvider(app, answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        provider.Url = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return provider;
    }

    public static Func<Received, HttpContext, Task> Saying(int status, string body, params (string Name, string Value)[] headers) => async (_, context) =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        if (status != 204) await context.Response.WriteAsync(body);
    };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
