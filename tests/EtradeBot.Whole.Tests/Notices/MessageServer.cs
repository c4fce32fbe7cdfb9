using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EtradeBot.App.Notices;

/// <summary>Answers on a free port as Slack's webhook, Twilio and Telegram document it, and keeps what came.</summary>
sealed class MessageServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<(long Id, long Chat, string Text)> _updates = new();
    long _update = 1000;

    MessageServer(WebApplication app) => _app = app;

    /// <summary>Bodies, as they came.</summary>
    public ConcurrentQueue<string> Slack { get; } = new();

    public ConcurrentQueue<string> Twilio { get; } = new();

    /// <summary>What the bot answered, with the chat.</summary>
    public ConcurrentQueue<(long Chat, string Text)> Answers { get; } = new();

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<MessageServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new MessageServer(app);
        app.MapPost("/services/T/B/x", async (HttpRequest request) => Kept(server.Slack, await Read(request), "ok"));
        app.MapPost("/2010-04-01/Accounts/{sid}/Messages.json", async (HttpRequest request) =>
        {
            server.Twilio.Enqueue(await Read(request));
            return Results.Json(new { code = 21211, message = "Invalid 'To' Phone Number: +15550000000", more_info = "https://www.twilio.com/docs/errors/21211", status = 400 }, statusCode: 400);
        });
        app.MapPost("/bot{token}/{method}", server.TelegramAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public void FromPhone(long chat, string text) => _updates.Enqueue((Interlocked.Increment(ref _update), chat, text));

    async Task<IResult> TelegramAsync(string method, HttpRequest request)
    {
        using var body = JsonDocument.Parse(await Read(request));
        if (method == "sendMessage") Answers.Enqueue((body.RootElement.GetProperty("chat_id").GetInt64(), body.RootElement.GetProperty("text").GetString()!));
        if (method != "getUpdates") return Results.Json(new { ok = true, result = new { message_id = 1 } });
        var offset = body.RootElement.TryGetProperty("offset", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt64() : 0;
        for (var wait = 0; wait < 20 && !_updates.Any(update => update.Id >= offset); wait++) await Task.Delay(100, request.HttpContext.RequestAborted);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Results.Json(new { ok = true, result = _updates.Where(update => update.Id >= offset).Select(update => new { update_id = update.Id, message = new { message_id = update.Id, date = now, chat = new { id = update.Chat, type = "private" }, from = new { id = update.Chat, first_name = "Ada" }, text = update.Text } }) });
    }

    static async Task<string> Read(HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync();

    static string Kept(ConcurrentQueue<string> queue, string body, string answer)
    {
        queue.Enqueue(body);
        return answer;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
