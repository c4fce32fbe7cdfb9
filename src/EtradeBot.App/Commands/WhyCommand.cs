using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot why AAPL</c>: what was decided at the close of a candle, and why nothing came of it.</summary>
static class WhyCommand
{
    static readonly Argument<string> Ticker = new("symbol") { Description = "The ticker, such as AAPL." };
    static readonly Option<string?> At = new("--at") { Description = "The last decision up to this New York time, such as 10:35 (default: the last).", HelpName = "TIME" };
    static readonly Option<DateOnly?> Day = new("--day") { Description = "A New York day (default: the last one that has decisions).", HelpName = "DAY", CustomParser = BacktestOptions.ParseDay };

    public static Command Create()
    {
        var command = new Command("why", "Say why the bot traded or did not: the decision at the close of a candle with every gate in order.") { Ticker, At, Day };
        BrokerOptions.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        if (!Symbol.TryParse(parse.GetValue(Ticker), out var symbol)) throw new UsageException($"'{parse.GetValue(Ticker)}' is no ticker");
        var until = Until(parse.GetValue(At));
        var (output, state) = (Output.Of(parse), BrokerOptions.Request(parse).StateFolder);
        var found = TradingFolder.In(state).SelectMany(folder => Find(folder, symbol, (parse.GetValue(Day), until))).ToList();
        if (found.Count == 0) throw new UsageException($"no decision on {symbol} is kept under {state}{(until is null ? "" : " up to that time")}: 'etrade-bot trade --symbols {symbol}' makes one at the close of every candle");
        foreach (var (folder, row) in found) Print(output, folder, row);
        return ExitCode.Success;
    }

    static TimeOnly? Until(string? text) => text is null ? null
        : TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : throw new UsageException($"--at '{text}' is no time: write 10:35");

    /// <summary>The newest of each folder that has one.</summary>
    static IEnumerable<(TradingFolder Folder, DecisionRow Row)> Find(TradingFolder folder, Symbol symbol, (DateOnly? Day, TimeOnly? Until) when)
    {
        foreach (var day in DecisionLog.Days(folder).Where(day => when.Day is null || day == when.Day))
        {
            var end = when.Until is { } time ? MarketCalendar.Nyse.At(day, time) : DateTimeOffset.MaxValue;
            if (DecisionLog.Read(folder, day).LastOrDefault(row => row.Symbol == symbol.Ticker && row.ClosedAt <= end) is not { } row) continue;
            yield return (folder, row);
            yield break;
        }
    }

    static void Print(Output output, TradingFolder folder, DecisionRow row)
    {
        var culture = CultureInfo.InvariantCulture;
        var closed = row.ClosedAt.ToOffset(MarketCalendar.Nyse.OffsetOn(MarketCalendar.Nyse.DayOf(row.ClosedAt)));
        output.Line(string.Create(culture, $"{folder.Mode.ToString().ToUpperInvariant()} {row.Symbol} {row.Timeframe}, candle closed {closed:yyyy-MM-dd HH:mm} New York, strategy {row.Strategy}"), Tone.Warning);
        output.Line(string.Create(culture, $"candle    open {row.Candle.Open:0.00##}  high {row.Candle.High:0.00##}  low {row.Candle.Low:0.00##}  close {row.Candle.Close:0.00##}  volume {row.Candle.Volume:N0}"));
        output.Line(row.Shares == 0 ? "position  none" : string.Create(culture, $"position  {row.Shares} shares at {row.EntryPrice:0.00##}"));
        foreach (var line in row.Lines) output.Line(string.Create(culture, $"  {line.Name,-20} {(double.IsNaN(line.Value) ? "warming up" : line.Value.ToString("0.####", culture))}"), Tone.Faint);
        var patterns = row.Patterns.Where(pattern => pattern.Value != 0).Select(pattern => string.Create(culture, $"{pattern.Name} {pattern.Value:0}")).ToList();
        output.Line($"patterns  {(patterns.Count == 0 ? "none of those it looks for" : string.Join(", ", patterns))}");
        output.Line($"wanted    {(row.Wanted.Length == 0 ? "nothing: the strategy saw no reason to trade" : row.Wanted)}");
        foreach (var gate in row.Wanted.Length > 0 ? row.Gates : [])
            output.Line(string.Create(culture, $"  {(gate.Passed ? "passed " : "BLOCKED")}  {gate.Rule}: {gate.Words} ({gate.Value:0.####} against {gate.Threshold:0.####})"), gate.Passed ? Tone.Plain : Tone.Bad);
        if (row.Risk.Length > 0) output.Line($"size      {row.Risk}");
        if (row.Failure is { } failure) output.Line($"failed    {failure}", Tone.Bad);
        if (row.Wanted.Length == 0) output.Line("so        no order");
        else if (row.BlockedBy is { } block) output.Line($"so        no order: {block.Words}", Tone.Bad);
        else output.Line($"so        {(row.Outcome.Length > 0 ? row.Outcome : "no order")}");
    }
}
