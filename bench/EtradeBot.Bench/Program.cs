using EtradeBot.Bench;

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (ArgumentException problem)
{
    await Console.Error.WriteLineAsync($"{problem.Message}\n{BenchOptions.Usage}");
    return 2;
}
if (options.Write is { } path)
{
    MinuteSeries.Write(path, options.Candles);
    Console.WriteLine($"{options.Candles} candles in {path}");
    return 0;
}
using var series = BenchSeries.Open(options);
Console.WriteLine(Machine.Words);
Console.WriteLine(FormattableString.Invariant($"{series.Candles.Count} candles of {series.Words}, {options.Runs} runs after {BenchOptions.WarmUps} to warm up\n"));
ResultTable.PrintHeader();
foreach (var row in BenchRows.All(series, options).Where(row => options.Only is null || row.Work.Contains(options.Only, StringComparison.OrdinalIgnoreCase)))
    ResultTable.Print(row, row.Measure());
return 0;
