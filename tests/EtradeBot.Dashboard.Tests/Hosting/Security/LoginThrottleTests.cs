using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Security;

public sealed class LoginThrottleTests
{
    static readonly IPAddress Home = IPAddress.Parse("203.0.113.7");
    static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.9");

    readonly FakeTimeProvider _time = new();
    readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new(_time);

    [Fact]
    public void Delays_grow_with_every_failure_up_to_a_quarter_of_an_hour()
    {
        var delays = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            while (_throttle.Begin("ann", Home) is { } wait)
            {
                delays.Add(wait.TotalSeconds);
                _time.Advance(wait);
            }
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512], delays.Take(10));
        Assert.Equal(LoginThrottle.LongestDelay.TotalSeconds, delays[^1]);
    }

    [Fact]
    public void A_guesser_at_one_address_does_not_delay_the_owner_at_another()
    {
        Fail("ann", Elsewhere, 500);
        Assert.NotNull(_throttle.Begin("ann", Elsewhere));
        Assert.Null(_throttle.Begin("ann", Home));
    }

    [Fact]
    public void Many_names_from_one_address_are_slowed_down_together()
    {
        for (var i = 0; i < 12; i++) _throttle.Begin("name " + i, Elsewhere);
        Assert.NotNull(_throttle.Begin("another", Elsewhere));
        Assert.Null(_throttle.Begin("another", Home));
    }

    [Fact]
    public void On_loopback_the_owner_may_always_try_again_within_seconds()
    {
        Fail("ann", IPAddress.Loopback, 1000);
        Assert.InRange(_throttle.Begin("ann", IPAddress.IPv6Loopback)!.Value, TimeSpan.FromTicks(1), LoginThrottle.LongestOnLoopback);
        _time.Advance(LoginThrottle.LongestOnLoopback);
        Assert.Null(_throttle.Begin("ann", IPAddress.Loopback));
    }

    [Fact]
    public void A_login_frees_the_name_at_its_address()
    {
        Fail("ann", Home, 6);
        _time.Advance(LoginThrottle.LongestDelay);
        _throttle.Begin("ann", Home);
        _throttle.Succeeded("ann", Home);
        Assert.Null(_throttle.Begin("ann", Home));
    }

    [Fact]
    public void Own_logins_between_do_not_make_guessing_from_the_address_free()
    {
        var free = 0;
        for (var i = 0; i < 200; i++)
        {
            if (_throttle.Begin("victim " + i, Elsewhere) is null) free++;
            if (_throttle.Begin("own", Elsewhere) is null) _throttle.Succeeded("own", Elsewhere);
        }
        Assert.InRange(free, 1, 11);
    }

    [Fact]
    public void Tries_at_the_same_moment_are_counted_before_they_are_judged()
    {
        var free = Enumerable.Range(0, 50).AsParallel().Count(_ => _throttle.Begin("ann", Home) is null);
        Assert.Equal(3, free);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    [InlineData("198.51.100.9", "::ffff:198.51.100.9")]
    public void One_line_counts_as_one_address(string one, string other)
    {
        Fail("ann", IPAddress.Parse(one), 10);
        Assert.NotNull(_throttle.Begin("ANN ", IPAddress.Parse(other)));
    }

    [Fact]
    public void Countless_names_cost_bounded_memory_and_forget_no_guesser_of_the_owner()
    {
        Fail("ann", Elsewhere, 9);
        for (var i = 0; i < 50_000; i++) _throttle.Begin("n" + i, new IPAddress(BitConverter.GetBytes(0x0100_0000 + i)));
        Assert.NotNull(_throttle.Begin("ann", Elsewhere));
    }

    void Fail(string user, IPAddress address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (_throttle.Begin(user, address) is not { } wait) continue;
            _time.Advance(wait);
            _throttle.Begin(user, address);
        }
    }
}
