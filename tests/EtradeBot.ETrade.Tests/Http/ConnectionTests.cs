using System.Net.Sockets;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>What becomes of requests whose connection fails. Real sockets: what they do by themselves is part of the answer.</summary>
public sealed class ConnectionTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Writes => ["place", "change", "cancel", "delete"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_kept_alive_connection_that_dies_under_a_request_does_not_make_it_leave_twice(string name)
    {
        // The first answer keeps the connection; on the second request the server reads it, perhaps carries it out, and is gone.
        await using var server = new RawServer(number => number == 1 ? RawReply.Json("{}") : RawReply.Cut);
        using var wired = new Wired(server.Url);
        await wired.SendAsync(Wired.Read);
        var failed = await wired.FailAsync(Write(name));
        Assert.Equal((BrokerFault.Unreachable, RequestFate.Unknown), (failed.Fault, failed.Fate));
        Assert.Contains("It may have been carried out all the same", failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_fresh_connection_that_dies_after_the_request_does_not_make_it_leave_twice(string name)
    {
        await using var server = new RawServer(_ => RawReply.Cut);
        using var wired = new Wired(server.Url);
        Assert.Equal(RequestFate.Unknown, (await wired.FailAsync(Write(name))).Fate);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_read_over_a_dead_connection_is_sent_again()
    {
        await using var server = new RawServer(number => number == 2 ? RawReply.Cut : RawReply.Json("{}"));
        using var wired = new Wired(server.Url);
        await wired.SendAsync(Wired.Read);
        Assert.Equal(200, (await AfterRetriesAsync(wired, wired.SendAsync(Wired.Read))).Status);
        Assert.True(server.Requests.Count >= 3);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Without_a_connection_nothing_was_sent(string name)
    {
        using var wired = new Wired(new Uri($"http://127.0.0.1:{FreePort()}"));
        var failed = await wired.FailAsync(Write(name));
        Assert.Equal((BrokerFault.Unreachable, RequestFate.NotSent), (failed.Fault, failed.Fate));
        Assert.StartsWith("Could not ", failed.Message, StringComparison.Ordinal);
        Assert.Contains("no connection to the broker", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_secure_connection_nothing_was_sent()
    {
        await using var server = new RawServer(_ => RawReply.Cut) { Greeting = "this is no TLS\r\n\r\n"u8.ToArray() };
        using var wired = new Wired(new UriBuilder(server.Url) { Scheme = "https" }.Uri);
        var failed = await wired.FailAsync(Wired.Place);
        Assert.Equal((BrokerFault.Unreachable, RequestFate.NotSent), (failed.Fault, failed.Fate));
        Assert.Contains("no secure connection", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_host_is_named_as_such()
    {
        using var wired = new Wired(new Uri("https://no-such-host.invalid"));
        var failed = await wired.FailAsync(Wired.Place);
        Assert.Equal(RequestFate.NotSent, failed.Fate);
        Assert.Contains("address cannot be found", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hal")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-")]
    [InlineData("")]
    public async Task An_answer_cut_off_leaves_an_order_in_doubt_and_a_read_to_be_repeated(string begun)
    {
        await using var server = new RawServer(number => number <= 2 ? RawReply.CutAfter(begun) : RawReply.Json("{}"));
        using var wired = new Wired(server.Url);
        Assert.Equal((BrokerFault.Unreachable, RequestFate.Unknown), await FateOf(wired, Wired.Place));
        Assert.Single(server.Requests);
        Assert.Equal(200, (await AfterRetriesAsync(wired, wired.SendAsync(Wired.Read))).Status);
    }

    [Theory]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/9.9 nonsense\r\n\r\n")]
    public async Task What_is_not_http_leaves_an_order_in_doubt(string answer)
    {
        await using var server = new RawServer(_ => RawReply.Of(answer));
        using var wired = new Wired(server.Url);
        Assert.Equal((BrokerFault.UnexpectedReply, RequestFate.Unknown), await FateOf(wired, Wired.Place));
        Assert.Equal((BrokerFault.UnexpectedReply, RequestFate.Refused), await FateOf(wired, Wired.Read));
    }

    [Fact]
    public async Task A_damaged_compressed_answer_leaves_an_order_in_doubt()
    {
        await using var server = new RawServer(_ => RawReply.Of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"));
        using var wired = new Wired(server.Url);
        Assert.Equal((BrokerFault.UnexpectedReply, RequestFate.Unknown), await FateOf(wired, Wired.Place));
    }

    [Fact]
    public async Task An_order_without_an_answer_in_time_is_in_doubt()
    {
        await using var server = new RawServer(_ => RawReply.Silence);
        using var wired = new Wired(server.Url);
        var failing = wired.FailAsync(Wired.Place);
        await server.ArrivedAsync(Stop);
        wired.Time.Advance(TimeSpan.FromSeconds(15));
        var failed = await failing;
        Assert.Equal((BrokerFault.Unreachable, RequestFate.Unknown), (failed.Fault, failed.Fate));
        Assert.Contains("no answer within 15 s", failed.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_read_without_an_answer_in_time_is_sent_again()
    {
        await using var server = new RawServer(_ => RawReply.Silence);
        using var wired = new Wired(server.Url);
        var failing = wired.FailAsync(Wired.Read);
        for (var i = 1; i <= 2; i++)
        {
            await server.ArrivedAsync(Stop);
            wired.Time.Advance(TimeSpan.FromSeconds(15));
            if (i == 1) await wired.Time.PassAsync(TimeSpan.FromSeconds(1), Stop);
        }
        wired.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((BrokerFault.Unreachable, RequestFate.Refused), ((await failing).Fault, (await failing).Fate));
    }

    [Fact]
    public async Task Giving_up_on_an_order_under_way_says_that_it_is_in_doubt_and_on_a_read_nothing()
    {
        await using var server = new RawServer(_ => RawReply.Silence);
        using var wired = new Wired(server.Url);
        using var giveUp = new CancellationTokenSource();
        var placing = wired.Transport.SendAsync(Wired.Place, giveUp.Token);
        var reading = wired.Transport.SendAsync(Wired.Read, giveUp.Token);
        await server.ArrivedAsync(Stop);
        await server.ArrivedAsync(Stop);
        giveUp.Cancel();
        Assert.Equal(RequestFate.Unknown, (await Assert.ThrowsAsync<BrokerException>(() => placing)).Fate);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wired.Transport.SendAsync(Wired.Place, giveUp.Token));
    }

    static ETradeCall Write(string name) => name switch
    {
        "place" => Wired.Place,
        "change" => Wired.ChangePlace,
        "cancel" => Wired.Cancel,
        _ => Wired.DeleteAlerts,
    };

    static async Task<(BrokerFault, RequestFate)> FateOf(Wired wired, ETradeCall call)
    {
        var failed = await wired.FailAsync(call);
        return (failed.Fault, failed.Fate);
    }

    /// <summary>Sockets may repeat a read at once by themselves; else the wait before the first retry is let pass.</summary>
    static async Task<ETradeReply> AfterRetriesAsync(Wired wired, Task<ETradeReply> reading)
    {
        await Task.WhenAny(reading, wired.Time.PassAsync(TimeSpan.FromSeconds(1), Stop));
        return await reading;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
