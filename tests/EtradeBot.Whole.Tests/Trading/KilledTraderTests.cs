using System.Diagnostics;
using System.Globalization;
using EtradeBot.App.Broker;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Simulator;

namespace EtradeBot.App.Trading;

/// <summary>The built program against the simulator over TCP, killed at any moment: what the journal says afterwards is what the broker has.</summary>
/// <remarks>KILLS=200 in the environment kills that often; SEED chooses other moments.</remarks>
public sealed class KilledTraderTests(ITestOutputHelper output)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_every_kill_the_journal_and_the_brokers_books_agree_to_the_share_and_the_cent()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("KILLS") ?? "3", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("SEED") ?? "1", CultureInfo.InvariantCulture);
        await using var simulator = await RunningSimulator.StartAsync(new SimulatorOptions { Start = RunningSimulator.Start, Speed = 15, IsAlwaysOpen = true }, TimeProvider.System);
        RestlessTrader.Prepare(simulator);
        var moments = new Random(seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            simulator.LogIn();
            using (var trader = simulator.Begin(RestlessTrader.Command))
            {
                var said = Drain(trader);
                await Task.Delay(TimeSpan.FromSeconds(8 + moments.NextDouble() * 8), Stop);
                if (trader.HasExited) Assert.Fail(await said);
                trader.Kill();
                await trader.WaitForExitAsync(Stop);
            }
            // An order that had not arrived is proved absent after two minutes.
            var recovery = RunThroughMidnight(simulator, "kill --wait 200");
            Assert.True(recovery.ExitCode == 0, recovery.Out + recovery.Error);
            // The market stands still while the two are compared: an exit that is on its way would fill in between.
            simulator.Broker.Clock.Pause();
            var verdict = TakenUp(simulator);
            Assert.True(verdict.ExitCode == 0 && verdict.Out.Contains("the broker's orders and positions agree", StringComparison.Ordinal), $"kill {kill}: {verdict.Out}{verdict.Error}");
            simulator.Broker.Clock.Resume();
            simulator.Run("kill --clear");
        }
        await CompareAsync(simulator, kills);
    }

    /// <summary>The program takes up what it finds; a busy machine may need more than one short run for it.</summary>
    static Cli TakenUp(RunningSimulator simulator)
    {
        for (var run = 1; ; run++)
        {
            RunThroughMidnight(simulator, "trade --for 4s --symbols MSFT");
            var verdict = RunThroughMidnight(simulator, "journal verify");
            if (verdict.ExitCode == 0 || run == 5) return verdict;
        }
    }

    /// <summary>In that market a day passes in half an hour, and every login ends with the day: then as its owner would, once more.</summary>
    static Cli RunThroughMidnight(RunningSimulator simulator, string command)
    {
        var run = simulator.Run(command);
        if (run.ExitCode == 0 || !(run.Out + run.Error).Contains("midnight", StringComparison.Ordinal)) return run;
        simulator.LogIn();
        return simulator.Run(command);
    }

    static async Task<string> Drain(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(Stop);
        return await process.StandardOutput.ReadToEndAsync(Stop) + await error;
    }

    /// <summary>Without the program's own words: every order of the broker's books that is not of the account's past stands in the journal once.</summary>
    async Task CompareAsync(RunningSimulator simulator, int kills)
    {
        var folder = Assert.Single(TradingFolder.In(simulator.State));
        using var disk = new FolderDisk(folder.Path);
        var orders = OrderBook.Read(JournalReading.Of(disk.Read(Journal.FileName)!));
        using var client = simulator.Client();
        var account = (await client.AccountsAsync(Stop)).First(one => one.Mode == "MARGIN");
        var listed = (await client.OrdersAsync(account.Key, null, Stop)).Orders;
        Assert.Equal(listed.Select(order => order.OrderId).Order(), orders.Where(order => order.OrderId is not null).Select(order => order.OrderId!.Value).Order());
        Assert.Equal(listed.Sum(order => order.FilledQuantity), orders.Sum(order => order.Filled));
        Assert.Equal(listed.Sum(order => order.FilledQuantity * (order.AveragePrice ?? 0)), orders.Sum(order => order.Filled * (order.AveragePrice ?? 0)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} kills, {orders.Count} intents, {listed.Count} orders at the broker, {orders.Sum(order => order.Filled)} shares"));
        Assert.True(orders.Count(order => order.Filled > 0) >= kills / 2, "it hardly traded: this shows nothing");
    }
}
