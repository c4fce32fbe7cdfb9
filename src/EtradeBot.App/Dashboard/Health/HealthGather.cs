using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;

namespace EtradeBot.App.Dashboard.Health;

/// <summary>Asks the running services how they are. It measures nothing of its own: what no service tells is not shown.</summary>
sealed class HealthGather(LiveState live, TradingHost trading, TradingRecord record, DashboardOptions options)
{
    public IReadOnlyList<HealthRow> Rows(DateTimeOffset now) =>
        [.. ConnectionRows.Of(live, now), .. Trading(), .. Books(), TradingRows.Limits(Limits(), live.Session.Mode), Bot(now), ConnectionRows.Disk(Free())];

    IEnumerable<HealthRow> Trading() => trading.Desk is { } desk ? TradingRows.Of(desk) : [TradingRows.NoDesk(trading.Problem)];

    IEnumerable<HealthRow> Books()
    {
        TradingPast past;
        try
        {
            past = record.Past();
        }
        catch (IOException problem)
        {
            return [new HealthRow("Journal", HealthLevel.Bad, "cannot be read", problem.Message)];
        }
        var bytes = past.Folder is { } folder && File.Exists(folder.JournalPath) ? new FileInfo(folder.JournalPath).Length : (long?)null;
        return [TradingRows.Journal(past, bytes, trading.Desk?.Book.Journal.Failure ?? ""), TradingRows.DayEnd(past.Entries)];
    }

    (Execution.Limits.TradingLimits, string, bool) Limits() => (trading.Limits.Current, trading.Limits.Problem, File.Exists(trading.Limits.Path));

    HealthRow Bot(DateTimeOffset now)
    {
        var last = trading.Bot?.Last?.Step.Decisions is [var decision, ..] ? Market.MarketCalendar.Nyse.CloseTime(decision.Candle.OpenTime, decision.Timeframe) : (DateTimeOffset?)null;
        return TradingRows.Bot((trading.Plan, trading.Bot is not null, trading.BotProblem), last, (live.Session.ExchangeNow(now), live.Session.Hours == MarketHours.Regular));
    }

    long? Free()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(options.StateFolder)).AvailableFreeSpace;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
