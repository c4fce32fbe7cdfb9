using System.Diagnostics;
using System.Text;
using EtradeBot.App.Broker;
using EtradeBot.Execution.Sessions;
using EtradeBot.Simulator;

namespace EtradeBot.App.Trading;

/// <summary>The built program on a disk that is full, and on one that cannot be written.</summary>
public sealed class DiskTroubleTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_no_order_leaves_until_there_is_room_again()
    {
        await using var simulator = await BeginAsync();
        using var disk = new SmallFileSystem(Path.Combine(simulator.State, TradingFolder.Parent));
        using var trader = simulator.Begin(RestlessTrader.Command);
        var said = new Said(trader);
        await said.UntilAsync("entry buy ", Patience);
        disk.Fill();
        // Other files find no room earlier: the journal's last page may have some left.
        await said.UntilAsync("until that is mended nothing is sent", Patience);
        var atBroker = await OrdersAsync(simulator);
        await Task.Delay(TimeSpan.FromSeconds(12), Stop);
        Assert.Equal(atBroker, await OrdersAsync(simulator));
        Assert.False(trader.HasExited);
        Assert.Contains("No space left on device", said.All, StringComparison.Ordinal);
        disk.MakeRoom();
        await UntilMoreOrdersAsync(simulator, atBroker);
        await EndAsync(trader, simulator);
    }

    [Fact]
    public async Task On_a_disk_that_cannot_be_written_nothing_is_traded_until_it_can()
    {
        await using var simulator = await BeginAsync();
        using var disk = new SmallFileSystem(Path.Combine(simulator.State, TradingFolder.Parent));
        disk.MakeReadOnly();
        using var trader = simulator.Begin(RestlessTrader.Command);
        var said = new Said(trader);
        await said.UntilAsync("Read-only file system", Patience);
        Assert.Contains("cannot be written", said.All, StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromSeconds(5), Stop);
        Assert.Equal(0, await OrdersAsync(simulator));
        Assert.False(trader.HasExited);
        disk.MakeWritable();
        await UntilMoreOrdersAsync(simulator, 0);
        await EndAsync(trader, simulator);
    }

    static async Task<RunningSimulator> BeginAsync()
    {
        var simulator = await RunningSimulator.StartAsync(new SimulatorOptions { Start = RunningSimulator.Start, Speed = 15, IsAlwaysOpen = true }, TimeProvider.System);
        RestlessTrader.Prepare(simulator);
        simulator.LogIn();
        return simulator;
    }

    /// <summary>As the broker counts them, with a client of our own.</summary>
    static async Task<int> OrdersAsync(RunningSimulator simulator)
    {
        using var client = simulator.Client();
        var account = (await client.AccountsAsync(Stop)).First(one => one.Mode == "MARGIN");
        return (await client.OrdersAsync(account.Key, null, Stop)).Orders.Count;
    }

    static async Task UntilMoreOrdersAsync(RunningSimulator simulator, int before)
    {
        for (var watch = Stopwatch.StartNew(); await OrdersAsync(simulator) == before; await Task.Delay(500, Stop))
            Assert.True(watch.Elapsed < Patience, "it did not go on");
    }

    /// <summary>What it wrote on the mended disk agrees with the broker's books.</summary>
    static async Task EndAsync(Process trader, RunningSimulator simulator)
    {
        trader.Kill();
        await trader.WaitForExitAsync(Stop);
        var recovery = simulator.Run("kill --wait 60");
        Assert.True(recovery.ExitCode == 0, recovery.Out + recovery.Error);
        simulator.Broker.Clock.Pause();
        simulator.Run("trade --for 4s --symbols MSFT");
        var verdict = simulator.Run("journal verify");
        Assert.True(verdict.ExitCode == 0, verdict.Out + verdict.Error);
    }

    /// <summary>Everything that a process has printed so far.</summary>
    sealed class Said
    {
        readonly StringBuilder _text = new();

        public Said(Process process)
        {
            process.OutputDataReceived += (_, line) => Add(line.Data);
            process.ErrorDataReceived += (_, line) => Add(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public string All
        {
            get
            {
                lock (_text) return _text.ToString();
            }
        }

        public async Task UntilAsync(string words, TimeSpan patience)
        {
            for (var watch = Stopwatch.StartNew(); !All.Contains(words, StringComparison.Ordinal); await Task.Delay(100, Stop))
                Assert.True(watch.Elapsed < patience, $"it never said '{words}':\n{All}");
        }

        void Add(string? line)
        {
            lock (_text) _text.AppendLine(line);
        }
    }
}
