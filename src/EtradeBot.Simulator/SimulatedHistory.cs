using System.Collections.Concurrent;
using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator;

/// <summary>What the simulated market did before, and will do: the candles that its quotes of the same seed make, for the demo companies and every listed ticker. Safe for several threads.</summary>
/// <remarks>Whoever shows them to a trader has to hide those that lie in the future of the simulated clock.</remarks>
public sealed class SimulatedHistory(int seed)
{
    readonly DemoMarket _market = new(seed);
    readonly ConcurrentDictionary<Symbol, DemoSymbol> _companies = [];

    /// <summary>True when the simulated market trades the symbol.</summary>
    public static bool Lists(Symbol symbol) => ListedTickers.Table.Find(symbol) is not null || DemoMarket.Symbols.Any(company => company.Symbol == symbol);

    /// <inheritdoc cref="DemoMarket.Generate"/>
    /// <exception cref="CandleDataException">The simulated market does not list the symbol.</exception>
    public CandleSeries Generate(Symbol symbol, Timeframe timeframe, DateOnly from, DateOnly to)
    {
        if (to < from) throw new ArgumentException($"the range ends on {to:yyyy-MM-dd}, before it begins on {from:yyyy-MM-dd}", nameof(to));
        if (!Lists(symbol)) throw new CandleDataException($"the simulated market does not list {symbol}");
        if (timeframe == Timeframe.W1) return Generate(symbol, Timeframe.D1, Monday(from), Monday(to).AddDays(6)).Resample(Timeframe.W1);
        var company = _companies.GetOrAdd(symbol, Company);
        var columns = new CandleColumns();
        var minutes = new DemoMinutes();
        foreach (var day in _market.Days(company, from, to))
        {
            _market.Fill(minutes, symbol, day);
            if (timeframe.IsIntraday) minutes.Fold(day, timeframe.Minutes, day.Session.Open.UtcTicks, columns);
            else minutes.Fold(day, day.Minutes, MarketCalendar.Nyse.DailyOpen(day.Session.Day).UtcTicks, columns);
        }
        var origin = new CandleOrigin(string.Create(CultureInfo.InvariantCulture, $"simulated market, seed {seed}"), IsSimulated: true, PriceAdjustment.SplitsAndDividends);
        return CandleSeries.FromColumns(symbol, timeframe, origin, columns);
    }

    DemoSymbol Company(Symbol symbol) => DemoMarket.Symbols.FirstOrDefault(company => company.Symbol == symbol) ?? InventedCompany.Of(symbol, _market);

    static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
