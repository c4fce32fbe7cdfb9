using System.Globalization;
using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

/// <summary>Runs made by hand for the reports: their trades follow from simple rules, not from the engine.</summary>
static class SampleRun
{
    /// <summary>Round trips of a moving-average rule with stops over a file of <c>tests/golden/synthetic/ohlcv</c>.</summary>
    public static RunRecord Of(string ticker, int candles = int.MaxValue)
    {
        var series = Synthetic(ticker, candles);
        var trader = new SampleTrader(series);
        trader.Run();
        return From(trader.Result(["A warning of the engine: 3 candles had no volume."]));
    }

    public static RunRecord From(BacktestResult result) => new()
    {
        Result = result,
        Metrics = Metrics.From(result, new MetricsOptions
        {
            PeriodsPerYear = MarketCalendar.Nyse.PeriodsPerYear(result.Curve.Timeframe),
            Resamples = 400,
        }),
        Strategy = "sma-cross",
        Parameters = [new("AllowShort", true, false), new("Fast", 10, 10), new("Slow", 30, 20), new("StopAtr", 2.0, 2.0)],
        Settings =
        [
            new("cash", "Starting cash", 100_000m, "$100,000.00"),
            new("size", "Size", "risk 1 %", "1 % of the account at risk a trade"),
            new("commission_per_share", "Commission", 0.005m, "$0.005 a share, at least $1.00"),
            new("slippage_basis_points", "Slippage", 1.5, "1.5 basis points"),
            new("max_participation", "Share of a candle's volume", null, "no limit"),
            new("allow_short", "Short sales", true, "allowed"),
        ],
        DataHashes = result.Candles.ToDictionary(series => series.Symbol, series => series.ContentHash()),
        EngineVersion = "0.1.0",
        Seed = 42,
        Intrabar = new IntrabarOutcome("worst", result.Curve.Count > 0 ? result.Curve.Equity[^1] : null, result.Curve.Count > 0 ? result.Curve.Equity[^1] + 1234.5 : null),
        Timing = new RunTiming(0.012, 0.003, 0.002, 0),
    };

    public static CandleSeries Synthetic(string ticker, int most)
    {
        var columns = new CandleColumns();
        foreach (var line in File.ReadLines(TestFolders.Golden("synthetic", "ohlcv", ticker + ".csv")).Skip(1).Take(most))
        {
            var cells = line.Split(',');
            double Number(int column) => double.Parse(cells[column], CultureInfo.InvariantCulture);
            var open = MarketCalendar.Nyse.DailyOpen(DateOnly.Parse(cells[0], CultureInfo.InvariantCulture));
            columns.Add(open.UtcTicks, Number(1), Number(2), Number(3), Number(4), (long)Number(5));
        }
        return CandleSeries.FromColumns(Symbol.Parse(ticker), Timeframe.D1, new CandleOrigin(ticker + ".csv", IsSimulated: true, PriceAdjustment.Splits), columns);
    }
}
