using EtradeBot.App.Hosting.Bots;
using EtradeBot.Execution;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Journaling;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Dashboard.Health;

/// <summary>What trades: the desk, its books against the broker's, the journal, the limits, the bot.</summary>
static class TradingRows
{
    static readonly Ages BeatAges = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));
    static readonly Ages LookAges = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(120));

    public static HealthRow NoDesk(string why) => new("Trading", HealthLevel.Idle, "nothing is traded here", $"{why.TrimEnd('.')}.");

    public static IEnumerable<HealthRow> Of(TradingDesk desk)
    {
        yield return Standing(desk.Trader.Standing);
        yield return Beat(desk.LastBeatAt is { } at ? desk.Now - at : null);
        yield return Brake(desk.Kill.Read());
        yield return Look(desk.Trader.Look, desk.Now);
        yield return Unknown(desk.Book.Where(order => order.State == OrderState.Unknown));
        yield return Value(desk.Account.Trouble);
    }

    public static HealthRow Standing(Standing standing)
    {
        var why = string.Join("; ", standing.Reasons);
        return standing.Readiness switch
        {
            Readiness.Ready => new("Trading", HealthLevel.Good, "ready: entries and exits"),
            Readiness.NoEntries => new("Trading", HealthLevel.Warn, "no entries", $"{why}. What is held is managed as planned."),
            Readiness.ManageOnly => new("Trading", HealthLevel.Bad, "the broker cannot be read or the journal not be written", $"{why}. Stops rest at the broker; nothing new is sent."),
            Readiness.ExitsOnly => new("Trading", HealthLevel.Bad, "halted: only leaving", $"{why}. Look at the account, then press Clear."),
            _ => new("Trading", HealthLevel.Warn, "frozen: nothing is sent", $"{why}. It ends with the first complete look at the broker."),
        };
    }

    public static HealthRow Look(Reconciliation? look, DateTimeOffset now)
    {
        if (look is null) return new("Books against the broker", HealthLevel.Warn, "not compared yet", "Wait for the first look at the broker's lists.");
        var wrong = look.Mismatches.Concat(look.Missing.Select(order => $"{order.Intent} is not listed")).ToList();
        if (wrong.Count > 0) return new("Books against the broker", HealthLevel.Bad, $"{wrong.Count} differ", $"{string.Join("; ", wrong)}. Look at E*TRADE's own pages; no entries until it agrees.");
        var level = LookAges.Of(now - look.At);
        var figure = $"agree, {Figures.Age(now - look.At)} ago";
        return !look.IsComplete && level == HealthLevel.Good ? new("Books against the broker", HealthLevel.Warn, $"{figure}; the list changed while it was read", "It is read again by itself.")
            : new("Books against the broker", level, figure, level == HealthLevel.Good ? "" : "The broker has not been read since: look at its line above.");
    }

    /// <param name="bytes">Of the file; null when it is not there yet.</param>
    /// <param name="failure">Why it cannot be written; empty while it can.</param>
    public static HealthRow Journal(TradingPast past, long? bytes, string failure)
    {
        if (past.Folder is not { } folder) return new("Journal", HealthLevel.Idle, "none yet", "The first order of the program begins one.");
        var last = past.Entries.Count > 0 ? past.Entries[^1] : null;
        var figure = $"{folder.JournalPath}: {Figures.Count(past.Entries.Count)} events{(bytes is { } size ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", {size / 1e6:0.00} MB") : "")}{(last is null ? "" : $", the last written and flushed {Figures.NewYork(last.At):yyyy-MM-dd HH:mm:ss} ET")}";
        return failure.Length == 0 ? new("Journal", HealthLevel.Good, figure) : new("Journal", HealthLevel.Bad, figure, failure);
    }

    /// <summary>The newest comparison after a session's end.</summary>
    public static HealthRow DayEnd(IReadOnlyList<JournalEntry> entries) => entries.LastOrDefault(entry => entry.Event is DayReconciled)?.Event switch
    {
        DayReconciled { IsClean: true } day => new("End of day", HealthLevel.Good, $"{day.Day:yyyy-MM-dd}: journal and broker agreed"),
        DayReconciled day => new("End of day", HealthLevel.Bad, $"{day.Day:yyyy-MM-dd}: they differed", $"{day.Words}. Compare with E*TRADE's own pages."),
        _ => new("End of day", HealthLevel.Idle, "no session has ended under this program yet"),
    };

    public static HealthRow Limits((TradingLimits Current, string Problem, bool Exists) limits, TradingMode mode)
    {
        if (limits.Problem.Length > 0) return new("Limits", HealthLevel.Bad, "limits.json is refused", $"{limits.Problem}. Mend the file; it is read again by itself.");
        if (mode == TradingMode.Live && limits.Current.ReviewedAt is null) return new("Limits", HealthLevel.Bad, "not reviewed", "Read limits.json, then set reviewedAt and reviewedBy: real money needs both.");
        return new("Limits", HealthLevel.Good, limits.Exists ? $"limits.json{(limits.Current.ReviewedAt is { } day ? $", reviewed {day:yyyy-MM-dd} by {limits.Current.ReviewedBy}" : "")}" : "no limits.json: the safe limits hold");
    }

    /// <param name="last">Close of the candle it decided on last; null: none yet.</param>
    public static HealthRow Bot((BotPlan? Plan, bool IsRunning, string Problem) bot, DateTimeOffset? last, (DateTimeOffset? Now, bool IsOpen) exchange)
    {
        if (bot.Problem.Length > 0) return new("Bot", HealthLevel.Bad, bot.Plan is null ? "stopped" : "does not run", $"{bot.Problem.TrimEnd('.')}. What it holds stays protected.");
        if (bot.Plan is not { } plan) return new("Bot", HealthLevel.Idle, "none is started", "Start one on the page Bot.");
        if (!bot.IsRunning) return new("Bot", HealthLevel.Warn, "waits for the connection");
        if (last is not { } at || exchange.Now is not { } now) return new("Bot", HealthLevel.Good, $"{plan.Words}; no candle has closed yet");
        var age = now - at;
        var isLate = exchange.IsOpen && age > 2.5 * plan.Timeframe.Length + TimeSpan.FromSeconds(30);
        return new("Bot", isLate ? HealthLevel.Warn : HealthLevel.Good, $"{plan.Words}; its last candle closed {Figures.Age(age)} ago", isLate ? "No candle has come since: look at the quotes above." : "");
    }

    static HealthRow Beat(TimeSpan? age)
    {
        if (age is not { } known) return new("Trader", HealthLevel.Warn, "has not begun yet", "Wait for its first beat.");
        var level = BeatAges.Of(known);
        return new("Trader", level, $"last beat {Figures.Age(known)} ago", level == HealthLevel.Good ? "" : "It does not answer: stops rest at the broker, targets are not watched. Start the program again if it stays so.");
    }

    static HealthRow Brake(KillFacts kill) => kill.IsKilled
        ? new("Brake", HealthLevel.Bad, $"pulled by {(kill.By.Length > 0 ? kill.By : "?")}: {kill.Reason}", "Look at the account, then press Clear.")
        : new("Brake", HealthLevel.Good, "not pulled");

    static HealthRow Unknown(IReadOnlyList<OrderLife> orders) => orders.Count == 0
        ? new("Orders of unknown fate", HealthLevel.Good, "none")
        : new("Orders of unknown fate", HealthLevel.Bad, Figures.Count(orders.Count), $"{string.Join("; ", orders.Select(order => order.Intent.ToString()))}. The page Orders says what to do.");

    static HealthRow Value(string trouble) => trouble.Length == 0
        ? new("Account's value", HealthLevel.Good, "read")
        : new("Account's value", HealthLevel.Warn, "not known", $"{trouble}. Loss limits cannot be watched until it is.");
}
