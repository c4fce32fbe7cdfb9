using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Protocol;

namespace EtradeBot.Simulator.Hosting;

public sealed class StateFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    string State => _folder.File("state.json");

    SimulatorOptions Options => new() { StateFile = State, LimitsRates = false };

    public void Dispose() => _folder.Dispose();

    /// <summary>A broker on the same file, as after a kill: nothing was said goodbye to.</summary>
    Desk Again(Desk before)
    {
        var desk = new Desk(Options, before.Wall) { Signer = before.Signer };
        return desk;
    }

    [Fact]
    public void Orders_tokens_and_time_survive_a_kill_at_any_answer()
    {
        var desk = Desk.LoggedIn(Options);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(desk.Place(new OrderText("BUY", "AAPL", 1 + i)));
            desk = Again(desk);
            Assert.Equal(ids, desk.Broker.Books.EveryOrder(desk.MarginKey).Select(order => order.OrderId));
            desk.Pass(30);
        }
        Assert.Equal(200, desk.Get("/v1/accounts/list").Status);
        desk = Again(desk);
        Assert.Equal(4, desk.Broker.Books.EveryOrder(desk.MarginKey).Count(order => order.State == Accounts.OrderState.Executed));
        Assert.Equal(desk.Wall.GetUtcNow(), desk.Broker.Clock.GetUtcNow());
    }

    [Fact]
    public void What_a_restarted_simulator_answers_is_what_one_that_ran_on_answers()
    {
        var desk = Desk.LoggedIn(Options);
        desk.Place(new OrderText("BUY", "AAPL", 10));
        desk.Place(new OrderText("BUY", "MSFT", 10) { PriceType = "LIMIT", Limit = "60" });
        var again = Again(desk);
        desk.Pass(3_600);
        foreach (var path in (string[])["orders", "portfolio", "balance", "transactions"])
            Assert.Equal(desk.Get($"/v1/accounts/{desk.MarginKey}/{path}").Body, again.Get($"/v1/accounts/{desk.MarginKey}/{path}").Body);
    }

    [Fact]
    public void A_split_and_a_deleted_alert_are_kept()
    {
        var desk = Desk.LoggedIn(Options);
        desk.Place(new OrderText("BUY", "AAPL", 10));
        desk.Pass(120);
        desk.Broker.AddFault(new Fault("split") { Symbol = "AAPL" });
        desk.Pass(60);
        desk.Get("/v1/market/quote/AAPL");
        desk.Send("DELETE", "/v1/user/alerts/1");
        var again = Again(desk);
        Assert.Equal(desk.Get("/v1/market/quote/AAPL").Body, again.Get("/v1/market/quote/AAPL").Body);
        Assert.Equal(20, again.Get($"/v1/accounts/{desk.MarginKey}/portfolio.json").At("PortfolioResponse", "AccountPortfolio", 0, "Position", 0, "quantity").GetInt32());
        Assert.DoesNotContain("Simulated account", again.Get("/v1/user/alerts").Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("garbage", "invalid start")]
    [InlineData("[]", "holds no object")]
    [InlineData("{}", "no state of this simulator")]
    [InlineData("""{"format":"etrade-bot simulator state","version":2}""", "version 2")]
    [InlineData("""{"format":"etrade-bot simulator state","version":1,"clock":{}}""", "has no ")]
    public void A_damaged_file_is_named_and_left_alone(string content, string reason)
    {
        File.WriteAllText(State, content);
        var problem = Assert.Throws<FormatException>(() => new Desk(Options));
        Assert.Contains(State, problem.Message, StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(content, File.ReadAllText(State));
    }

    [Fact]
    public void Every_cut_of_a_good_file_is_refused_and_never_half_taken()
    {
        var desk = Desk.LoggedIn(Options);
        desk.Place(new OrderText("BUY", "AAPL", 10));
        var whole = File.ReadAllText(State);
        for (var length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllText(State, whole[..length]);
            Assert.Throws<FormatException>(() => new Desk(Options));
        }
    }

    [Fact]
    public void Books_of_another_market_are_refused()
    {
        _ = new Desk(Options);
        var problem = Assert.Throws<FormatException>(() => new Desk(Options with { Seed = 8 }));
        Assert.Contains("demo market of seed 7", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_folder.File("in-the-way"), "");
        var problem = Assert.Throws<IOException>(() => new Desk(Options with { StateFile = Path.Combine(_folder.File("in-the-way"), "state.json") }));
        Assert.Contains("cannot write the state file", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_file_itself_remains_and_only_its_owner_can_read_it()
    {
        Desk.LoggedIn(Options);
        Assert.Equal([State], Directory.EnumerateFiles(Path.GetDirectoryName(State)!));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(State));
    }
}
