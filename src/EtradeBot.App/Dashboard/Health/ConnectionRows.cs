using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Hosting.Live;

namespace EtradeBot.App.Dashboard.Health;

/// <summary>The line to the broker, the login, the quotes, the disk.</summary>
static class ConnectionRows
{
    static readonly Ages QuoteAges = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));
    static readonly Ages AccountAges = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10));

    /// <summary>A login that ends soon ends within the session that is being traded.</summary>
    static readonly TimeSpan LoginSoon = TimeSpan.FromMinutes(60);

    const double Scarce = 2e9, Empty = 0.3e9;

    public static IEnumerable<HealthRow> Of(LiveState live, DateTimeOffset now)
    {
        var session = live.Session;
        yield return Link(session);
        yield return Login(session, now);
        yield return Quotes(session, now);
        yield return Symbols(live);
        yield return Account(live.Account, now);
    }

    /// <param name="free">Bytes; null when it cannot be told.</param>
    public static HealthRow Disk(long? free) => free switch
    {
        null => new("Disk", HealthLevel.Warn, "free space unknown", "Look whether the data folder's disk is there."),
        < (long)Empty => new("Disk", HealthLevel.Bad, Size(free.Value), "Free space now: when the journal cannot be written nothing new is sent to the broker."),
        < (long)Scarce => new("Disk", HealthLevel.Warn, Size(free.Value), "Free some space, or move the data folder (--data)."),
        _ => new("Disk", HealthLevel.Good, Size(free.Value)),
    };

    static string Size(long bytes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB free");

    static HealthRow Link(SessionFacts session) => session.Link switch
    {
        BrokerLink.Up => new("Broker", HealthLevel.Good, $"connected to {session.Broker}"),
        BrokerLink.Connecting => new("Broker", HealthLevel.Warn, "connecting", "Wait for the first answer."),
        BrokerLink.Down => new("Broker", HealthLevel.Bad, "does not answer", $"{session.LinkReason} It is tried again without end; stops rest at the broker meanwhile."),
        BrokerLink.NeedsLogin => new("Broker", HealthLevel.Bad, "login needed", $"{session.LinkReason} Log in under Settings, Broker & login."),
        _ => new("Broker", HealthLevel.Bad, "not set up", session.LinkReason),
    };

    static HealthRow Login(SessionFacts session, DateTimeOffset now)
    {
        const string toDo = "Log in again under Settings, Broker & login: every login ends at midnight New York time.";
        if (session.TokenEndsAt is not { } end || session.ExchangeNow(now) is not { } exchange) return new("Login", HealthLevel.Idle, "none is needed here, or there is none yet");
        var left = end - exchange;
        return left <= TimeSpan.Zero ? new("Login", HealthLevel.Bad, "has ended", toDo) : new("Login", left < LoginSoon ? HealthLevel.Warn : HealthLevel.Good, $"ends in {Figures.Countdown(left)}", left < LoginSoon ? toDo : "");
    }

    static HealthRow Quotes(SessionFacts session, DateTimeOffset now)
    {
        var age = now - session.LastQuoteReceivedAt;
        if (session.Hours != MarketHours.Regular) return new("Quotes", HealthLevel.Idle, $"market closed; the newest is {Figures.Age(age)} old");
        if (age is not { } known) return new("Quotes", HealthLevel.Warn, "none yet", "Wait for the first; a watchlist without symbols brings none.");
        var level = QuoteAges.Of(known);
        return new("Quotes", level, $"the newest is {Figures.Age(known)} old", level == HealthLevel.Good ? "" : "Look at the broker's line above and at this machine's network. No position is opened on old quotes.");
    }

    static HealthRow Symbols(LiveState live)
    {
        var ill = live.Symbols.Where(facts => facts.Health is { State: FeedState.Stale or FeedState.Delayed or FeedState.Down or FeedState.UnknownSymbol }).ToList();
        if (live.Symbols.Count == 0) return new("Symbols", HealthLevel.Idle, "nothing is watched", "Add symbols to the watchlist on the page Live.");
        return ill.Count == 0 ? new("Symbols", HealthLevel.Good, $"{live.Symbols.Count} watched")
            : new("Symbols", HealthLevel.Warn, $"{ill.Count} of {live.Symbols.Count} without good quotes", string.Join(" ", ill.Take(3).Select(facts => $"{facts.Symbol}: {facts.Health!.Reason}")));
    }

    static HealthRow Account(AccountFacts account, DateTimeOffset now)
    {
        if (account.Problem.Length > 0) return new("Account", HealthLevel.Warn, $"read {Figures.Age(now - account.ReadAt)} ago", account.Problem);
        if (account.ReadAt is not { } at) return new("Account", HealthLevel.Idle, "not read yet");
        var level = AccountAges.Of(now - at);
        return new("Account", level, $"{account.Name}, read {Figures.Age(now - at)} ago", level == HealthLevel.Good ? "" : "Positions and orders shown are from then: look at the broker's line above.");
    }
}
