using EtradeBot.Simulator.Protocol.Routes;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Protocol;

public sealed class RateLimitsTests
{
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(Module.Accounts, 2)]
    [InlineData(Module.Market, 4)]
    [InlineData(Module.Orders, 2)]
    public void Each_module_takes_so_many_requests_a_second(object module, int aSecond)
    {
        var limits = new RateLimits(_time, _time, 1);
        for (var second = 0; second < 5; second++)
        {
            for (var i = 0; i < aSecond; i++) Assert.True(limits.TryEnter((Module)module));
            Assert.False(limits.TryEnter((Module)module));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void The_requests_of_five_seconds_may_come_at_once_unless_counted_strictly()
    {
        var limits = new RateLimits(_time, _time, new SimulatorOptions().RateBurstSeconds);
        for (var i = 0; i < 10; i++) Assert.True(limits.TryEnter(Module.Orders));
        Assert.False(limits.TryEnter(Module.Orders));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limits.TryEnter(Module.Orders) && limits.TryEnter(Module.Orders));
        Assert.False(limits.TryEnter(Module.Orders));
    }

    [Fact]
    public void Evenly_spaced_requests_pass_until_the_hour_is_full()
    {
        var limits = new RateLimits(_time, _time, 1);
        var passed = 0;
        for (var i = 0; i < 7_190; i++)
        {
            if (limits.TryEnter(Module.Orders)) passed++;
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }
        Assert.Equal(7_000, passed);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(limits.TryEnter(Module.Orders));
    }

    [Fact]
    public void With_the_simulated_clock_paused_the_customers_time_counts()
    {
        var limits = new RateLimits(new FakeTimeProvider(), _time, 1);
        Assert.True(limits.TryEnter(Module.Orders) && limits.TryEnter(Module.Orders));
        Assert.False(limits.TryEnter(Module.Orders));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limits.TryEnter(Module.Orders));
    }

    [Fact]
    public void One_too_many_is_refused_without_a_number_as_recorded()
    {
        var desk = Desk.LoggedIn(new SimulatorOptions { RateBurstSeconds = 1 });
        Assert.Equal(200, desk.Get("/v1/accounts/list.json").Status);
        Assert.Equal(200, desk.Get("/v1/accounts/list.json").Status);
        var refused = desk.Get("/v1/accounts/list.json");
        Assert.Equal(400, refused.Status);
        var recorded = File.ReadAllText(TestFolders.Golden("etrade", "errors-rate-limit.json"));
        Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(recorded)!.ToJsonString(), refused.Body);
        Assert.Equal(200, desk.Get("/v1/market/quote/AAPL.json").Status);
    }
}
