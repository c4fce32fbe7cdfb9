using System.Diagnostics;
using System.Globalization;
using EtradeBot.Backtests;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

var columns = new CandleColumns();
foreach (var line in File.ReadLines(args[0]).Skip(1))
{
    var c = line.Split(',');
    var t = DateTime.ParseExact(c[0], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    double D(int i) => double.Parse(c[i], CultureInfo.InvariantCulture);
    columns.Add(t.Ticks, D(1), D(2), D(3), D(4), long.Parse(c[5], CultureInfo.InvariantCulture));
}
var series = CandleSeries.FromColumns(Symbol.Parse("X"), Timeframe.M1, new CandleOrigin("x"), columns);
var settings = new BacktestSettings { Cash = 10_000_000, Sizing = Sizing.Parse(args[1]), Costs = new CostModel { CommissionFraction = 0.001m } };
for (var run = 0; run < (args.Length > 3 ? 100 : 12); run++)
{
    if (args.Length < 5) GC.Collect();
    var a0 = GC.GetAllocatedBytesForCurrentThread(); var g0 = GC.CollectionCount(0);
    var p = Process.GetCurrentProcess();
    var before = p.TotalProcessorTime;
    var w = Stopwatch.GetTimestamp();
    var b = new Backtest(settings, () => args.Length > 2 && args[2] == "x" ? new SmaCross { Fast = 400000, Slow = 900000 } : new SmaCross(), [series]);
    b.Prepare();
    var t1 = Stopwatch.GetElapsedTime(w);
    b.Simulate();
    var t2 = Stopwatch.GetElapsedTime(w);
    var r = b.Result();
    p.Refresh();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{series.Count} {t1.TotalMilliseconds:0.0} {t2.TotalMilliseconds:0.0} ms, cpu {(p.TotalProcessorTime - before).TotalMilliseconds:0} alloc {(GC.GetAllocatedBytesForCurrentThread() - a0) / 1e6:0.0} MB gcs {GC.CollectionCount(0) - g0} trades {r.RoundTrips.Count} equity {r.Curve.Equity[^1]:0.000000}"));
}
