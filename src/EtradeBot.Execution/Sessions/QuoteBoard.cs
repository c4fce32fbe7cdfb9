using System.Collections.Concurrent;
using EtradeBot.Market;

namespace EtradeBot.Execution.Sessions;

/// <summary>The latest quotes, as orders are judged by them. Safe for several threads.</summary>
public sealed class QuoteBoard
{
    readonly ConcurrentDictionary<Symbol, Seen> _seen = [];

    /// <summary>Takes a quote that is not older than the one that is known.</summary>
    public void Saw(Quote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        _seen.AddOrUpdate(quote.Symbol, _ => new Seen(quote, null), (_, before) =>
            quote.At < before.Quote.At ? before : new Seen(quote, quote.At > before.Quote.At && MiddleOf(before.Quote) is { } middle ? (middle, before.Quote.At) : before.Before));
    }

    public Quote? Latest(Symbol symbol) => _seen.TryGetValue(symbol, out var seen) ? seen.Quote : null;

    /// <summary>Middle of the good quote before the latest, dollars; null when there was none on the same New York day.</summary>
    public double? Before(Symbol symbol) =>
        _seen.TryGetValue(symbol, out var seen) && seen.Before is var (middle, at) && MarketCalendar.Nyse.DayOf(at) == MarketCalendar.Nyse.DayOf(seen.Quote.At) ? middle : null;

    /// <summary>Middle of bid and ask, dollars; null without a sound quote.</summary>
    public double? Middle(Symbol symbol) => Latest(symbol) is { } quote ? MiddleOf(quote) : null;

    static double? MiddleOf(Quote quote) => quote is { Bid: > 0 and var bid, Ask: > 0 and var ask } && bid < ask ? (bid + ask) / 2 : null;

    sealed record Seen(Quote Quote, (double Middle, DateTimeOffset At)? Before);
}
