using System.Globalization;
using EtradeBot.Brokers;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Judges how each symbol's quotes are doing. Not safe for several threads.</summary>
sealed class FeedWatch(PollerOptions options, MarketClock clock, LiveBuilders builders)
{
    readonly Dictionary<Symbol, QuoteStatus> _statuses = [];
    readonly Dictionary<Symbol, string> _dropped = [];
    readonly Dictionary<Symbol, (FeedState State, string Reason)> _told = [];

    /// <summary>The broker's word that stops all polling until a person acts; null: none.</summary>
    public BrokerException? Blocked { get; set; }

    public void See(Quote quote) => _statuses[quote.Symbol] = quote.Status;

    /// <returns>False when that was known already.</returns>
    public bool Drop(Symbol symbol, string why) => _dropped.TryAdd(symbol, why);

    /// <summary>Of a symbol that may come back nothing is known then.</summary>
    public void Forget(Symbol symbol)
    {
        _statuses.Remove(symbol);
        _dropped.Remove(symbol);
        _told.Remove(symbol);
    }

    public FeedHealth Judge(Symbol symbol, PollGroup? group)
    {
        var builder = builders.Of(symbol)[0];
        var age = clock.Now - builder.LastQuoteAt;
        var (state, reason) = StateOf(symbol, group, builder, age);
        return new(symbol, state, reason, builder.LastQuoteAt, age);
    }

    /// <summary>Those whose state or reason is another than at the last call.</summary>
    public List<FeedHealth> Changes(IReadOnlyList<Symbol> symbols, PollGroups groups)
    {
        var changes = new List<FeedHealth>();
        foreach (var symbol in symbols)
        {
            var health = Judge(symbol, groups.Of(symbol));
            var now = (health.State, Kind(health));
            if (_told.TryGetValue(symbol, out var told) && told == now) continue;
            _told[symbol] = now;
            changes.Add(health);
        }
        return changes;
    }

    /// <summary>A stale quote gets older all the time; that alone is no news.</summary>
    static string Kind(FeedHealth health) => health.State == FeedState.Stale ? "" : health.Reason;

    (FeedState State, string Reason) StateOf(Symbol symbol, PollGroup? group, CandleBuilder builder, TimeSpan? age)
    {
        if (_dropped.TryGetValue(symbol, out var why)) return (FeedState.UnknownSymbol, why);
        if (Blocked is { } blocked) return (blocked.Fault == BrokerFault.SessionExpired ? FeedState.NeedsLogin : FeedState.Down, blocked.Message);
        var isOld = age is null || age > options.StaleAfter;
        if (group is { Failures: > 0 } && isOld) return (FeedState.Down, group.Problem);
        if (MarketClock.HoursAt(clock.Now) != MarketHours.Regular) return (FeedState.Closed, "the regular session is closed");
        if (_statuses.GetValueOrDefault(symbol) == QuoteStatus.Delayed)
            return (FeedState.Delayed, "quotes are some 15 minutes old: sign the market data agreement in your account at E*TRADE");
        if (age is null) return (FeedState.Starting, "no usable quote yet" + Refused(builder));
        return isOld ? (FeedState.Stale, string.Create(CultureInfo.InvariantCulture, $"the last good quote is {age.Value.TotalSeconds:0} seconds old{Refused(builder)}")) : (FeedState.Ok, "");
    }

    static string Refused(CandleBuilder builder) => builder.LastRefusal is { } why ? $"; the latest was refused: {Words(why)}" : "";

    public static string Words(QuoteRefusal why) => why switch
    {
        QuoteRefusal.NoPrice => "no price",
        QuoteRefusal.Crossed => "bid above ask",
        QuoteRefusal.Indicative => "indicative only",
        QuoteRefusal.Delayed => "delayed",
        QuoteRefusal.AfterHours => "marked as after hours",
        QuoteRefusal.OutOfOrder => "older than the one before",
        QuoteRefusal.Frozen => "frozen",
        QuoteRefusal.Spike => "price far off and not confirmed",
        _ => "prices are adjusted since a moment ago",
    };
}
