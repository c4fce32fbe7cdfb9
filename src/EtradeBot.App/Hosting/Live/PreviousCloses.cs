using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>The last regular closes before a day: from the quotes that are polled anyway, else asked for, once a day each.</summary>
sealed class PreviousCloses(IBrokerLine line)
{
    readonly Dictionary<Symbol, decimal> _closes = [];
    readonly HashSet<Symbol> _asked = [];
    DateOnly _day;

    /// <exception cref="EtradeBot.Brokers.BrokerException">The broker or the way to it failed.</exception>
    public async Task<IReadOnlyDictionary<Symbol, decimal>> ReadAsync(IReadOnlyList<Symbol> symbols, (DateOnly Day, IReadOnlyList<SymbolFacts> Watched) now, CancellationToken stop)
    {
        if (now.Day != _day)
        {
            _closes.Clear();
            _asked.Clear();
            _day = now.Day;
        }
        foreach (var facts in now.Watched)
            if (facts.Quote is { } quote) Take(quote);
        var missing = symbols.Where(symbol => !_closes.ContainsKey(symbol) && _asked.Add(symbol)).ToList();
        if (missing.Count > 0)
            foreach (var quote in (await line.CallAsync(client => client.QuotesAsync(missing, QuoteDetail.All, stop)).ConfigureAwait(false)).Quotes) Take(quote);
        return new Dictionary<Symbol, decimal>(_closes);
    }

    /// <summary>A quote of another day has another previous close.</summary>
    void Take(Quote quote)
    {
        if (quote.PreviousClose is { } close && DayResult.DayAt(quote.At) == _day) _closes[quote.Symbol] = (decimal)close;
    }
}
