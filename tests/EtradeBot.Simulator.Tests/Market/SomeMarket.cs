using EtradeBot.Market;
using EtradeBot.Simulator.Faults;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Market;

/// <summary>A market with a clock and a plan of its own.</summary>
sealed class SomeMarket
{
    public static readonly Symbol Spy = Symbol.Parse("SPY");
    public static readonly Symbol Basalt = Symbol.Parse("BASALT");

    public SomeMarket(SimulatorOptions? options = null)
    {
        Time = new FakeTimeProvider(At(2026, 3, 10, "10:00:00"));
        Faults = new FaultPlan(Time, new SeededRandom(1));
        Market = new SimulatedMarket(options ?? new SimulatorOptions(), Faults, Time);
    }

    public FakeTimeProvider Time { get; }

    public FaultPlan Faults { get; }

    public SimulatedMarket Market { get; }

    public MarketQuote Shown(Symbol symbol) => Market.ShownAt(symbol, Time.GetUtcNow());

    public MarketQuote True(Symbol symbol) => Market.QuoteAt(symbol, Time.GetUtcNow());

    /// <summary>An instant by the clocks of New York.</summary>
    public static DateTimeOffset At(int year, int month, int day, string time) =>
        MarketCalendar.Nyse.At(new DateOnly(year, month, day), TimeOnly.ParseExact(time, "HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));

    public static SomeMarket Replaying(params CandleSeries[] series) => new(new SimulatorOptions { Replay = series });

    public static CandleSeries Series(string ticker, Timeframe timeframe, params IEnumerable<Candle> candles) =>
        CandleSeries.From(Symbol.Parse(ticker), timeframe, new CandleOrigin("test"), candles);

    /// <summary>Candles of the shared files, which are real.</summary>
    public static CandleSeries File(string folder, string name)
    {
        using var stream = System.IO.File.OpenRead(TestFolders.Shared("data", "ohlcv", folder, name));
        return CandleCsv.Read(stream, name, new CsvOptions()).Candles;
    }

    public static IEnumerable<Candle> All(CandleSeries series) => Enumerable.Range(0, series.Count).Select(i => series[i]);
}
