using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>A market that trades what a test wrote down. The quote is the last print with its half spread on both sides.</summary>
sealed class ScriptedMarket : IMarket
{
    readonly SortedDictionary<Symbol, List<Print>> _prints = [];
    readonly List<(Symbol Symbol, double Ratio, DateTimeOffset At)> _splits = [];

    public IReadOnlyList<Symbol> Symbols => [.. _prints.Keys];

    /// <summary>How often prints were asked for.</summary>
    public int Asked { get; private set; }

    public void Trade(string ticker, DateTimeOffset at, double price, long volume = 4_000, double halfSpread = 0.05)
    {
        var symbol = Symbol.Parse(ticker);
        if (!_prints.TryGetValue(symbol, out var prints)) _prints[symbol] = prints = [];
        prints.Add(new Print(at, price, volume, halfSpread, PhaseAt(at)));
    }

    public bool Lists(Symbol symbol) => _prints.ContainsKey(symbol);

    public (string Description, string Exchange)? Describe(Symbol symbol) =>
        Lists(symbol) ? (symbol.Ticker + " INC COM (SIMULATED)", "NSDQ") : null;

    public MarketPhase PhaseAt(DateTimeOffset instant)
    {
        var calendar = MarketCalendar.Nyse;
        var day = calendar.DayOf(instant);
        if (calendar.SessionOn(day) is not { } session) return MarketPhase.Closed;
        if (instant < calendar.At(day, new TimeOnly(4, 0))) return MarketPhase.Closed;
        if (instant < session.Open) return MarketPhase.PreMarket;
        if (instant <= session.Close) return MarketPhase.Regular;
        return instant <= calendar.At(day, new TimeOnly(session.IsShortened ? 17 : 20, 0)) ? MarketPhase.AfterHours : MarketPhase.Closed;
    }

    public MarketQuote QuoteAt(Symbol symbol, DateTimeOffset instant)
    {
        var last = AllPrints(symbol).LastOrDefault(print => print.At <= instant);
        return new MarketQuote
        {
            Symbol = symbol,
            Description = symbol.Ticker,
            Exchange = "NSDQ",
            At = instant,
            Phase = PhaseAt(instant),
            Last = last.Price,
            LastTradeAt = last.At,
            Bid = last.Price - last.HalfSpread,
            Ask = last.Price + last.HalfSpread,
            BidSize = 100,
            AskSize = 100,
            Open = last.Price,
            High = last.Price,
            Low = last.Price,
            TotalVolume = last.Volume,
            PreviousClose = last.Price,
            PreviousDayVolume = 0,
        };
    }

    public MarketQuote ShownAt(Symbol symbol, DateTimeOffset instant) => QuoteAt(symbol, instant);

    public IEnumerable<Print> Prints(Symbol symbol, DateTimeOffset after, DateTimeOffset upTo)
    {
        Asked++;
        return AllPrints(symbol).Where(print => print.At > after && print.At <= upTo);
    }

    public void Split(Symbol symbol, double ratio, DateTimeOffset at) => _splits.Add((symbol, ratio, at));

    IEnumerable<Print> AllPrints(Symbol symbol)
    {
        foreach (var print in _prints[symbol])
        {
            var factor = 1.0;
            foreach (var split in _splits)
                if (split.Symbol == symbol && print.At > split.At) factor *= split.Ratio;
            yield return print with { Price = print.Price / factor, HalfSpread = print.HalfSpread / factor };
        }
    }
}
