using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using EtradeBot.App.Broker;
using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>The built program as a simulator, asked over HTTP.</summary>
public sealed class SimulatorCommandTests : IDisposable
{
    const string Tuesday = "2026-03-10T15:00:00Z"; // 11:00 in New York

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_where_it_listens_and_how_to_log_in()
    {
        using var simulator = await SimulatorProgram.StartAsync("--start", Tuesday, "--cash", "2500.50");
        Assert.Equal("SIMULATED: accounts and orders are invented; prices are invented too.", simulator.Greeting[0]);
        Assert.True(simulator.Url is { Host: "127.0.0.1", Port: > 0 and not 8600 });
        Assert.Equal("demo, seed 7", simulator.Said("market"));
        // The clock runs from the start of the process; a busy machine may need seconds to say so.
        Assert.Matches("^2026-03-10 15:00:[0-5][0-9]Z, 1 simulated seconds a second$", simulator.Said("clock"));
        var accounts = simulator.Greeting.Where(line => line.StartsWith("account ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(["MARGIN 2,500.50", "CASH 2,500.50", "CLOSED 0.00"], accounts.Select(words => $"{words[2]} {words[3]}"));
        // The lines below the hint, in a shell, log in.
        var hint = simulator.Greeting.SkipWhile(line => line != "Log in from another terminal:").Skip(1).SkipLast(1).Select(line => line.Trim()).ToList();
        Assert.Equal([$"export ETRADE_BASE_URL={simulator.Url.AbsoluteUri.TrimEnd('/')}", "./etrade-bot login --env simulator"], hint);
        using var login = ChildProgram.Start(ChildProgram.Path, [("ETRADE_BASE_URL", hint[0].Split('=')[1])], "login", "--env", "simulator", "--auto", "--data", _folder["data"]);
        var run = ChildProgram.Finish(login);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Lines, line => line.StartsWith("Logged in: SIMULATED, ", StringComparison.Ordinal));
        using var client = await simulator.LogInAsync();
        Assert.Equal(accounts.Select(words => words[^1]), (await client.AccountsAsync(TestContext.Current.CancellationToken)).Select(account => account.Key));
    }

    [Fact]
    public void A_port_that_is_taken_is_named_with_the_remedy()
    {
        using var other = new TakenPort();
        using var process = ChildProgram.Start(ChildProgram.Path, "simulator", "--port", other.Number);
        var run = ChildProgram.Finish(process);
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal($"etrade-bot: port {other.Number} on 127.0.0.1 is taken by another program: stop that program, or choose another port with --port", run.Error.TrimEnd());
    }

    [Fact]
    public async Task A_folder_of_candle_files_is_replayed_day_by_day()
    {
        using var simulator = await SimulatorProgram.StartAsync("--market", "replay:" + TestFolders.Golden("synthetic", "ohlcv"), "--symbols", "WILD,TIES");
        Assert.Equal("SIMULATED: accounts and orders are invented; prices are walked through candles from files.", simulator.Greeting[0]);
        Assert.Equal("replay, seed 7", simulator.Said("market"));
        Assert.StartsWith("2010-01-04 14:30:00Z, ", simulator.Said("clock"), StringComparison.Ordinal);
        Assert.Equal(["TIES", "WILD"], simulator.Greeting.Where(line => line.StartsWith("replay ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        var lines = (await File.ReadAllLinesAsync(TestFolders.Golden("synthetic", "ohlcv", "WILD.csv"), TestContext.Current.CancellationToken))[1..4];
        foreach (var line in lines)
        {
            // Half an hour after the close, in winter.
            var cells = line.Split(',');
            await simulator.TellAsync("/sim/clock", new { jumpTo = cells[0] + "T21:30:00Z" });
            // Each day wants a login of its own.
            using var client = await simulator.LogInAsync();
            var answer = await client.QuotesAsync([Symbol.Parse("WILD"), Symbol.Parse("SMOOTH")], stop: TestContext.Current.CancellationToken);
            // SMOOTH.csv is in the folder too, and was not asked for.
            var quote = Assert.Single(answer.Quotes);
            Assert.Equal(cells[1..], new[] { Shown(quote.DayOpen), Shown(quote.DayHigh), Shown(quote.DayLow), Shown(quote.Last), Shown(quote.DayVolume) });
        }
    }

    [Fact]
    public async Task Nights_and_weekends_can_be_left_out()
    {
        using var simulator = await SimulatorProgram.StartAsync("--always-open", "--start", "2026-03-14T12:00:00Z", "--speed", "0.5");
        Assert.Equal("2026-03-16 13:30:00Z, 0.5 simulated seconds a second, closed hours left out", simulator.Said("clock"));
    }

    [Fact]
    public async Task Faults_of_a_file_are_set_from_the_start()
    {
        var file = _folder.Write("faults.json", """[{"name":"lost-answer","call":"place"},{"name":"slow","value":2,"times":null}]""");
        using var simulator = await SimulatorProgram.StartAsync("--faults", file);
        var faults = (await simulator.AskAsync("/sim/faults")).EnumerateArray().Select(fault => $"{fault.GetProperty("name")} {fault.GetProperty("call")} {fault.GetProperty("times")}");
        Assert.Equal(["lost-answer place 1", "slow * "], faults);
    }

    [Theory(Timeout = RunningSimulator.HangMilliseconds)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_stop_leaves_the_state_behind_and_is_no_failure(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        var file = _folder["state", "simulator.json"];
        using var simulator = await SimulatorProgram.StartAsync("--start", Tuesday, "--speed", "100", "--state", file);
        Assert.Equal($"kept in {file}", simulator.Said("state"));
        var atStart = ClockOf(file);
        // An answer on its way must not hold the stop up.
        await simulator.TellAsync("/sim/faults", new { name = "lost-answer", call = "request-token" });
        using var client = simulator.Client();
        var hanging = client.Session.BeginLoginAsync(TestContext.Current.CancellationToken);
        while ((await simulator.AskAsync("/sim/faults")).GetArrayLength() > 0) await Task.Yield();
        File.Delete(file);
        var run = simulator.Stop(signal);
        Assert.Equal((0, "", $"stopped; the state is kept in {file}"), (run.ExitCode, run.Error, run.Out.TrimEnd()));
        Assert.True(ClockOf(file) > atStart);
        Assert.Equal(["state/simulator.json"], _folder.Files());
        await Assert.ThrowsAsync<BrokerException>(() => hanging);
    }

    [Fact]
    public async Task A_stop_without_a_state_file_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        using var simulator = await SimulatorProgram.StartAsync();
        Assert.DoesNotContain(simulator.Greeting, line => line.StartsWith("state ", StringComparison.Ordinal));
        Assert.Equal(new Cli(0, "", ""), simulator.Stop("INT"));
    }

    [Fact(Timeout = RunningSimulator.HangMilliseconds)]
    public async Task Orders_and_holdings_outlive_a_kill()
    {
        var stop = TestContext.Current.CancellationToken;
        string[] options = ["--start", Tuesday, "--state", _folder["simulator.json"]];
        long resting, filled;
        string account;
        ETrade.AccessToken token;
        DateTimeOffset killedAt;
        using (var first = await SimulatorProgram.StartAsync(options))
        {
            using var client = await first.LogInAsync();
            account = (await client.AccountsAsync(stop)).First(found => found.Mode == "MARGIN").Key;
            filled = await PlaceAsync(client, account, new("market1", VirtualBroker.Apple, ETrade.OrderAction.Buy, 3, OrderPriceType.Market));
            killedAt = (await first.TellAsync("/sim/clock", new { jumpTo = "2026-03-10T15:10:00Z" })).GetProperty("now").GetDateTimeOffset();
            resting = await PlaceAsync(client, account, new("limit1", VirtualBroker.Apple, ETrade.OrderAction.Buy, 7, OrderPriceType.Limit) { Limit = 12.34m, Term = OrderTerm.GoodUntilCancel });
            token = client.Session.Token!;
            first.Kill();
        }
        using var second = await SimulatorProgram.StartAsync(options);
        // Without another login: the token was kept as well.
        using var again = second.Client(token);
        var orders = (await again.OrdersAsync(account, stop: stop)).Orders.ToDictionary(order => order.OrderId);
        Assert.Equal([filled, resting], orders.Keys.Order());
        Assert.Equal((BrokerOrderStatus.Executed, 3m), (orders[filled].Status, orders[filled].FilledQuantity));
        Assert.Equal((BrokerOrderStatus.Open, 7m, 0m, 12.34m), (orders[resting].Status, orders[resting].OrderedQuantity, orders[resting].FilledQuantity, orders[resting].Limit));
        var position = Assert.Single((await again.PortfolioAsync(account, stop)).Positions);
        Assert.Equal(("AAPL", 3m), (position.Symbol, position.Quantity));
        Assert.True((await second.AskAsync("/sim/clock")).GetProperty("now").GetDateTimeOffset() >= killedAt);
        // What was kept can be worked with.
        await again.CancelAsync(account, resting, stop);
        await second.TellAsync("/sim/clock", new { jumpTo = "2026-03-10T15:20:00Z" });
        Assert.Equal(BrokerOrderStatus.Cancelled, (await again.OrderAsync(account, resting, stop))!.Status);
        Assert.Equal(["simulator.json"], _folder.Files());
    }

    [Theory]
    [InlineData("--port 65536", 2, "--port 65536 is no port: use 1 to 65535, or 0 for any that is free")]
    [InlineData("--port x", 2, "Cannot parse argument 'x' for option '--port' as a whole number. See 'etrade-bot simulator --help'.")]
    [InlineData("--seed 1.5", 2, "Cannot parse argument '1.5' for option '--seed' as a whole number. See 'etrade-bot simulator --help'.")]
    [InlineData("--sed 3", 2, "Unrecognized command or argument '--sed'. Did you mean '--seed'? See 'etrade-bot simulator --help'.")]
    [InlineData("--speed 0", 2, "--speed 0 must be above 0 and at most 1000000")]
    [InlineData("--speed NaN", 2, "--speed NaN must be above 0 and at most 1000000")]
    [InlineData("--cash -1", 2, "--cash -1 must be 0 to 1000000000 dollars")]
    [InlineData("--start soon", 2, "--start 'soon' is not a time: write it as 2026-03-10T14:30:00Z")]
    [InlineData("--start 1989-12-31", 2, "--start '1989-12-31': the simulated market is open from 1990 to 2035")]
    [InlineData("--callback callback", 2, "--callback 'callback' is not an address: write it as http://localhost:5000/callback")]
    [InlineData("--consumer-key ''", 2, "--consumer-key is empty or holds control characters")]
    [InlineData("--symbols A,,B", 2, "--symbols '' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _")]
    [InlineData("--market live", 2, "--market 'live' is unknown: use demo, or replay:DIR with the folder of candle files")]
    [InlineData("--market replay:", 2, "--market 'replay:' is unknown: use demo, or replay:DIR with the folder of candle files")]
    [InlineData("--market replay:{0}/none", 3, "no folder {0}/none (--market replay:DIR)")]
    [InlineData("--market replay:{0}", 3, "no candle file in {0}, which has the folders daily, twice, weekly: --market replay:DIR takes a folder of files named SYMBOL.csv")]
    [InlineData("--market replay:{0}/daily --symbols ACNE", 3, "no ACNE.csv in {0}/daily: it has ACME. Did you mean 'ACME'?")]
    [InlineData("--market replay:{0}/twice", 3, "{0}/twice/ACME.csv and {0}/twice/ACME.txt are both candles of ACME: leave one file for a symbol in the folder")]
    [InlineData("--market replay:{0}/weekly", 2, "ACME 1w: weekly candles cannot be replayed: give candles of 1m to 1d")]
    [InlineData("--faults {0}/none.json", 2, "--faults: no file {0}/none.json")]
    [InlineData("--faults {0}/faults.json", 2, "--faults {0}/faults.json: There is no fault 'lost-anser'. Did you mean 'lost-answer'? GET /sim/catalogue lists them all.")]
    [InlineData("--state ''", 2, "--state is empty: name a file")]
    [InlineData("--state {0}", 2, "--state {0} is a folder: name a file")]
    [InlineData("--state {0}/faults.json", 2, "the state file {0}/faults.json cannot be used: it is no state of this simulator. It was left as it is: name another with --state, or move it away to begin anew")]
    public void A_wrong_option_is_named_in_a_sentence(string options, int exitCode, string message)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && message.Contains('/', StringComparison.Ordinal), "paths are shown with a backslash there");
        const string Header = "Date,Open,High,Low,Close,Volume\n";
        _folder.Write("daily/ACME.csv", Header + "2024-01-08,100,102,99,101,5000\n2024-01-09,101,103,100,102,5100\n");
        foreach (var name in new[] { "twice/ACME.csv", "twice/ACME.txt" }) File.Copy(_folder["daily", "ACME.csv"], _folder.Write(name, ""), overwrite: true);
        _folder.Write("weekly/ACME.csv", Header + "2024-01-08,100,102,99,101,5000\n2024-01-15,101,103,100,102,5100\n2024-01-22,101,103,100,102,5100\n");
        _folder.Write("faults.json", """{"name":"lost-anser"}""");
        var before = _folder.Files();
        // What is wrongly accepted ends at this port instead of running on.
        using var other = new TakenPort();
        string[] port = options.Contains("--port", StringComparison.Ordinal) ? [] : ["--port", other.Number];
        var run = Cli.Run(["simulator", .. port, .. options.Replace("{0}", _folder.Path, StringComparison.Ordinal).Split(' ').Select(word => word == "''" ? "" : word)]);
        Assert.Equal((exitCode, "", $"etrade-bot: {message.Replace("{0}", _folder.Path, StringComparison.Ordinal)}"), (run.ExitCode, run.Out, run.Error.TrimEnd()));
        Assert.Equal(before, _folder.Files());
    }

    [Fact]
    public async Task The_state_of_another_world_is_refused_and_left_as_it_is()
    {
        var file = _folder["simulator.json"];
        using (var first = await SimulatorProgram.StartAsync("--state", file, "--start", Tuesday)) first.Kill();
        var kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        using var other = new TakenPort();
        foreach (var (option, world) in new[] { ("--seed=8", "demo market of seed 8"), ($"--market=replay:{TestFolders.Golden("synthetic", "ohlcv")}", "replay of COARSE FLAT RUNS SMOOTH TIES WILD with seed 7") })
        {
            var run = Cli.Run("simulator", "--port", other.Number, "--state", file, option);
            Assert.Equal((2, $"etrade-bot: the state file {file} cannot be used: it belongs to the demo market of seed 7, and this is the {world}. It was left as it is: name another with --state, or move it away to begin anew"), (run.ExitCode, run.Error.TrimEnd()));
        }
        Assert.Equal(kept, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    static async Task<long> PlaceAsync(ETradeClient client, string account, OrderTicket ticket)
    {
        var stop = TestContext.Current.CancellationToken;
        return (await client.PlaceAsync(account, await client.PreviewAsync(account, ticket, stop), stop)).OrderId;
    }

    static DateTimeOffset ClockOf(string file)
    {
        using var state = JsonDocument.Parse(File.ReadAllText(file));
        return state.RootElement.GetProperty("clock").GetProperty("now").GetDateTimeOffset();
    }

    static string Shown(double? number) => JsonSerializer.Serialize(number);

    /// <summary>A port of this machine at which another program listens.</summary>
    sealed class TakenPort : IDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public TakenPort() => _listener.Start();

        public string Number => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        public void Dispose() => _listener.Dispose();
    }
}
