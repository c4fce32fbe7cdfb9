using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot replay 2026-11-23</c>: decides a recorded day again.</summary>
static class ReplayCommand
{
    const int MostShown = 10;

    static readonly Argument<string?> Day = new("day") { Description = "The New York day, such as 2026-11-23 (default: the last recorded one).", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create()
    {
        var command = new Command("replay", "Decide a recorded day again with the same engine, candles and fills, and say which decisions come out equal; 1 when one does not.") { Day };
        command.Options.Add(StrategyOptions.Folder);
        BrokerOptions.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var state = BrokerOptions.Request(parse).StateFolder;
        var asked = DayOf(parse.GetValue(Day));
        var folders = TradingFolder.In(state).Select(folder => (Folder: folder, Day: asked ?? DecisionLog.Days(folder).Cast<DateOnly?>().FirstOrDefault())).Where(one => one.Day is { } day && DecisionLog.Days(one.Folder).Contains(day)).ToList();
        if (folders.Count == 0) throw new UsageException($"{(asked is { } day ? $"{day:yyyy-MM-dd}" : "no day")} is recorded under {state}: 'etrade-bot trade' records every day that it trades");
        using var shelf = new StrategyShelf(parse.GetValue(StrategyOptions.Folder) ?? "strategies", state);
        var strategies = shelf.Read();
        var isEqual = true;
        foreach (var (folder, recorded) in folders)
        {
            try
            {
                isEqual &= Print(Output.Of(parse), folder, DayReplay.Of(folder, recorded!.Value, (strategies.Catalog, HeadlessSession.ProgramVersion)));
            }
            catch (FormatException problem)
            {
                throw new UsageException(problem.Message);
            }
        }
        return isEqual ? ExitCode.Success : ExitCode.Failure;
    }

    static DateOnly? DayOf(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new UsageException($"'{text}' is no day: write 2026-11-23");

    static bool Print(Output output, TradingFolder folder, DayReplay replay)
    {
        var culture = CultureInfo.InvariantCulture;
        var all = replay.Equal + replay.Different.Count;
        output.Line(string.Create(culture, $"{folder.Mode.ToString().ToUpperInvariant()} {replay.Day:yyyy-MM-dd}: {replay.Runs} run{(replay.Runs == 1 ? "" : "s")} of the bot, {all} decisions: {replay.Equal} equal, {replay.Different.Count} different"), replay.Different.Count == 0 ? Tone.Good : Tone.Bad);
        if (replay.Unrecorded > 0) output.Line(string.Create(culture, $"  {replay.Unrecorded} decisions are not in the day's record, and were not compared"), Tone.Warning);
        foreach (var problem in replay.Problems) output.Line($"  {problem}", Tone.Bad);
        foreach (var one in replay.Different.Take(MostShown))
            output.Line(string.Create(culture, $"  {one.Recorded.Symbol} {one.Recorded.ClosedAt:yyyy-MM-dd HH:mm}Z: {string.Join(", ", one.Fields)}: {one.Cause}"), Tone.Bad);
        if (replay.Different.Count > MostShown) output.Line(string.Create(culture, $"  and {replay.Different.Count - MostShown} more"));
        PrintTrades(output, replay.Trades);
        return replay.Different.Count == 0 && replay.Problems.Count == 0 && all > 0;
    }

    static void PrintTrades(Output output, IReadOnlyList<ComparedTrade> trades)
    {
        if (trades.Count == 0) return;
        var culture = CultureInfo.InvariantCulture;
        output.Line(string.Create(culture, $"  {trades.Count} entries beside the fills of a backtest on the same candles, without its costs (dollars a share; + is better than the model):"));
        foreach (var trade in trades)
        {
            var sign = trade.IsBuy ? 1 : -1;
            var exit = trade is { Exit: { } price, ModelExit: { } model }
                ? string.Create(culture, $", exit {price:0.00##} against {model:0.00##} ({sign * (price - model):+0.00##;-0.00##;0.00}; {trade.ExitReason}{(trade.ModelExitReason == trade.ExitReason ? "" : $", by the model {trade.ModelExitReason}")})")
                : ", open";
            output.Line(string.Create(culture, $"    {trade.At:HH:mm:ss}Z {trade.Symbol} {(trade.IsBuy ? "buy" : "sell")} {trade.Shares} at {trade.Entry:0.00##} against {trade.ModelEntry:0.00##} ({sign * (trade.ModelEntry - trade.Entry):+0.00##;-0.00##;0.00}){exit}"));
        }
        output.Line(string.Create(culture, $"  on average the entry was {trades.Average(trade => (trade.IsBuy ? 1 : -1) * (trade.ModelEntry - trade.Entry) / trade.ModelEntry) * 10_000:+0.0;-0.0;0.0} basis points against the model"));
    }
}
