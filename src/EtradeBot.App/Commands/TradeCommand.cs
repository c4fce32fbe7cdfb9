using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Notices;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Trading;
using Symbol = EtradeBot.Market.Symbol;
using Timeframe = EtradeBot.Market.Timeframe;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot trade</c>: the bot without pages.</summary>
static class TradeCommand
{
    static readonly Option<string?> Mode = CandleOptions.Choice("--mode", "Whom to trade with: the simulator (default; invented market, invented money, nothing needed), paper (quotes of the real market, fills in this program, no order leaves it), E*TRADE's sandbox, or live with real money.", "simulator", "paper", "sandbox", "live");
    static readonly Option<string?> Symbols = new("--symbols") { Description = "Tickers, with commas (default: the watchlist).", HelpName = "A,B" };
    static readonly Option<string?> Candles = new("--timeframe") { Description = "Length of the candles that decide: 1m 2m 5m 15m 30m 1h (default 5m).", HelpName = "T" };
    static readonly Option<double> Speed = new("--speed") { Description = "Simulated seconds that pass in a second, up to 600; for the built-in simulator.", HelpName = "X", DefaultValueFactory = _ => 1 };
    static readonly Option<string?> For = new("--for") { Description = "Stop after so long, such as 90s, 30m, 6h.", HelpName = "LENGTH" };
    static readonly Option<Sizing?> Size = new("--size") { HelpName = "SIZE", Description = "A number of shares, risk:1%, percent:25 or cash:10000 (default: what the strategy prefers, else risk:1%).", CustomParser = BacktestOptions.ParseSize };
    static readonly Option<bool> Confirmed = new("--i-mean-real-money") { Description = "Trade with real money without being asked for it." };

    public static Command Create()
    {
        var command = new Command("trade", "Run a strategy at the broker, by default at the built-in simulator; Ctrl-C ends it and leaves positions protected.") { Mode, Symbols, Candles, Speed, For, Size, Confirmed };
        StrategyOptions.AddTo(command);
        command.Options.Add(CandleOptions.Data);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        // Ctrl-C waits for the command's end only once its task is known, that is after the first pause; before that it ends the program unheard.
        await Task.Yield();
        Interruption.LeaveToCommand();
        var settings = SettingsOf(parse);
        var timeframe = TimeframeOf(parse);
        var folder = parse.GetValue(CandleOptions.Data) ?? settings.DataFolder;
        FolderProbe.Require(folder);
        using var session = new HeadlessSession(() => settings, folder, parse.GetValue(StrategyOptions.Folder));
        var report = new TradeReport(Output.Of(parse), session);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (LengthOf(parse) is { } length) over.CancelAfter(length);
        var alerts = new PriceAlerts(folder, session.Audit, TimeProvider.System);
        using var watch = new PriceAlertWatch(session.State, alerts);
        using var notices = new NoticeService(new NoticeParts(folder, session.State, session.Trading, session.Audit, () => settings) { Time = TimeProvider.System, Alerts = alerts, Entries = session.EntriesAsync });
        await watch.StartAsync(CancellationToken.None);
        await notices.StartAsync(CancellationToken.None);
        if (await session.StartAsync(watched => PlanOf(parse, timeframe, watched), parse.GetValue(Speed), over.Token) is { } plan) report.Begin(plan);
        await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        report.End();
        await session.StopAsync();
        await notices.StopAsync(CancellationToken.None);
        return ExitCode.Success;
    }

    /// <summary>The broker that the mode means, whatever the settings say.</summary>
    static BotSettings SettingsOf(ParseResult parse)
    {
        var mode = parse.GetValue(Mode) ?? "simulator";
        if (parse.GetValue(Speed) is not (> 0 and <= EmbeddedSimulator.FastestSpeed)) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--speed {parse.GetValue(Speed)}: give a number above 0, up to {EmbeddedSimulator.FastestSpeed:0}"));
        var sources = SettingSources.OfThisProcess() with { StateFolder = parse.GetValue(CandleOptions.Data) };
        var usual = BotSettings.Load(sources);
        if (mode == "live") RequireMeant(parse, usual);
        return BotSettings.Load(sources with { CommandLine = new Dictionary<string, string> { [SettingRule.Environment] = mode == "live" ? "production" : mode } });
    }

    /// <summary>Real money needs three agreements: the setting, the reviewed limits, and a word now.</summary>
    static void RequireMeant(ParseResult parse, BotSettings settings)
    {
        if (settings.Environment != "production") throw new UsageException($"--mode live trades with real money: set {SettingRule.Environment}=production first");
        var limits = new LimitsStore(parse.GetValue(CandleOptions.Data) ?? settings.DataFolder, TimeProvider.System);
        if (limits.Current.ReviewedAt is null) throw new UsageException($"--mode live needs limits that you have read: set reviewedAt and reviewedBy in {limits.Path}");
        if (parse.GetValue(Confirmed)) return;
        Output.Of(parse).Line("This trades with REAL MONEY at your E*TRADE account. Type 'real money' to go on:", Tone.Bad);
        if (Console.ReadLine()?.Trim() != "real money") throw new UsageException("not confirmed: nothing was traded");
    }

    static Timeframe TimeframeOf(ParseResult parse)
    {
        var text = parse.GetValue(Candles) ?? "5m";
        return Timeframe.TryParse(text, out var timeframe) && timeframe.IsIntraday ? timeframe : throw new UsageException($"--timeframe {text} cannot be traded live: use 1m 2m 5m 15m 30m 1h");
    }

    static BotPlan PlanOf(ParseResult parse, Timeframe timeframe, IReadOnlyList<Symbol> watched)
    {
        var symbols = parse.GetValue(Symbols) is null ? watched : CandleOptions.SymbolsOf(Symbols, parse);
        return new BotPlan(parse.GetValue(StrategyOptions.Name)!, StrategyOptions.Values(parse), symbols, timeframe) { Size = parse.GetValue(Size) };
    }

    static TimeSpan? LengthOf(ParseResult parse) => parse.GetValue(For) is { } text ? DataCommandRecord.Length(For.Name, text) : null;
}
