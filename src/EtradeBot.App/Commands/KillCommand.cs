using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Settings;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot kill</c>: the brake, whether a bot runs or not.</summary>
static class KillCommand
{
    static readonly Option<bool> Flatten = new("--flatten") { Description = "Sell everything that the program holds, too." };
    static readonly Option<bool> Clear = new("--clear") { Description = "Let trading go on: only after you have looked." };
    static readonly Option<string> Reason = new("--reason") { Description = "Stands in the journal.", HelpName = "WORDS", DefaultValueFactory = _ => "by hand" };
    static readonly Option<double> Wait = new("--wait") { Description = "Seconds to wait until nothing is left to do.", HelpName = "S", DefaultValueFactory = _ => 120 };

    /// <summary>Between two looks at what a running bot has done.</summary>
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var command = new Command("kill", "Stop trading now, over restarts, until a person clears it: no entries, working entries cancelled.") { Flatten, Clear, Reason, Wait };
        BrokerOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        await Task.Yield();
        Interruption.LeaveToCommand();
        var request = BrokerOptions.Request(parse);
        var output = Output.Of(parse);
        var folders = TradingFolder.In(request.StateFolder);
        if (folders.Count == 0)
        {
            output.Line($"nothing has been traded from {request.StateFolder} yet: there is nothing to kill. --data names another folder");
            return ExitCode.Success;
        }
        foreach (var folder in folders) Pull(folder, parse);
        output.Line(parse.GetValue(Clear) ? "cleared: trading may go on" : "KILLED: no entry leaves any more, over any restart, until 'etrade-bot kill --clear'", parse.GetValue(Clear) ? Tone.Good : Tone.Bad);
        if (parse.GetValue(Clear)) return ExitCode.Success;
        var isDone = true;
        foreach (var folder in folders) isDone &= await FinishAsync(folder, parse, stop);
        return isDone ? ExitCode.Success : ExitCode.Broker;
    }

    /// <summary>The flag first: whatever comes after may fail.</summary>
    static void Pull(TradingFolder folder, ParseResult parse)
    {
        using var disk = new FolderDisk(folder.Path);
        var flag = new KillFlag(disk, TimeProvider.System);
        if (parse.GetValue(Clear)) flag.Clear("terminal");
        else flag.Raise("terminal", parse.GetValue(Reason)!, parse.GetValue(Flatten));
    }

    /// <summary>Whoever trades from the folder does the work; when nobody does, this process.</summary>
    static async Task<bool> FinishAsync(TradingFolder folder, ParseResult parse, CancellationToken stop)
    {
        var flatten = parse.GetValue(Flatten);
        if (Left(folder, flatten).Count == 0) return Say(folder, [], parse);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(TimeSpan.FromSeconds(parse.GetValue(Wait)));
        using var session = IsHeld(folder) ? null : Session(folder, parse);
        if (session is not null) await session.StartAsync(_ => null, 1, over.Token);
        while (!over.IsCancellationRequested && Left(folder, flatten).Count > 0) await Task.Delay(Look, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (session is not null) await session.StopAsync();
        return Say(folder, Left(folder, flatten), parse);
    }

    static bool IsHeld(TradingFolder folder)
    {
        using var held = TraderLock.TryTake(folder.Path);
        return held is null;
    }

    static HeadlessSession Session(TradingFolder folder, ParseResult parse)
    {
        var environment = folder.Mode switch { TradingMode.Simulated => "simulator", TradingMode.Sandbox => "sandbox", TradingMode.Paper => SettingRule.Paper, _ => "production" };
        var sources = SettingSources.OfThisProcess() with { StateFolder = parse.GetValue(CandleOptions.Data), CommandLine = new Dictionary<string, string> { [SettingRule.Environment] = environment } };
        var settings = BotSettings.Load(sources);
        return new HeadlessSession(() => settings, parse.GetValue(CandleOptions.Data) ?? settings.DataFolder);
    }

    /// <summary>What is not done yet, by the journal.</summary>
    static List<string> Left(TradingFolder folder, bool flatten)
    {
        using var disk = new FolderDisk(folder.Path);
        var orders = OrderBook.Read(JournalReading.Of(disk.Read(Journal.FileName) ?? []));
        var left = orders.Where(order => order.IsUnresolved || order.Intent.IsEntry && order.IsWorking).Select(order => $"{order.Intent}: {(order.IsUnresolved ? "nobody knows whether the broker has it" : "working still")}").ToList();
        if (flatten) left.AddRange(orders.Select(order => order.Intent.Symbol).Distinct().Select(symbol => (Symbol: symbol, Shares: Holdings.OfBot(orders, symbol) + Holdings.OfPeople(orders, symbol))).Where(held => held.Shares != 0)
            .Select(held => string.Create(CultureInfo.InvariantCulture, $"{held.Shares} {held.Symbol} are held still")));
        return left;
    }

    static bool Say(TradingFolder folder, List<string> left, ParseResult parse)
    {
        var output = Output.Of(parse);
        var mode = folder.Mode.ToString().ToUpperInvariant();
        if (left.Count == 0) output.Line($"{mode}: no entry is working{(parse.GetValue(Flatten) ? ", and nothing is held" : "; what is held keeps its stop")}", Tone.Good);
        foreach (var line in left) output.Line($"{mode}: {line}", Tone.Bad);
        if (left.Count > 0) output.Line("The flag holds. Look at E*TRADE, or run the same command again.", Tone.Bad);
        return left.Count == 0;
    }
}
