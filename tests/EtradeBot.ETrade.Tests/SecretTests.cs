namespace EtradeBot.ETrade;

public sealed class SecretTests
{
    [Fact]
    public void Secrets_print_as_stars()
    {
        Assert.Equal("****", new ConsumerKey("k", "s").ToString());
        Assert.Equal("****", new AccessToken("t", "s", DateTimeOffset.UnixEpoch).ToString());
    }
}
