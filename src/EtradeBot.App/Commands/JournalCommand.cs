using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Reports;
using EtradeBot.App.Settings;
using EtradeBot.Brokers;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot journal</c>: the life of every order, and whether all of it is true.</summary>
static class JournalCommand
{
    static readonly Option<string?> Ticker = new("--symbol") { Description = "Only orders of this ticker.", HelpName = "S" };
    static readonly Option<DateOnly?> Day = new("--day") { Description = "Only orders of this New York day (YYYY-MM-DD).", HelpName = "DAY", CustomParser = BacktestOptions.ParseDay };

    /// <summary>For the broker to be reached.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var command = new Command("journal", "Print the life of each order, oldest first, from the journal of every mode and account that has traded.") { Ticker, Day };
        BrokerOptions.AddTo(command);
        command.SetAction(Print);
        var verify = new Command("verify", "Check that no line of the journals was altered, and hold them against the broker's own lists; exit code 0 only when all agrees.");
        BrokerOptions.AddTo(verify);
        verify.SetAction(VerifyAsync);
        command.Subcommands.Add(verify);
        return command;
    }

    static int Print(ParseResult parse)
    {
        var (output, request) = (Output.Of(parse), BrokerOptions.Request(parse));
        var symbol = parse.GetValue(Ticker) is not { } text ? (Symbol?)null : Symbol.TryParse(text, out var ticker) ? ticker : throw new UsageException($"--symbol '{text}' is no ticker");
        foreach (var folder in Folders(request.StateFolder, output))
        {
            var journal = Read(folder);
            output.Line($"{folder.Mode.ToString().ToUpperInvariant()} {folder.JournalPath}: {journal.Entries.Count} events", Tone.Warning);
            var orders = OrderBook.Read(journal).Where(order => (symbol is null || order.Intent.Symbol == symbol) && (parse.GetValue(Day) is not { } day || MarketCalendar.Nyse.DayOf(order.MadeAt) == day)).ToList();
            foreach (var order in orders) PrintLife(order, journal, output);
            output.Line($"{Display.Count(orders.Count, "order", "orders")}, {orders.Count(order => order.IsUnresolved)} unknown");
        }
        return ExitCode.Success;
    }

    static List<TradingFolder> Folders(string stateFolder, Output output)
    {
        var folders = TradingFolder.In(stateFolder).Where(folder => File.Exists(folder.JournalPath)).ToList();
        if (folders.Count == 0) output.Line($"nothing has been traded from {stateFolder} yet: 'etrade-bot trade' begins. --data names another folder");
        return folders;
    }

    static JournalReading Read(TradingFolder folder)
    {
        using var disk = new FolderDisk(folder.Path);
        return JournalReading.Of(disk.Read(Journal.FileName) ?? []);
    }

    static void PrintLife(OrderLife order, JournalReading journal, Output output)
    {
        output.Line();
        var number = order.OrderId is { } id ? string.Create(CultureInfo.InvariantCulture, $" (order {id})") : "";
        output.Line($"{order.Intent}{number}: {order.State.ToString().ToUpperInvariant()}", order.IsUnresolved ? Tone.Bad : Tone.Plain);
        output.Line($"  {order.Intent.Role.ToString().ToLowerInvariant()} by {order.Intent.Owner}: {order.Intent.Because}", Tone.Faint);
        foreach (var entry in journal.Entries)
        {
            var words = entry.Event is IntentMade made && made.Intent.Id == order.Id ? "wished for" : entry.Event is OrderEvent change && change.Id == order.Id ? EventWords.Of(change) : "";
            if (words.Length > 0) output.Line(string.Create(CultureInfo.InvariantCulture, $"  {NewYork(entry.At):yyyy-MM-dd HH:mm:ss}  {words}"), entry.Event is BecameUnknown or Ambiguous ? Tone.Bad : Tone.Plain);
        }
    }

    static DateTimeOffset NewYork(DateTimeOffset at) => at.ToOffset(MarketCalendar.Nyse.OffsetOn(MarketCalendar.Nyse.DayOf(at)));

    static async Task<int> VerifyAsync(ParseResult parse, CancellationToken stop)
    {
        await Task.Yield();
        var (output, request) = (Output.Of(parse), BrokerOptions.Request(parse));
        var isFine = true;
        foreach (var folder in Folders(request.StateFolder, output)) isFine &= await VerifyAsync(folder, parse, stop);
        return isFine ? ExitCode.Success : ExitCode.Failure;
    }

    static async Task<bool> VerifyAsync(TradingFolder folder, ParseResult parse, CancellationToken stop)
    {
        var output = Output.Of(parse);
        JournalReading journal;
        try
        {
            journal = Read(folder);
        }
        catch (JournalException problem)
        {
            output.Line($"{folder.JournalPath}: {problem.Message}", Tone.Bad);
            return false;
        }
        output.Line($"{folder.JournalPath}: {journal.Entries.Count} events, the chain is whole{(journal.Torn.Length > 0 ? "; its end was cut off by a crash, and is mended with the next start" : "")}", Tone.Good);
        var (differences, why) = await AskAsync(folder, OrderBook.Read(journal), parse, stop);
        foreach (var line in differences) output.Line($"  {line}", Tone.Bad);
        if (why.Length > 0) output.Line($"  the broker was not asked: {why}", Tone.Warning);
        else if (differences.Count == 0) output.Line("  the broker's orders and positions agree", Tone.Good);
        return differences.Count == 0 && (why.Length == 0 || folder.Mode == TradingMode.Sandbox);
    }

    /// <returns>Differences, or why the broker was not asked.</returns>
    static async Task<(IReadOnlyList<string> Differences, string Why)> AskAsync(TradingFolder folder, IReadOnlyList<OrderLife> orders, ParseResult parse, CancellationToken stop)
    {
        var environment = folder.Mode switch { TradingMode.Simulated => "simulator", TradingMode.Sandbox => "sandbox", TradingMode.Paper => SettingRule.Paper, _ => "production" };
        if (folder.Mode == TradingMode.Sandbox) return ([], "the sandbox lists stored orders, never those that were placed");
        var data = parse.GetValue(CandleOptions.Data);
        var settings = BotSettings.Load(SettingSources.OfThisProcess() with { StateFolder = data, CommandLine = new Dictionary<string, string> { [SettingRule.Environment] = environment } });
        using var session = new HeadlessSession(() => settings, data ?? settings.DataFolder, mayTrade: false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(Patience);
        try
        {
            if (await session.ReadAsync(over.Token) is not { } handle) return ([], session.State.Session.LinkReason);
            if (TradingHost.Print(handle) != folder.Account) return ([], "the settings name another account");
            return (await JournalCheck.CompareAsync(handle, orders, over.Token), "");
        }
        catch (BrokerException problem)
        {
            return ([], problem.Message);
        }
        finally
        {
            await session.StopAsync();
        }
    }
}
