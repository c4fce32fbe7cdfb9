using System.Net;
using System.Net.WebSockets;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>What a page of somebody else can do from the browser of this machine, before any user is set up: nothing.</summary>
public sealed class ForeignPageTests : IAsyncLifetime
{
    RunningServer _server = null!;
    Visitor _visitor = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _visitor = _server.Visit();
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("10.0.0.1")]
    public async Task A_foreign_name_pointed_at_this_machine_gets_nothing(string host)
    {
        foreach (var path in new[] { "/", "/health", "/app.css", "/watchlist.txt" })
        {
            using var answer = await _visitor.GetAsync(path, ("Host", host));
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Own_names_are_answered(string name)
    {
        using var answer = await _visitor.GetAsync("/", ("Host", $"{name}:{_server.Address.Port}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost")]
    [InlineData("")]
    public async Task A_forged_post_is_refused(string origin)
    {
        foreach (var path in new[] { "/logout", "/", "/_blazor/negotiate?negotiateVersion=1", "/_blazor/disconnect" })
        {
            using var answer = await _visitor.PostAsync(path, [], ("Origin", origin));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("")]
    public async Task A_forged_socket_is_refused(string origin)
    {
        using var socket = new ClientWebSocket();
        if (origin.Length > 0) socket.Options.SetRequestHeader("Origin", origin);
        var problem = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Socket, Stop));
        Assert.Contains("403", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_own_page_gets_its_socket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", _visitor.Origin);
        await socket.ConnectAsync(Socket, Stop);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Nothing_is_drawn_into_another_page(string site)
    {
        using var answer = await _visitor.GetAsync("/watchlist.txt", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_from_elsewhere_opens_the_page()
    {
        using var answer = await _visitor.GetAsync("/", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/backtest")]
    [InlineData("/scanner")]
    [InlineData("/settings")]
    public async Task Pages_forbid_foreign_and_inline_scripts_frames_and_keeping(string path)
    {
        using var answer = await _visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(AnswerHeaders.Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        foreach (var name in new[] { "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy" }) Assert.True(answer.Headers.Contains(name), name);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)(?![^>]*type=\"application/json\")", html);
        Assert.DoesNotMatch("<[^>]+\\son[a-z]+=\"", html);
        Assert.DoesNotMatch("(?:src|href)=\"(?:https?:)?//", html);
        Assert.DoesNotContain("javascript:", html, StringComparison.OrdinalIgnoreCase);
    }

    Uri Socket => new($"ws://{_server.Address.Authority}/_blazor");
}
