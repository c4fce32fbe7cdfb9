using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Simulator.Hosting;

/// <summary>The same without sockets.</summary>
public sealed class SimulatorHandlerTests : IDisposable
{
    readonly Desk _desk = Desk.LoggedIn();
    readonly HttpClient _http;

    public SimulatorHandlerTests() => _http = new HttpClient(new SimulatorHandler(_desk.Broker, _desk.Wall)) { BaseAddress = SimulatorHandler.BaseUrl, Timeout = Timeout.InfiniteTimeSpan };

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    HttpRequestMessage Signed(string path)
    {
        var url = new Uri(SimulatorHandler.BaseUrl, path);
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Authorization", Signer.Header(_desk.Signer.Parameters("GET", url.AbsoluteUri, _desk.Stamp())));
        return request;
    }

    [Fact]
    public async Task Requests_and_answers_pass_as_over_the_wire()
    {
        using var reply = await _http.SendAsync(Signed("/v1/market/quote/AAPL%2CMSFT.json?detailFlag=ALL"), Stop);
        Assert.Equal("application/json", reply.Content.Headers.ContentType!.MediaType);
        Assert.Contains("QuoteResponse", await reply.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var control = await _http.PostAsync("/sim/faults", new StringContent("""{"name":"slow"}"""), Stop);
        Assert.Single(_desk.Broker.Faults);
    }

    [Fact]
    public async Task Cuts_come_as_broken_connections()
    {
        _desk.Broker.AddFault(new Fault("reset") { Value = 5, Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(async () => await _http.SendAsync(Signed("/v1/accounts/list"), Stop));
        _desk.Broker.AddFault(new Fault("refuse-connection"));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await _http.SendAsync(Signed("/v1/accounts/list"), Stop));
        using var reply = await _http.SendAsync(Signed("/v1/accounts/list"), Stop);
        Assert.True(reply.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("drip")]
    public async Task Delays_pass_with_the_clock_of_the_test(string fault)
    {
        _desk.Broker.AddFault(new Fault(fault));
        var slow = _http.SendAsync(Signed("/v1/accounts/list"), Stop);
        Assert.False(slow.IsCompleted);
        while (!slow.IsCompleted)
        {
            _desk.Pass(0.5);
            await Task.Yield();
        }
        Assert.Contains("AccountListResponse", await (await slow).Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_ends_when_the_customer_gives_up()
    {
        _desk.Broker.AddFault(new Fault("lost-answer"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var lost = _http.SendAsync(Signed("/v1/accounts/list"), patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await lost);
    }
}
