using System.Globalization;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;
using EtradeBot.Notify;
using EtradeBot.Notify.Phone;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>Carries out what the owner asks for from the phone, by the same ways as the pages; whoever asks has been checked before.</summary>
sealed class PhoneControl(TradingHost trading, LiveState live, TradingRecord record, Func<string, bool, Task> entries)
{
    /// <summary>Everything that arrives is in the audit, whatever became of it.</summary>
    public static void Write(AuditLog audit, PhoneAudit line) => audit.Write($"phone {line.Sender}", $"phone.{line.Verdict.ToString().ToLowerInvariant()}", $"{line.What}: {line.Words}");

    public async Task<string> ExecuteAsync(PhoneCommand command, Notifier notifier) => command.Verb switch
    {
        PhoneVerb.Status => Status(),
        PhoneVerb.Positions => Positions(),
        PhoneVerb.Why => Why(command.Symbol),
        PhoneVerb.Ack => notifier.AcknowledgeAll() is var count and > 0 ? Words($"{count} acknowledged: no more repeats") : "nothing waits for an acknowledgement",
        PhoneVerb.Stop => await TradedAsync(_ => entries(Person(command), true), "no entry leaves any more, working ones are cancelled; stops and exits go on. /resume lets entries leave again"),
        PhoneVerb.Flatten => await TradedAsync(desk =>
        {
            desk.Halt(Person(command), "flatten by phone", flatten: true);
            return Task.CompletedTask;
        }, "KILLED: entries are cancelled and everything is sold. /positions tells what is left; it holds over restarts until /resume"),
        PhoneVerb.Resume => await TradedAsync(desk =>
        {
            desk.Clear(Person(command));
            return entries(Person(command), false);
        }, "trading goes on"),
        _ => "",
    };

    static string Person(PhoneCommand command) => $"phone {command.Sender}";

    string Mode => live.Session.Mode.ToString().ToUpperInvariant();

    async Task<string> TradedAsync(Func<Execution.Sessions.TradingDesk, Task> deed, string done)
    {
        if (trading.Desk is not { } desk) throw new InvalidOperationException($"nothing was done: this program does not trade at present ({trading.Problem})");
        await deed(desk).ConfigureAwait(false);
        return $"{Mode}: {done}";
    }

    string Status()
    {
        var (session, account, desk) = (live.Session, live.Account, trading.Desk);
        var link = session.Link == BrokerLink.Up ? "connected" : $"{session.Link}: {session.LinkReason}";
        var lines = new List<string>
        {
            $"{Mode}, {link}",
            desk is null ? $"not trading: {trading.Problem}" : $"{desk.Trader.Standing}",
            trading.Plan is { } plan ? $"{plan.Words}{(trading.BotProblem.Length > 0 ? $"; {trading.BotProblem}" : "")}" : "no bot runs",
            Words($"{account.Positions.Count} positions, {account.Orders.Count(order => !order.IsEnded)} working orders"),
        };
        if (account.DayPnl is { } pnl) lines.Add(Words($"day {pnl:+$#,##0.00;-$#,##0.00;$0.00}"));
        return string.Join('\n', lines);
    }

    string Positions()
    {
        var own = trading.Desk?.Book;
        var lines = live.Account.Positions.Select(position => Words($"{position.Symbol} {position.Quantity:0.####} at {position.PricePaid:0.00##}{(position.LastPrice is { } last ? Words($", now {last:0.00##}") : "")}{(own is not null && Symbol.TryParse(position.Symbol, out var symbol) && Holdings.OfBot(own.Where(_ => true), symbol) is var mine and not 0 ? Words($", {mine} of them the bot's") : "")}")).ToList();
        return lines.Count == 0 ? $"{Mode}: nothing is held" : $"{Mode}\n{string.Join('\n', lines)}";
    }

    string Why(Symbol? symbol)
    {
        if (symbol is not { } asked) return "write /why and a symbol";
        if (record.Days.SelectMany(day => record.Decisions(day).Where(row => row.Symbol == asked.Ticker).TakeLast(1)).FirstOrDefault() is not { } row) return $"no decision on {asked} is kept";
        var so = row.Failure ?? (row.Wanted.Length == 0 ? "nothing wanted: the strategy saw no reason to trade" : row.BlockedBy is { } block ? $"wanted {row.Wanted}; blocked by {block.Rule}: {block.Words}" : $"wanted {row.Wanted}; {row.Outcome}");
        return Words($"{row.Symbol} {row.Timeframe}, candle closed {row.ClosedAt.ToOffset(MarketCalendar.Nyse.OffsetOn(MarketCalendar.Nyse.DayOf(row.ClosedAt))):yyyy-MM-dd HH:mm} New York: {so}");
    }

    static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
