using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Protocol;

public sealed class ControlTests
{
    readonly Desk _desk = Desk.LoggedIn();

    [Fact]
    public void Faults_are_set_listed_and_taken_back()
    {
        var one = _desk.Plain("POST", "/sim/faults", """{"name":"lost-answer","call":"place","times":null}""");
        Assert.Equal(200, one.Status);
        var two = _desk.Plain("POST", "/sim/faults", """[{"name":"spike","symbol":"AAPL","value":2,"seconds":60},{"name":"slow","skip":1,"times":3,"probability":0.5}]""");
        Assert.Equal(2, two.Json.GetArrayLength());
        Assert.Equal(3, _desk.Plain("GET", "/sim/faults").Json.GetArrayLength());
        Assert.Equal(new Fault("lost-answer") { Id = one.At(0, "id").GetInt32(), Call = "place", Times = null }, _desk.Broker.Faults[0]);
        Assert.Equal(2, _desk.Plain("DELETE", $"/sim/faults/{two.At(0, "id").GetInt32()}").Json.GetArrayLength());
        Assert.Equal(404, _desk.Plain("DELETE", "/sim/faults/99").Status);
        Assert.Equal(0, _desk.Plain("DELETE", "/sim/faults").Json.GetArrayLength());
        Assert.Empty(_desk.Broker.Faults);
    }

    [Theory]
    [InlineData("""{"name":"lost-anser"}""", "Did you mean 'lost-answer'?")]
    [InlineData("""{"name":"lost-answer","call":"plaec"}""", "Did you mean 'place'?")]
    [InlineData("""{"name":"lost-answer","tims":1}""", "Did you mean 'times'?")]
    [InlineData("""{"name":"malformed","text":"truncatd"}""", "Did you mean 'truncated'?")]
    [InlineData("""{"name":"lost-answer","times":0}""", "times must be 1 or more")]
    [InlineData("""{"name":"lost-answer","times":"x"}""", "times must be a whole number")]
    [InlineData("""{"name":"lost-answer","probability":2}""", "probability must be 0 to 1")]
    [InlineData("""{"name":"halt","symbol":"a b"}""", "is not a ticker")]
    [InlineData("""[{"name":"lost-answer"},7]""", "a fault is an object")]
    [InlineData("{", "not well-formed JSON")]
    [InlineData("{}", "needs a name")]
    public void A_wrong_fault_is_refused_with_what_was_meant(string body, string words)
    {
        var reply = _desk.Plain("POST", "/sim/faults", body);
        Assert.Equal(400, reply.Status);
        Assert.Contains(words, reply.At("error").GetString(), StringComparison.Ordinal);
        Assert.Empty(_desk.Broker.Faults);
    }

    [Fact]
    public void The_clock_can_be_stopped_set_forward_and_made_faster()
    {
        Assert.Equal(200, _desk.Plain("POST", "/sim/clock", """{"pause":true}""").Status);
        _desk.Pass(100);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero), _desk.Broker.Clock.GetUtcNow());
        var reply = _desk.Plain("POST", "/sim/clock", """{"speed":60,"jumpTo":"2026-03-10T15:00:00Z","pause":false}""");
        Assert.Equal("11:00:00 EDT 03-10-2026", reply.At("newYork").GetString());
        _desk.Pass(10);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 15, 10, 0, TimeSpan.Zero), _desk.Broker.Clock.GetUtcNow());
        Assert.Equal(60, _desk.Plain("GET", "/sim/clock").At("speed").GetInt32());
    }

    [Theory]
    [InlineData("""{"jumpTo":"2020-01-01T00:00:00Z"}""", "goes forward only")]
    [InlineData("""{"jumpTo":"tomorrow"}""", "is not an instant")]
    [InlineData("""{"speed":0}""", "above 0")]
    [InlineData("""{"speed":"fast"}""", "speed cannot be")]
    [InlineData("""{"sped":2}""", "Did you mean 'speed'?")]
    public void A_wrong_wish_is_refused_and_the_clock_goes_on(string body, string words)
    {
        var reply = _desk.Plain("POST", "/sim/clock", body);
        Assert.Equal(400, reply.Status);
        Assert.Contains(words, reply.At("error").GetString(), StringComparison.Ordinal);
        _desk.Pass(1);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 14, 0, 1, TimeSpan.Zero), _desk.Broker.Clock.GetUtcNow());
    }

    [Fact]
    public void Judges_see_every_order_and_no_secret()
    {
        var id = _desk.Place(new OrderText("BUY", "AAPL", 1));
        var state = _desk.Plain("GET", "/sim/state");
        Assert.Equal(id, state.At("accounts", 0, "orders", 0, "orderId").GetInt64());
        Assert.DoesNotContain(_desk.Signer.Token, state.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(_desk.Options.ConsumerSecret, state.Body, StringComparison.Ordinal);
        Assert.Equal(FaultCatalog.All.Count, _desk.Plain("GET", "/sim/catalogue").At("faults").GetArrayLength());
    }

    [Theory]
    [InlineData("Origin", "https://example.org")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:9999")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public void A_page_of_another_site_is_refused(string header, string value)
    {
        Assert.Equal(403, _desk.Plain("POST", "/sim/faults", """{"name":"lost-answer"}""", (header, value)).Status);
        Assert.Empty(_desk.Broker.Faults);
    }

    [Theory]
    [InlineData("http://evil.example:8600", 403)]
    [InlineData("http://127.0.0.1.evil.example:8600", 403)]
    [InlineData("http://localhost:8600", 200)]
    [InlineData("http://[::1]:8600", 200)]
    [InlineData("http://LOCALHOST", 200)]
    public void A_name_that_was_bent_to_this_machine_is_refused(string root, int status)
    {
        var reply = _desk.Broker.Handle(new SimulatorRequest("GET", root + "/sim/state", [], ReadOnlyMemory<byte>.Empty));
        Assert.Equal(status, reply.Status);
    }

    [Theory]
    [InlineData("GET", "/sim/fault", 404)]
    [InlineData("PUT", "/sim/clock", 405)]
    [InlineData("POST", "/sim/state", 405)]
    [InlineData("GET", "/sim/", 404)]
    public void Unknown_places_are_named(string method, string path, int status) => Assert.Equal(status, _desk.Plain(method, path).Status);
}
