using System.Globalization;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;
using EtradeBot.Notify;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>What the session is worth telling of: the login, the feed, patterns, the disk, and the day once it is over. Called every second or so; it only looks.</summary>
/// <param name="freeBytes">Room left where the data lie; null where nobody knows.</param>
sealed class SessionNotices(LiveState live, TimeProvider time, Func<long?> freeBytes)
{
    static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(60);
    static readonly TimeSpan BeforeOpen = TimeSpan.FromHours(1);
    static readonly TimeSpan BeforeMidnight = TimeSpan.FromMinutes(30);
    const long LittleRoom = 500L << 20;

    readonly HashSet<PatternHit> _told = [];
    DateTimeOffset? _silentSince, _loginSince;
    (DateOnly Day, bool WasOpen) _session;
    bool _isFirst = true;

    /// <param name="past">The journal of the account, for the day's summary.</param>
    public IReadOnlyList<Notice> Look(Func<TradingPast> past)
    {
        var now = time.GetUtcNow();
        var exchange = live.Session.ExchangeNow(now) ?? now;
        var notices = (List<Notice>)[.. Login(now, exchange), .. Feed(now, exchange), .. Patterns(), .. Disk(now), .. Summary(exchange, past)];
        _isFirst = false;
        return notices;
    }

    string Mode => live.Session.Mode.ToString().ToUpperInvariant();

    IEnumerable<Notice> Login(DateTimeOffset now, DateTimeOffset exchange)
    {
        var (session, day) = (live.Session, MarketCalendar.Nyse.DayOf(exchange));
        var isHolding = live.Account.Positions.Count > 0;
        _loginSince = session.Link == BrokerLink.NeedsLogin ? _loginSince ?? now : null;
        if (_loginSince is { } since)
        {
            yield return Make(NoticeEvents.LoginNeeded, Words($"login/{session.Mode}/{since.UtcTicks}"), "login needed", session.LinkReason, now);
            if (session.NextOpenOrClose is { } next && session.Hours != MarketHours.Regular && next - exchange < BeforeOpen)
                yield return Make(NoticeEvents.LoginNeeded, $"login-open/{session.Mode}/{day:yyyy-MM-dd}", Words($"login needed: the market opens in {(next - exchange).TotalMinutes:0} minutes"), session.LinkReason, now);
        }
        else if (session.Link == BrokerLink.Up && isHolding && session.TokenEndsAt is { } end && end - exchange is var left && left > TimeSpan.Zero && left < BeforeMidnight)
            yield return Make(NoticeEvents.LoginNeeded, $"login-midnight/{session.Mode}/{day:yyyy-MM-dd}", Words($"the login ends in {left.TotalMinutes:0} minutes, with {live.Account.Positions.Count} positions open"), "It ends at midnight in New York. Stops rest at the broker; until the next login nothing else can be done from here.", now, NoticeLevel.Warning);
    }

    IEnumerable<Notice> Feed(DateTimeOffset now, DateTimeOffset exchange)
    {
        var session = live.Session;
        var isSilent = session is { Hours: MarketHours.Regular, Speed: > 0, Link: BrokerLink.Up or BrokerLink.Down or BrokerLink.Connecting } && session.LastQuoteReceivedAt is { } last && now - last > SilentFor;
        if (!isSilent)
        {
            if (_silentSince is { } since && session.Link == BrokerLink.Up) yield return Make(NoticeEvents.FeedStale, Words($"feed-back/{since.UtcTicks}"), "quotes come again", Words($"They were away for {(now - since).TotalMinutes:0.0} minutes."), now, NoticeLevel.Info);
            if (session.Link == BrokerLink.Up) _silentSince = null;
            yield break;
        }
        _silentSince ??= session.LastQuoteReceivedAt;
        yield return Make(NoticeEvents.FeedStale, Words($"feed/{_silentSince!.Value.UtcTicks}"), "no quotes for a minute while the market is open", session.LinkReason.Length > 0 ? session.LinkReason : "Nothing is entered until they come again; stops rest at the broker.", now);
    }

    /// <summary>Of closed candles; what was there before the first look is no news.</summary>
    IEnumerable<Notice> Patterns()
    {
        foreach (var facts in live.Symbols)
            foreach (var hit in facts.Patterns)
                if (_told.Add(hit) && !_isFirst)
                    yield return new Notice(NoticeEvents.Signal, Words($"pattern/{live.Session.Feed}/{facts.Symbol}/{hit.Pattern}/{hit.Timeframe}/{hit.OpenTime.UtcTicks}"), $"{Mode} {facts.Symbol}: {Analysis.Patterns.All.First(info => info.Pattern == hit.Pattern).NameOf(hit.Value)}, {hit.Timeframe}", facts.Quote?.Last is { } last ? Words($"at {last:0.00##}") : "", time.GetUtcNow()) { Symbol = facts.Symbol };
        if (_told.Count > 10_000) _told.RemoveWhere(hit => !live.Symbols.Any(facts => facts.Patterns.Contains(hit)));
    }

    IEnumerable<Notice> Disk(DateTimeOffset now)
    {
        if (freeBytes() is { } free && free < LittleRoom)
            yield return Make(NoticeEvents.DiskLow, $"disk/{MarketCalendar.Nyse.DayOf(now):yyyy-MM-dd}", Words($"only {free >> 20} MB are free"), "Without room for the journal no order leaves. Free some, or move the data folder.", now);
    }

    IEnumerable<Notice> Summary(DateTimeOffset exchange, Func<TradingPast> past)
    {
        var (day, isOpen) = (MarketCalendar.Nyse.DayOf(exchange), live.Session.Hours == MarketHours.Regular);
        var before = _session;
        _session = (day, isOpen);
        if (!before.WasOpen || isOpen || live.Session.ExchangeTime is null) yield break;
        var trades = TradeFold.Of(past().Entries);
        var exits = trades.SelectMany(trade => trade.Exits).Where(exit => exit.Day == before.Day).ToList();
        var entered = trades.Count(trade => MarketCalendar.Nyse.DayOf(trade.EnteredAt) == before.Day);
        var held = trades.Where(trade => !trade.IsClosed).ToList();
        yield return Make(NoticeEvents.DailySummary, $"summary/{live.Session.Mode}/{before.Day:yyyy-MM-dd}", Words($"{before.Day:yyyy-MM-dd}: {exits.Sum(exit => exit.Profit):+$#,##0.00;-$#,##0.00;$0.00} closed"),
            Words($"{entered} positions entered, {exits.Count} exits, {exits.Count(exit => exit.Profit > 0)} with a gain.\n{(held.Count == 0 ? "Nothing is held." : $"Held over night: {string.Join(", ", held.Select(trade => Words($"{trade.Held} {trade.Entry.Symbol}")))}.")}{(live.Account.DayPnl is { } pnl ? Words($"\nThe account's day: {pnl:+$#,##0.00;-$#,##0.00;$0.00}.") : "")}"), time.GetUtcNow());
    }

    Notice Make(string happening, string key, string title, string text, DateTimeOffset at, NoticeLevel? level = null) => new(happening, key, $"{Mode} {title}", text, at) { Level = level };

    static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
