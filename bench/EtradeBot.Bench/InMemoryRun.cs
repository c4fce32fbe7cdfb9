using System.Globalization;
using EtradeBot.Backtests;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.Bench;

/// <summary>One backtest on candles in memory: processor seconds of its parts.</summary>
sealed record InMemoryRun(double Indicators, double Engine, double Metrics, string Outcome)
{
    public double Total => Indicators + Engine + Metrics;

    public static InMemoryRun[] Repeat(int runs, CandleSeries candles, BacktestSettings settings, Func<Strategy> strategy)
    {
        var options = new MetricsOptions { PeriodsPerYear = MarketCalendar.Nyse.PeriodsPerYear(candles.Timeframe), Resamples = 0 };
        for (var i = 0; i < BenchOptions.WarmUps; i++) Once();
        var results = new InMemoryRun[runs];
        // Collections of garbage count in the run in which they happen.
        for (var i = 0; i < runs; i++) results[i] = Once();
        return results;

        InMemoryRun Once()
        {
            var begun = CpuTime.OfThisProcess;
            var backtest = new Backtest(settings, strategy, [candles]);
            backtest.Prepare();
            var prepared = CpuTime.OfThisProcess;
            backtest.Simulate();
            var result = backtest.Result();
            var simulated = CpuTime.OfThisProcess;
            var metrics = Backtests.Metrics.From(result, options);
            var ended = CpuTime.OfThisProcess;
            var outcome = string.Create(CultureInfo.InvariantCulture, $"{metrics.Trades.Count} trades, equity {result.Curve.Equity[^1]:0.000000}");
            return new(prepared - begun, simulated - prepared, ended - simulated, outcome);
        }
    }
}
