using System.Collections.Concurrent;

namespace EtradeBot.Browser;

/// <summary>Notes what no page may do: errors in its console, failed requests, and any word to another host.</summary>
sealed class PageWatch
{
    readonly ConcurrentQueue<string> _complaints = [];
    readonly List<string> _expected = [];
    readonly List<string> _hosts = [];

    public PageWatch(IBrowserContext context)
    {
        context.Console += (_, message) => NoteIf(message.Type == "error", $"console: {message.Text} ({message.Location})");
        context.WebError += (_, problem) => Note($"script: {problem.Error}");
        context.Request += (_, request) => NoteIf(IsForeign(request.Url), $"another host: {request.Url}");
        // A request that the page itself gave up, by going elsewhere, is no failure.
        context.RequestFailed += (_, request) => NoteIf(request.Failure != "net::ERR_ABORTED", $"request: {request.Url} {request.Failure}");
        context.Page += (_, page) => page.WebSocket += (_, socket) => NoteIf(IsForeign(socket.Url), $"another host: {socket.Url}");
    }

    public IEnumerable<string> Complaints => _complaints.Where(complaint => !_expected.Any(part => complaint.Contains(part, StringComparison.Ordinal)));

    /// <summary>The program's own address: the only one that may be asked.</summary>
    public void AllowHost(string address) => _hosts.Add(new Uri(address).Authority);

    /// <summary>This test causes complaints with these words on purpose.</summary>
    public void Expect(params string[] parts) => _expected.AddRange(parts);

    bool IsForeign(string url) => url.StartsWith("http", StringComparison.Ordinal) || url.StartsWith("ws", StringComparison.Ordinal) ? !_hosts.Contains(new Uri(url).Authority) : false;

    void NoteIf(bool isWrong, string complaint)
    {
        if (isWrong) Note(complaint);
    }

    void Note(string complaint) => _complaints.Enqueue(complaint);
}
