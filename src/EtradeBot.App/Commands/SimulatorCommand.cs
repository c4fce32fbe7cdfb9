using System.CommandLine;
using System.Globalization;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Hosting;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot simulator</c>: a broker with invented accounts that speaks E*TRADE's protocol on this machine.</summary>
static class SimulatorCommand
{
    const int UsualPort = 8600;

    static readonly Option<int> Port = new("--port") { Description = "Listen on 127.0.0.1 at this port (0: any that is free).", HelpName = "N", DefaultValueFactory = _ => UsualPort };

    public static Command Create()
    {
        var command = new Command("simulator", "Run a SIMULATED broker that speaks E*TRADE's protocol on this machine: no real money, no real orders.") { Port };
        SimulatorPlan.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        // Ctrl-C waits for the command's end only once its task is known, that is after the first pause; before that it ends the program unheard.
        await Task.Yield();
        var port = parse.GetValue(Port);
        if (port is < 0 or > 65_535) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--port {port} is no port: use 1 to 65535, or 0 for any that is free"));
        var options = SimulatorPlan.Options(parse);
        var broker = Open(options);
        var failures = parse.InvocationConfiguration.Error;
        var server = await SimulatorServer.StartAsync(broker, port, TimeProvider.System, problem => CommandLine.Report(problem, failures));
        await using (server)
        {
            Print(Output.Of(parse), options, broker, server.BaseUrl);
            await UntilAsync(stop);
        }
        if (options.StateFile is { } file)
        {
            broker.Save(file);
            Output.Of(parse).Line($"stopped; the state is kept in {file}");
        }
        return ExitCode.Success;
    }

    static SimulatedBroker Open(SimulatorOptions options)
    {
        try
        {
            return new SimulatedBroker(options, TimeProvider.System);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new UsageException(problem.Message);
        }
    }

    static async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using (stop.Register(stopped.SetResult)) await stopped.Task;
    }

    static void Print(Output output, SimulatorOptions options, SimulatedBroker broker, Uri baseUrl)
    {
        var culture = CultureInfo.InvariantCulture;
        output.Line("SIMULATED: accounts and orders are invented; " + (options.Replay.Count == 0 ? "prices are invented too." : "prices are walked through candles from files."), Tone.Warning);
        output.Line($"simulator   {baseUrl.AbsoluteUri.TrimEnd('/')}  (this machine only)");
        output.Line(string.Create(culture, $"market      {(options.Replay.Count == 0 ? "demo" : "replay")}, seed {options.Seed}"));
        foreach (var series in options.Replay.Where(series => series.Count > 0))
            output.Line(string.Create(culture, $"replay      {series.Symbol.Ticker,-8}{series.Count,10:N0} candles of {series.Timeframe}, {series.Label(0)} to {series.Label(series.Count - 1)}"));
        output.Line(string.Create(culture, $"clock       {broker.Clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z, {options.Speed} simulated seconds a second{(options.IsAlwaysOpen ? ", closed hours left out" : "")}"));
        foreach (var account in broker.Accounts)
            output.Line(string.Create(culture, $"account     {account.Number}  {account.Kind,-7}{account.Cash,14:N2} dollars  key {account.Key}"));
        if (options.StateFile is { } file) output.Line($"state       kept in {file}");
        output.Line();
        output.Line("Log in from another terminal:");
        if (baseUrl.Port != UsualPort) output.Line($"  export ETRADE_BASE_URL={baseUrl.AbsoluteUri.TrimEnd('/')}");
        output.Line("  ./etrade-bot login --env simulator");
        output.Line("Ctrl-C stops.", Tone.Faint);
    }
}
