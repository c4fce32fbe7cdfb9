using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>An open page without its browser: speaks to the server over the page's own socket, so it can press what a browser would not show.</summary>
sealed partial class Circuit : IAsyncDisposable
{
    const long VoidResult = 3;

    /// <summary>Far more than any answer ever takes.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    readonly ClientWebSocket _socket = new();
    readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _calls = new();
    readonly ConcurrentDictionary<long, string> _handlers = new();
    readonly ConcurrentQueue<RenderBatch> _drawn = new();
    readonly TaskCompletionSource<long> _dispatcher = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SemaphoreSlim _oneSender = new(1);
    readonly SemaphoreSlim _news = new(0);
    Task _listening = Task.CompletedTask;
    int _lastCall;
    volatile bool _isOver;

    /// <summary>The server has ended it, or something on the page has failed.</summary>
    public bool IsOver
    {
        get => _isOver;
        private set => _isOver = value;
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What can be pressed at the moment: its number and its event.</summary>
    public IReadOnlyList<(long Id, string Event)> Handlers => [.. _handlers.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];

    /// <summary>Opens a page as its scripts would. Returns once it can be pressed.</summary>
    public static async Task<Circuit> OpenAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        var circuit = new Circuit();
        circuit._socket.Options.SetRequestHeader("Origin", visitor.Origin);
        circuit._socket.Options.Cookies = visitor.Cookies;
        await circuit._socket.ConnectAsync(new Uri(visitor.Origin.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor"), Stop);
        await circuit.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"));
        circuit._listening = circuit.ListenAsync();
        var state = State().Match(html).Groups[1].Value;
        await circuit.CallAsync("StartCircuit", visitor.Origin + "/", visitor.Origin + path, "[]", state);
        var parts = Marker().Matches(html).Select((match, i) => string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"add\",\"ssrComponentId\":{i + 1},\"marker\":{match.Groups[1].Value}}}"));
        await circuit.SendAsync(BlazorPack.Call(null, "UpdateRootComponents", $"{{\"batchId\":1,\"operations\":[{string.Join(',', parts)}]}}", state));
        await circuit._dispatcher.Task.WaitAsync(Longest, Stop);
        await circuit.UntilAsync(() => circuit._handlers.Values.Contains("onclick"));
        return circuit;
    }

    /// <summary>Returns when the handler, with all it waits for, is over.</summary>
    /// <returns>False where there is no such handler any more.</returns>
    public async Task<bool> RaiseAsync(long handler, string name, string arguments)
    {
        var id = Interlocked.Increment(ref _lastCall).ToString(CultureInfo.InvariantCulture);
        var done = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var json = string.Create(CultureInfo.InvariantCulture, $"[{{\"eventHandlerId\":{handler},\"eventName\":\"{name}\"}},{arguments}]");
        await SendAsync(BlazorPack.Call(null, "BeginInvokeDotNetFromJS", id, null, "DispatchEventAsync", await _dispatcher.Task.WaitAsync(Longest, Stop), json));
        return await done.Task.WaitAsync(Longest, Stop);
    }

    /// <summary>Presses everything that is there and what comes up by it, each once: buttons as the keyboard would.</summary>
    /// <param name="isEnough">Ends it early.</param>
    /// <returns>How many answered.</returns>
    public async Task<int> PressAllAsync(Func<bool>? isEnough = null)
    {
        var pressed = new HashSet<long>();
        var answered = 0;
        while (Handlers.FirstOrDefault(one => !pressed.Contains(one.Id)) is { Id: > 0 } next && pressed.Count < 2000 && isEnough?.Invoke() != true)
        {
            Assert.False(IsOver, $"a press ended the page, before {next.Event}");
            pressed.Add(next.Id);
            var name = next.Event[2..];
            if (await RaiseAsync(next.Id, name, name is "change" or "input" ? "{\"value\":\"1\"}" : name.StartsWith("key", StringComparison.Ordinal) ? "{\"type\":\"keydown\",\"key\":\"Enter\"}" : $"{{\"type\":\"{name}\"}}")) answered++;
        }
        return answered;
    }

    /// <summary>Returns when the page has been told this.</summary>
    public Task UntilAsync(string words) => UntilAsync(() => _drawn.Any(batch => batch.Says(words)));

    async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.False(_isOver, "the server has ended the circuit");
            Assert.True(await _news.WaitAsync(Longest, Stop), "the page was never told");
        }
    }

    async Task CallAsync(string target, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastCall).ToString(CultureInfo.InvariantCulture);
        var done = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(BlazorPack.Call(id, target, arguments));
        Assert.True(await done.Task.WaitAsync(Longest, Stop), $"{target} was refused");
    }

    async Task SendAsync(byte[] message)
    {
        await _oneSender.WaitAsync(Stop);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, Stop);
        }
        finally
        {
            _oneSender.Release();
        }
    }

    async Task ListenAsync()
    {
        var isGreeted = false;
        var kept = new List<byte>();
        var buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), Stop);
                if (part.MessageType == WebSocketMessageType.Close) break;
                kept.AddRange(buffer.AsSpan(0, part.Count));
                if (!part.EndOfMessage) continue;
                var bytes = kept.ToArray().AsMemory();
                kept.Clear();
                // The first answer is a text that ends in a separator; messages may follow it at once.
                if (!isGreeted) bytes = bytes[(bytes.Span.IndexOf((byte)0x1e) + 1)..];
                isGreeted = true;
                foreach (var message in BlazorPack.Messages(bytes)) await HearAsync(message);
            }
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Closed by either side, which ends all waiting below.
        }
        End();
    }

    void End()
    {
        IsOver = true;
        _news.Release();
        foreach (var waiting in _calls.Values) waiting.TrySetResult(false);
        _dispatcher.TrySetCanceled();
    }

    async Task HearAsync(object?[] message)
    {
        switch (message)
        {
            case [1L, _, _, "JS.RenderBatch", object?[] and [long number, byte[] bytes], ..]:
                Draw(new RenderBatch(bytes));
                await SendAsync(BlazorPack.Call(null, "OnRenderCompleted", number, null));
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] and [_, string { } name, string json, ..], ..] when name.EndsWith("attachWebRendererInterop", StringComparison.Ordinal):
                _dispatcher.TrySetResult(JsonDocument.Parse(json).RootElement[1].GetProperty("__dotNetObject").GetInt64());
                break;
            // A script that gives nothing back has done its work at once; others are never answered, as by a page that is busy.
            case [1L, _, _, "JS.BeginInvokeJS", object?[] and [long script, string, string, VoidResult, ..], ..]:
                await SendAsync(BlazorPack.Call(null, "EndInvokeJSFromDotNet", script, true, string.Create(CultureInfo.InvariantCulture, $"[{script},true,null]")));
                break;
            case [1L, _, _, "JS.EndInvokeDotNet", object?[] and [string id, bool isDone, ..], ..] when _calls.TryRemove(id, out var call):
                call.TrySetResult(isDone);
                break;
            case [1L, _, _, "JS.Error", ..]:
                End();
                break;
            case [3L, _, string id, long kind, ..] when _calls.TryRemove(id, out var call):
                call.TrySetResult(kind != 1);
                break;
        }
    }

    void Draw(RenderBatch batch)
    {
        foreach (var (id, name) in batch.Handlers()) _handlers[id] = name;
        foreach (var gone in batch.Gone()) _handlers.TryRemove(gone, out _);
        _drawn.Enqueue(batch);
        _news.Release();
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _listening;
        _socket.Dispose();
        _oneSender.Dispose();
        _news.Dispose();
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
