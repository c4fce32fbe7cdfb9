using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EtradeBot.ETrade.Http;

/// <summary>What a raw server does with a request.</summary>
sealed record RawReply(byte[] Bytes, bool Cuts)
{
    /// <summary>No answer, and the connection stays open.</summary>
    public static readonly RawReply Silence = new([], false);

    /// <summary>No answer, and the connection is cut.</summary>
    public static readonly RawReply Cut = new([], true);

    public static RawReply Of(string text) => new(Encoding.UTF8.GetBytes(text), false);

    public static RawReply CutAfter(string text) => new(Encoding.UTF8.GetBytes(text), true);

    public static RawReply Json(string json) => Of($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
}

/// <summary>Reads requests off a socket and does with each what the test says: for what no proper server does.</summary>
sealed class RawServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly ConcurrentBag<TcpClient> _clients = [];
    readonly SemaphoreSlim _arrivals = new(0);
    readonly Func<int, RawReply> _reply;
    readonly Task _accepting;
    int _requests;

    /// <param name="reply">By the number of the request, from 1.</param>
    public RawServer(Func<int, RawReply> reply)
    {
        _reply = reply;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}");

    /// <summary>Whole requests that arrived, over all connections.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Sent to each connection as soon as it is there; it is cut then.</summary>
    public byte[]? Greeting { get; init; }

    /// <summary>Waits for one more request.</summary>
    public Task ArrivedAsync(CancellationToken stop) => _arrivals.WaitAsync(stop);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var client in _clients) client.Dispose();
        await _accepting;
        _arrivals.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of the test; a listener stopped between two calls of Accept says "not listening".
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            if (Greeting is not null) await stream.WriteAsync(Greeting);
            while (Greeting is null && await ReadRequestAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                var reply = _reply(Interlocked.Increment(ref _requests));
                _arrivals.Release();
                await stream.WriteAsync(reply.Bytes);
                if (reply.Cuts) break;
            }
            client.Close();
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException)
        {
            // The client went away, or the test ended.
        }
    }

    static async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var request = text.ToString();
            var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && request.Length >= head + 4 + LengthIn(request[..head])) return request;
            var read = await stream.ReadAsync(buffer);
            if (read == 0) return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }

    static int LengthIn(string head)
    {
        const string name = "Content-Length: ";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head[(at + name.Length)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
