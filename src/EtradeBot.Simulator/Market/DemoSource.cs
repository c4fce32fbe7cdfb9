using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Prices of the demo market, the same as its candle files have; and invented ones for listed tickers, marked as such.</summary>
sealed class DemoSource : IMinuteSource
{
    const string Mark = " (SIMULATED)";

    readonly DemoMarket _market;
    readonly HashSet<Symbol> _listed;
    readonly Dictionary<Symbol, DemoFrames> _frames = [];
    readonly DemoMinutes _minutes = new();

    public DemoSource(SimulatorOptions options)
    {
        _market = new DemoMarket(options.Seed);
        Symbols = [.. DemoMarket.Symbols.Select(company => company.Symbol).Concat(options.Symbols).Concat(ListedTickers.Table.Symbols).Distinct()];
        _listed = [.. Symbols];
    }

    public IReadOnlyList<Symbol> Symbols { get; }

    public bool HasThinHours => true;

    public (string Description, string Exchange)? Describe(Symbol symbol)
    {
        if (!_listed.Contains(symbol)) return null;
        if (ListedTickers.Table.Find(symbol) is { } ticker) return (ticker.Name.ToUpperInvariant() + Mark, ticker.Exchange);
        var name = Company(symbol)?.Name ?? symbol.Ticker;
        return (name.ToUpperInvariant() + Mark, "NYSE");
    }

    public CandleColumns Minutes(Symbol symbol, DateOnly day)
    {
        var frame = Frames(symbol).On(day);
        var columns = new CandleColumns(frame.Minutes);
        _market.Fill(_minutes, symbol, frame);
        _minutes.Fold(frame, 1, frame.Session.Open.UtcTicks, columns);
        return columns;
    }

    public DateOnly? TradedBefore(Symbol symbol, DateOnly day) => TradingHours.Before(day);

    static DemoSymbol? Company(Symbol symbol) => DemoMarket.Symbols.FirstOrDefault(company => company.Symbol == symbol);

    DemoFrames Frames(Symbol symbol)
    {
        if (_frames.TryGetValue(symbol, out var frames)) return frames;
        return _frames[symbol] = new DemoFrames(_market, Company(symbol) ?? InventedCompany.Of(symbol, _market));
    }
}
