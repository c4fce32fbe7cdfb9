using EtradeBot.Market;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Market;

/// <summary>Quotes as the customer sees them: the true ones with the faults of the market that strike.</summary>
sealed class ShownQuotes(SimulatedMarket market, FaultPlan faults)
{
    const double StaleSeconds = 30;
    const double SpikeFactor = 1.5;
    static readonly TimeSpan Delay = TimeSpan.FromMinutes(15);

    readonly Dictionary<Symbol, MarketQuote> _last = [];
    readonly Dictionary<Symbol, (DateOnly Day, long Volume)> _resets = [];

    public MarketQuote At(Symbol symbol, DateTimeOffset instant)
    {
        var quote = Damaged(Source(symbol, instant), instant);
        _last[symbol] = quote;
        return quote;
    }

    /// <summary>The quote of now, of an earlier time, or the one shown last.</summary>
    MarketQuote Source(Symbol symbol, DateTimeOffset instant)
    {
        if (Strikes("frozen", symbol) is not null && _last.TryGetValue(symbol, out var last)) return last with { At = instant };
        if (Strikes("delayed", symbol) is not null) return Counted(market.QuoteAt(symbol, instant - Delay) with { IsDelayed = true });
        if (Strikes("stale", symbol) is { } stale) return Counted(market.QuoteAt(symbol, instant.AddSeconds(-(stale.Value ?? StaleSeconds))));
        return Counted(market.QuoteAt(symbol, instant));
    }

    MarketQuote Damaged(MarketQuote quote, DateTimeOffset instant)
    {
        var symbol = quote.Symbol;
        if (Strikes("volume-reset", symbol) is not null)
        {
            _resets[symbol] = (MarketCalendar.Nyse.DayOf(instant), market.QuoteAt(symbol, instant).TotalVolume);
            quote = quote with { TotalVolume = 0 };
        }
        if (Strikes("spike", symbol) is { } spike) quote = Spiked(quote, spike.Value ?? SpikeFactor);
        if (Strikes("crossed", symbol) is not null) quote = quote with { Bid = quote.Ask, BidSize = quote.AskSize, Ask = quote.Bid, AskSize = quote.BidSize };
        if (Strikes("missing-side", symbol) is not null) quote = quote with { Bid = 0, BidSize = 0 };
        if (Strikes("zero-price", symbol) is not null) quote = quote with { Last = 0, Bid = 0, Ask = 0 };
        if (Strikes("negative-price", symbol) is not null) quote = quote with { Last = -Math.Abs(quote.Last) };
        if (Strikes("adjusted", symbol) is not null) quote = quote with { IsAdjusted = true };
        if (quote.Phase == MarketPhase.Regular && Strikes("after-hours-print", symbol) is not null)
            quote = quote with { Phase = MarketPhase.AfterHours, Extended = (quote.Last, quote.LastTradeAt) };
        return quote;
    }

    static MarketQuote Spiked(MarketQuote quote, double factor) => quote with
    {
        Last = Cents.Near(quote.Last * factor),
        Bid = Cents.Near(quote.Bid * factor),
        Ask = Cents.Near(quote.Ask * factor),
    };

    /// <summary>The day's volume as counted since it started at 0 again, if it did.</summary>
    MarketQuote Counted(MarketQuote quote)
    {
        if (!_resets.TryGetValue(quote.Symbol, out var reset) || reset.Day != MarketCalendar.Nyse.DayOf(quote.At)) return quote;
        return quote with { TotalVolume = Math.Max(0, quote.TotalVolume - reset.Volume) };
    }

    Fault? Strikes(string name, Symbol symbol) => faults.Strike(name, symbol: symbol.Ticker);
}
