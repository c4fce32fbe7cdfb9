using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EtradeBot.Notify.Phone;

/// <summary>Telegram's side: hands updates out from the wanted number on, and keeps what the bot does.</summary>
sealed class TelegramServer : IAsyncDisposable
{
    readonly List<(long Id, string Json)> _updates = [];
    long _nextId = 1000;

    public LocalProvider Http { get; private init; } = null!;

    /// <summary>Texts the bot sent.</summary>
    public IReadOnlyList<string> Answers => [.. Calls("sendMessage").Select(call => call.GetProperty("text").GetString()!)];

    /// <summary>Numbers of messages the bot deleted.</summary>
    public IReadOnlyList<long> Deleted => [.. Calls("deleteMessage").Select(call => call.GetProperty("message_id").GetInt64())];

    /// <summary>In place of the updates.</summary>
    public string? Garbage { get; set; }

    public static async Task<TelegramServer> StartAsync()
    {
        TelegramServer server = null!;
        server = new() { Http = await LocalProvider.StartAsync((request, context) => server.AnswerAsync(request, context)) };
        return server;
    }

    /// <returns>The update's number.</returns>
    public long Says(long chat, string text, DateTimeOffset at, string type = "private", long? from = null) => Add($$"""
        "message":{"message_id":{{_nextId + 5}},"date":{{at.ToUnixTimeSeconds()}},"chat":{"id":{{chat}},"type":"{{type}}"},"from":{"id":{{from ?? chat}},"is_bot":false,"username":"owner_1"},"text":{{JsonSerializer.Serialize(text)}}}
        """);

    public long Add(string fields)
    {
        _updates.Add((_nextId, $$"""{"update_id":{{_nextId}},{{fields}}}"""));
        return _nextId++;
    }

    /// <summary>Hands an update out once more under its old number, as an attacker between would.</summary>
    public bool ReplaysEverything { get; set; }

    IEnumerable<JsonElement> Calls(string method) =>
        Http.Requests.Where(request => request.Path.EndsWith("/" + method, StringComparison.Ordinal)).Select(request => JsonDocument.Parse(request.Body).RootElement);

    Task AnswerAsync(Received request, HttpContext context)
    {
        if (!request.Path.EndsWith("/getUpdates", StringComparison.Ordinal)) return LocalProvider.Saying(200, """{"ok":true,"result":true}""")(request, context);
        var json = JsonDocument.Parse(request.Body).RootElement;
        var wanted = _updates.Where(update => ReplaysEverything || update.Id >= json.GetProperty("offset").GetInt64()).Take(json.GetProperty("limit").GetInt32()).Select(update => update.Json);
        return LocalProvider.Saying(200, Garbage ?? string.Create(CultureInfo.InvariantCulture, $$"""{"ok":true,"result":[{{string.Join(',', wanted)}}]}"""))(request, context);
    }

    public ValueTask DisposeAsync() => Http.DisposeAsync();
}
