using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator;

/// <summary>A real market as its polled quotes show it: what paper orders are filled against.</summary>
/// <remarks>
/// A trade that a quote shows is a print at the moment the quote came here, never earlier: an order cannot fill at a price that had passed before it was accepted.
/// What traded between two quotes is known by its volume only, so that it all counts at the last price. Bid and ask lie so far from the print that a buyer pays the ask at least
/// and a seller gets the bid at most. A symbol without a quote is not listed. Safe for several threads.
/// </remarks>
public sealed class PaperMarket : IMarket
{
    /// <summary>Prints that no order can wait for any more are forgotten.</summary>
    const int MostPrints = 2_000;

    readonly Lock _gate = new();
    readonly Dictionary<Symbol, Listing> _listings = [];

    IReadOnlyList<Symbol> IMarket.Symbols
    {
        get
        {
            lock (_gate) return [.. _listings.Keys];
        }
    }

    /// <summary>Quotes have arrived.</summary>
    /// <param name="now">By the clock of the paper broker.</param>
    public void See(IEnumerable<Quote> quotes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        lock (_gate)
        {
            foreach (var quote in quotes)
            {
                if (quote.Last is null && quote.ExtendedLast is null) continue;
                if (!_listings.TryGetValue(quote.Symbol, out var listing)) _listings[quote.Symbol] = listing = new Listing(quote);
                else if (quote.At >= listing.Quote.At) listing.See(quote, now, Phase(now));
            }
        }
    }

    bool IMarket.Lists(Symbol symbol)
    {
        lock (_gate) return _listings.ContainsKey(symbol);
    }

    (string Description, string Exchange)? IMarket.Describe(Symbol symbol)
    {
        lock (_gate) return _listings.TryGetValue(symbol, out var listing) ? (listing.Quote.Name, listing.Quote.Exchange) : null;
    }

    MarketPhase IMarket.PhaseAt(DateTimeOffset instant) => Phase(instant);

    MarketQuote IMarket.QuoteAt(Symbol symbol, DateTimeOffset instant)
    {
        lock (_gate) return Shown((_listings.GetValueOrDefault(symbol) ?? throw new ArgumentException($"{symbol} has no quote yet", nameof(symbol))).Quote, instant);
    }

    MarketQuote IMarket.ShownAt(Symbol symbol, DateTimeOffset instant) => ((IMarket)this).QuoteAt(symbol, instant);

    IEnumerable<Print> IMarket.Prints(Symbol symbol, DateTimeOffset after, DateTimeOffset upTo)
    {
        lock (_gate) return _listings.TryGetValue(symbol, out var listing) ? [.. listing.Prints.Where(print => print.At > after && print.At <= upTo)] : [];
    }

    /// <summary>Real quotes carry a split themselves.</summary>
    void IMarket.Split(Symbol symbol, double ratio, DateTimeOffset at) => throw new NotSupportedException("a real market splits its shares itself");

    static MarketPhase Phase(DateTimeOffset instant) => TradingHours.Begun(instant.UtcTicks)?.PhaseAt(instant.UtcTicks) ?? MarketPhase.Closed;

    static MarketQuote Shown(Quote quote, DateTimeOffset instant) => new()
    {
        Symbol = quote.Symbol,
        Description = quote.Name,
        Exchange = quote.Exchange,
        At = quote.At,
        Phase = Phase(instant),
        IsDelayed = quote.Status == QuoteStatus.Delayed,
        Last = quote.Last ?? quote.ExtendedLast ?? 0,
        LastTradeAt = quote.LastTradeAt ?? quote.At,
        Bid = quote.Bid ?? 0,
        Ask = quote.Ask ?? 0,
        BidSize = quote.BidSize ?? 0,
        AskSize = quote.AskSize ?? 0,
        Open = quote.DayOpen ?? 0,
        High = quote.DayHigh ?? 0,
        Low = quote.DayLow ?? 0,
        TotalVolume = quote.DayVolume ?? 0,
        PreviousClose = quote.PreviousClose ?? 0,
        PreviousDayVolume = quote.PreviousDayVolume ?? 0,
    };

    /// <summary>A symbol that is quoted.</summary>
    sealed class Listing(Quote first)
    {
        public Quote Quote { get; private set; } = first;

        public Queue<Print> Prints { get; } = [];

        public void See(Quote quote, DateTimeOffset now, MarketPhase phase)
        {
            var (before, price) = (Quote, LastOf(quote));
            Quote = quote;
            var volume = quote.DayVolume - before.DayVolume;
            if (price == LastOf(before) && volume is null or <= 0 && quote.LastTradeAt == before.LastTradeAt) return;
            Prints.Enqueue(new Print(now, price, Math.Max(0, volume ?? 0), HalfSpread(quote, price), phase));
            if (Prints.Count > MostPrints) Prints.Dequeue();
        }

        static double LastOf(Quote quote) => quote.ExtendedLast ?? quote.Last ?? 0;

        static double HalfSpread(Quote quote, double price) => Math.Max(0, Math.Max((quote.Ask ?? price) - price, price - (quote.Bid ?? price)));
    }
}
