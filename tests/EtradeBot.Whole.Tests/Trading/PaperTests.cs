using EtradeBot.App.Broker;
using EtradeBot.Simulator;

namespace EtradeBot.App.Trading;

/// <summary>The built program on somebody else's market, with orders that never get there.</summary>
public sealed class PaperTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Paper_orders_fill_against_the_markets_quotes_and_none_leaves_the_program()
    {
        await using var market = await RunningSimulator.StartAsync(new SimulatorOptions { Start = RunningSimulator.Start, Speed = 15, IsAlwaysOpen = true }, TimeProvider.System);
        RestlessTrader.Prepare(market);
        market.LogIn();
        var first = market.Run(RestlessTrader.Command.Replace("simulator", "paper", StringComparison.Ordinal) + " --for 40s");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.All(first.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("PAPER ", line, StringComparison.Ordinal));
        Assert.Matches(@"entry buy .*: filled, 10 / 10 at \d", first.Out);
        Assert.Matches("stop sell .*: working", first.Out);
        using (var client = market.Client())
        {
            var account = (await client.AccountsAsync(Stop)).First(one => one.Mode == "MARGIN");
            Assert.Empty((await client.OrdersAsync(account.Key, null, Stop)).Orders);
        }
        // The paper account outlives the program, and its journal can be proved against it.
        var flat = market.Run("kill --flatten --wait 60");
        Assert.True(flat.ExitCode == 0, flat.Out + flat.Error);
        var verdict = market.Run("journal verify");
        Assert.True(verdict.ExitCode == 0, verdict.Out + verdict.Error);
        Assert.Contains("the broker's orders and positions agree", verdict.Out, StringComparison.Ordinal);
    }
}
