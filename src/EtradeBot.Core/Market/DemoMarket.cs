using System.Globalization;

namespace EtradeBot.Market;

/// <summary>A made-up stock market: candles for trying things out where no real ones are at hand. Never evidence that a strategy earns money.</summary>
/// <remarks>
/// <para>The same seed, symbol and day make the same candle, whatever range or timeframe is asked for: a 1d candle holds exactly the
/// 1m candles of its day.</para>
/// <para>Prices have regimes, clustering volatility, fat tails and overnight gaps; volume and volatility are U-shaped over the day. The
/// companies move independently of one another and never split or pay a dividend.</para>
/// </remarks>
public sealed class DemoMarket(int seed)
{
    /// <summary>The invented companies that are traded.</summary>
    public static IReadOnlyList<DemoSymbol> Symbols => DemoSymbol.All;

    public int Seed { get; } = seed;

    /// <summary>The regular sessions' candles of both days and those between; of weeks, the whole weeks in which those days lie. The market is open from 1990 to 2035.</summary>
    /// <returns>A series whose origin is simulated; empty when no session lies in the range.</returns>
    /// <exception cref="CandleDataException">The symbol is none of <see cref="Symbols"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="to"/> lies before <paramref name="from"/>.</exception>
    public CandleSeries Generate(Symbol symbol, Timeframe timeframe, DateOnly from, DateOnly to)
    {
        if (to < from) throw new ArgumentException($"the range ends on {to:yyyy-MM-dd}, before it begins on {from:yyyy-MM-dd}", nameof(to));
        if (timeframe == Timeframe.W1) return Generate(symbol, Timeframe.D1, Monday(from), Sunday(to)).Resample(Timeframe.W1);

        var columns = new CandleColumns();
        var minutes = new DemoMinutes();
        foreach (var day in Days(symbol, from, to))
        {
            Fill(minutes, symbol, day);
            if (timeframe.IsIntraday) minutes.Fold(day, timeframe.Minutes, day.Session.Open.UtcTicks, columns);
            else minutes.Fold(day, day.Minutes, MarketCalendar.Nyse.DailyOpen(day.Session.Day).UtcTicks, columns);
        }
        return CandleSeries.FromColumns(symbol, timeframe, Origin(), columns);
    }

    /// <summary>What opens and closes each day's candles.</summary>
    internal IEnumerable<DemoDay> Days(Symbol symbol, DateOnly from, DateOnly to)
    {
        var company = Symbols.FirstOrDefault(s => s.Symbol == symbol)
            ?? throw new CandleDataException($"{symbol} is not traded in the demo market; it has {string.Join(' ', Symbols.Select(s => s.Symbol))}");
        return Days(company, from, to);
    }

    /// <summary>The same for a company that need not be one of <see cref="Symbols"/>; days are worked out as they are asked for.</summary>
    internal IEnumerable<DemoDay> Days(DemoSymbol company, DateOnly from, DateOnly to) =>
        DemoDays.Between(from, to, company.Character, Stream(company.Symbol, "days"));

    /// <summary>Works out the minutes of one of the symbol's <see cref="Days(DemoSymbol, DateOnly, DateOnly)"/>.</summary>
    internal void Fill(DemoMinutes minutes, Symbol symbol, in DemoDay day) =>
        minutes.Fill(day, Stream(symbol, "minutes", day.Session.Day.DayNumber));

    CandleOrigin Origin() =>
        new(string.Create(CultureInfo.InvariantCulture, $"demo market, seed {Seed}"), IsSimulated: true, PriceAdjustment.SplitsAndDividends);

    SeededRandom Stream(Symbol symbol, string purpose, int day = 0) =>
        new(SeededRandom.Derive(SeededRandom.Derive((uint)Seed, symbol.Ticker), purpose, day));

    static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    static DateOnly Sunday(DateOnly day) => MarketCalendar.Nyse.Covers(day) ? Monday(day).AddDays(6) : day;
}
