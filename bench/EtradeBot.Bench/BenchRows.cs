using EtradeBot.Analysis;
using EtradeBot.Backtests;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Bench;

/// <summary>Everything that has a stated budget.</summary>
/// <remarks>The peers' figures were measured on the same kind of machine and the same job; see docs/speed.md.</remarks>
static class BenchRows
{
    static readonly BacktestSettings Settings = new()
    {
        Cash = 10_000_000,
        Sizing = new Sizing(SizingKind.Shares, 100),
        Costs = new CostModel { CommissionFraction = 0.001m },
    };

    // Engulfing is two of the six: bullish and bearish.
    static readonly Pattern[] SixPatterns = [Pattern.Hammer, Pattern.Engulfing, Pattern.Doji, Pattern.MorningStar, Pattern.EveningStar];

    public static IEnumerable<BenchRow> All(BenchSeries series, BenchOptions options)
    {
        var candles = series.Candles;
        var runs = options.Runs;
        return
        [
            .. InMemory("sma-cross", () => new SmaCross(), 0.035, "vectorbt 0.17 (0.49 with statistics), backtesting.py 12, LEAN 46, backtrader 216"),
            .. InMemory("candle", () => new CandleStrategy(), 0.06, "vectorbt 0.39 without statistics, backtesting.py 12.7"),
            .. WholeProcess.Rows(series.Path, Math.Min(runs, 7)),
            PerCandle("six patterns", 13, "TA-Lib in C 67", () => Patterns.FindAll(candles, SixPatterns)),
            PerCandle("  six patterns, 100,000 candles at a time", 13, "", () => InPieces(candles, piece => Patterns.FindAll(piece, SixPatterns))),
            PerCandle("RSI(14) + MACD + Bollinger", 19, "TA-Lib in C 38", () => ThreeIndicators(candles)),
            PerCandle("  RSI + MACD + Bollinger, 100,000 at a time", 19, "", () => InPieces(candles, ThreeIndicators)),
            new("reading the CSV", "s", 0.15, "pandas about 1", () => new(Measured(runs, () => BenchSeries.Read(series.Path)))),
            .. DownloadRows.Rows(Math.Min(runs, 5)),
            .. ETradeRows.Rows(runs),
            .. LiveRows.Rows(Math.Min(runs, 7)),
            .. TradeRows.Rows(candles),
            .. SimulatorRows.Rows(runs),
        ];

        // A million candles' results are 56 MB of new memory, whose first touch costs as much as the arithmetic; pieces show the latter.
        static object InPieces(CandleSeries whole, Func<CandleSeries, object> work)
        {
            const int piece = 100_000;
            object last = "";
            for (var at = 0; at < whole.Count; at += piece) last = work(whole.Slice(at, Math.Min(piece, whole.Count - at)));
            return last;
        }

        IEnumerable<BenchRow> InMemory(string name, Func<Strategy> strategy, double target, string peers)
        {
            var parts = new Lazy<InMemoryRun[]>(() => InMemoryRun.Repeat(runs, candles, Settings, strategy));
            yield return new($"{name} in memory", "s", target, peers, () => new([.. parts.Value.Select(run => run.Total)], parts.Value[0].Outcome));
            yield return new($"  {name}: indicators", "s", null, "", () => new([.. parts.Value.Select(run => run.Indicators)]));
            yield return new($"  {name}: engine, trades, equity", "s", null, "", () => new([.. parts.Value.Select(run => run.Engine)]));
            yield return new($"  {name}: metrics", "s", null, "", () => new([.. parts.Value.Select(run => run.Metrics)]));
        }

        BenchRow PerCandle(string name, double target, string peers, Func<object> work) =>
            new(name, "ns each", target, peers, () => new([.. Measured(runs, work).Select(seconds => seconds * 1e9 / candles.Count)]));
    }

    static object ThreeIndicators(CandleSeries candles) =>
        (Indicators.Rsi(candles.Close), Indicators.Macd(candles.Close), Indicators.Bollinger(candles.Close));

    static double[] Measured(int runs, Func<object> work)
    {
        for (var i = 0; i < BenchOptions.WarmUps; i++) work();
        var seconds = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            var before = CpuTime.OfThisProcess;
            GC.KeepAlive(work());
            seconds[i] = CpuTime.OfThisProcess - before;
        }
        return seconds;
    }
}
