using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>Keeps <see cref="LiveState.Symbols"/> true. Quotes of one answer, and of answers that come thick and fast, are told together. Safe for several threads.</summary>
sealed class SymbolBoard(LiveState state, TimeProvider machine)
{
    /// <summary>No eye sees more, and every telling costs each open page a drawing.</summary>
    static readonly TimeSpan BetweenTellings = TimeSpan.FromMilliseconds(100);

    readonly Lock _gate = new();
    readonly Dictionary<Symbol, SymbolFacts> _facts = [];
    IReadOnlyList<Symbol> _order = [];
    LiveTopics _waiting;
    DateTimeOffset _toldAt;

    public IReadOnlyList<Symbol> Symbols
    {
        get
        {
            lock (_gate) return _order;
        }
    }

    /// <summary>The watchlist is this from now on; what is known of symbols that stay is kept.</summary>
    public void Watch(IReadOnlyList<Symbol> symbols, bool forget = false)
    {
        lock (_gate)
        {
            if (forget) _facts.Clear();
            foreach (var gone in _facts.Keys.Except(symbols).ToList()) _facts.Remove(gone);
            _order = symbols;
            Tell(LiveTopics.Watchlist | LiveTopics.Quotes);
        }
    }

    /// <summary>Quotes as they came; when they came is told by this machine's clock, whatever the clock of the calls.</summary>
    public void See(IReadOnlyList<Quote> quotes)
    {
        var now = machine.GetUtcNow();
        lock (_gate)
        {
            foreach (var quote in quotes)
                if (_order.Contains(quote.Symbol)) _facts[quote.Symbol] = FactsOf(quote.Symbol) with { Quote = quote with { ReceivedAt = now }, Name = quote.Name };
            _waiting |= LiveTopics.Quotes;
        }
    }

    public void Change(Symbol symbol, LiveTopics topics, Func<SymbolFacts, SymbolFacts> change)
    {
        lock (_gate)
        {
            if (!_order.Contains(symbol)) return;
            var (before, after) = (FactsOf(symbol), change(FactsOf(symbol)));
            if (after == before) return;
            _facts[symbol] = after;
            _waiting |= topics;
        }
    }

    public void SetShares(IReadOnlyList<PortfolioPosition> positions)
    {
        foreach (var symbol in Symbols)
        {
            var shares = positions.Where(position => position.SecurityType == "EQ" && position.Symbol == symbol.Ticker).Sum(position => position.Quantity);
            Change(symbol, LiveTopics.Quotes, facts => facts with { Shares = shares });
        }
        TellNowAndThen();
    }

    /// <summary>Tells what has gathered, ten times a second at most.</summary>
    public void TellNowAndThen()
    {
        lock (_gate)
            if (_waiting != LiveTopics.None && machine.GetUtcNow() - _toldAt >= BetweenTellings) Tell(LiveTopics.None);
    }

    void Tell(LiveTopics topics)
    {
        _toldAt = machine.GetUtcNow();
        state.SetSymbols([.. _order.Select(FactsOf)], topics | _waiting);
        _waiting = LiveTopics.None;
    }

    SymbolFacts FactsOf(Symbol symbol) => _facts.GetValueOrDefault(symbol) ?? new(symbol);
}
