using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Simulator.Hosting;

/// <summary>Real HTTP over loopback.</summary>
public sealed class SimulatorServerTests : IAsyncLifetime
{
    readonly Desk _desk = Desk.LoggedIn();
    readonly List<Exception> _failures = [];
    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    SimulatorServer _server = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await SimulatorServer.StartAsync(_desk.Broker, 0, _desk.Wall, _failures.Add);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Assert.Empty(_failures);
    }

    HttpRequestMessage Signed(HttpMethod method, string path)
    {
        var url = new Uri(_server.BaseUrl, path);
        var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation("Authorization", Signer.Header(_desk.Signer.Parameters(method.Method, url.AbsoluteUri, _desk.Stamp())));
        return request;
    }

    [Theory]
    [InlineData("v1/accounts/list.json", "application/json")]
    [InlineData("v1/market/quote/AAPL,MSFT?detailFlag=ALL", "application/xml")]
    [InlineData("v1/market/quote/AAPL%2CMSFT", "application/xml")]
    [InlineData("v1/market/quote/AAPL:2026:3:20:CALL:240.json?detailFlag=OPTIONS", "application/json")]
    public async Task Escapes_and_the_port_arrive_as_they_were_signed(string path, string type)
    {
        using var reply = await _http.SendAsync(Signed(HttpMethod.Get, path), Stop);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(type, reply.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_accept_header_chooses_json()
    {
        var request = Signed(HttpMethod.Get, "v1/accounts/list");
        request.Headers.Accept.ParseAdd("application/json");
        using var reply = await _http.SendAsync(request, Stop);
        Assert.Equal("application/json", reply.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Orders_come_over_the_wire_and_empty_lists_are_204()
    {
        var path = $"v1/accounts/{_desk.MarginKey}/orders";
        using var empty = await _http.SendAsync(Signed(HttpMethod.Get, path), Stop);
        Assert.Equal((HttpStatusCode.NoContent, 0), (empty.StatusCode, (await empty.Content.ReadAsByteArrayAsync(Stop)).Length));
        var request = Signed(HttpMethod.Post, path + "/preview");
        request.Content = new StringContent(new OrderText("BUY", "AAPL", 3).Preview(), Encoding.UTF8, "application/xml");
        using var preview = await _http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
    }

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        Assert.Equal("127.0.0.1", _server.BaseUrl.Host);
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), Stop)).Where(address => !IPAddress.IsLoopback(address));
        foreach (var address in others)
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(address, _server.BaseUrl.Port, Stop));
        }
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_remedy()
    {
        var problem = await Assert.ThrowsAsync<IOException>(async () => await SimulatorServer.StartAsync(_desk.Broker, _server.BaseUrl.Port, _desk.Wall, _ => { }));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"port {_server.BaseUrl.Port} on 127.0.0.1 is taken by another program: stop that program, or choose another port with --port"), problem.Message);
    }

    [Fact]
    public async Task A_lost_answer_hangs_until_the_customer_gives_up_while_others_are_served()
    {
        _desk.Broker.AddFault(new Fault("lost-answer") { Call = "accounts" });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var lost = _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), patience.Token);
        while (_desk.Broker.Faults.Count > 0) await Task.Yield();
        using var other = await _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), Stop);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.False(lost.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lost);
    }

    [Fact]
    public async Task A_reset_before_the_first_byte_is_a_broken_connection()
    {
        _desk.Broker.AddFault(new Fault("reset"));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), Stop));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(400)]
    public async Task A_reset_in_the_body_delivers_just_so_many_bytes(int bytes)
    {
        var whole = await (await _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), Stop)).Content.ReadAsByteArrayAsync(Stop);
        _desk.Broker.AddFault(new Fault("reset") { Value = bytes });
        using var reply = await _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var body = await reply.Content.ReadAsStreamAsync(Stop);
        var read = new byte[bytes];
        await body.ReadExactlyAsync(read, Stop);
        Assert.Equal(whole[..bytes], read);
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1], Stop));
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("drip")]
    public async Task Slow_and_dripping_answers_come_whole_as_the_clock_goes_on(string fault)
    {
        var whole = await (await _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), Stop)).Content.ReadAsByteArrayAsync(Stop);
        _desk.Broker.AddFault(new Fault(fault));
        var slow = _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), Stop);
        while (_desk.Broker.Faults.Count > 0) await Task.Yield();
        while (!slow.IsCompleted)
        {
            _desk.Pass(0.25);
            await Task.Yield();
        }
        Assert.Equal(whole, await (await slow).Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Stopping_gives_up_answers_that_hang()
    {
        _desk.Broker.AddFault(new Fault("lost-answer"));
        var lost = _http.SendAsync(Signed(HttpMethod.Get, "v1/accounts/list"), Stop);
        while (_desk.Broker.Faults.Count > 0) await Task.Yield();
        await _server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(async () => await lost);
    }

    [Theory]
    [InlineData("GET http://127.0.0.1:1/sim/clock HTTP/1.1\r\nHost: 127.0.0.1:1\r\n")]
    [InlineData("GET /%zz/%00 HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("GET /v1/accounts/list HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: OAuth \u0001=\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("BREW / HTTP/1.1\r\nHost: x\r\n")]
    [InlineData("nonsense\r\n")]
    [InlineData("POST /v1/accounts/x/orders/preview HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n")]
    public async Task Whatever_bytes_come_an_http_answer_goes_back(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _server.BaseUrl.Port, Stop);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request + "Connection: close\r\n\r\n"), Stop);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 ", await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
    }
}
