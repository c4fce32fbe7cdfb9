using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Protocol.OAuth;

public sealed class TokenLifeTests
{
    const string List = "/v1/accounts/list";

    [Fact]
    public void Two_hours_without_a_call_put_a_token_to_sleep_until_it_is_renewed()
    {
        var desk = Desk.LoggedIn();
        desk.Pass(7_199);
        Assert.Equal(200, desk.Get(List).Status);
        desk.Pass(7_200);
        Assert.Equal("token_expired", desk.Get(List).Problem);
        var renewed = desk.Get("/oauth/renew_access_token");
        Assert.Equal("Access Token has been renewed", renewed.Body);
        Assert.Equal(200, desk.Get(List).Status);
    }

    [Theory]
    [InlineData("2026-03-10T14:00:00Z", "2026-03-11T04:00:00Z")] // summer time
    [InlineData("2026-01-15T14:00:00Z", "2026-01-16T05:00:00Z")] // winter time
    [InlineData("2026-03-08T05:30:00Z", "2026-03-09T04:00:00Z")] // a day of 23 hours
    [InlineData("2026-11-01T04:30:00Z", "2026-11-02T05:00:00Z")] // a day of 25 hours
    [InlineData("2026-03-11T03:59:00Z", "2026-03-11T04:00:00Z")] // a minute before midnight
    public void A_token_dies_at_midnight_new_york(string login, string midnight)
    {
        var wall = new FakeTimeProvider(DateTimeOffset.Parse(login, System.Globalization.CultureInfo.InvariantCulture));
        var desk = new Desk(new SimulatorOptions { LimitsRates = false }, wall);
        desk.LogIn();
        var end = DateTimeOffset.Parse(midnight, System.Globalization.CultureInfo.InvariantCulture);
        while (end - wall.GetUtcNow() > TimeSpan.FromHours(1))
        {
            desk.Pass(3_600);
            Assert.Equal(200, desk.Get(List).Status);
        }
        wall.Advance(end - wall.GetUtcNow() - TimeSpan.FromSeconds(1));
        Assert.Equal(200, desk.Get(List).Status);
        desk.Pass(1);
        Assert.Equal("token_expired", desk.Get(List).Problem);
        Assert.Equal(401, desk.Get("/oauth/renew_access_token").Status);
        desk.LogIn();
        Assert.Equal(200, desk.Get(List).Status);
    }

    [Fact]
    public void A_revoked_token_is_unknown()
    {
        var desk = Desk.LoggedIn();
        Assert.Equal("Revoked Access Token", desk.Send("POST", "/oauth/revoke_access_token").Body);
        Assert.Equal("token_rejected", desk.Get(List).Problem);
    }
}
