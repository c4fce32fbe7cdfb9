using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Backtests;

public class MetricsGoldenTests
{
    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    [Theory]
    [InlineData("daily")]
    [InlineData("halfhour")]
    [InlineData("ruin")]
    [InlineData("short")]
    public void Every_figure_equals_that_of_an_independent_program(string name)
    {
        var metrics = Metrics.From(Result(name), Options(name));
        var expected = Read($"{name}.expected.csv").ToDictionary(row => row["key"], row => row["value"]);

        var actual = Actual(metrics);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        var differences = expected.Where(pair => !Agree(pair.Value, actual[pair.Key]))
            .Select(pair => $"{pair.Key}: expected {pair.Value}, got {actual[pair.Key]}");
        Assert.Empty(differences);
    }

    static Dictionary<string, string> Actual(Metrics metrics)
    {
        var rows = metrics.Rows().ToDictionary(row => row.Key, row => row.Unit is MetricUnit.Time or MetricUnit.Text
            ? row.IsDefined ? row.Text : ""
            : Number(row.Number ?? double.NaN));
        foreach (var month in metrics.Months) rows[string.Create(Culture, $"month {month.Year}-{month.Month:00}")] = Number(month.Return);
        foreach (var bin in metrics.Trades.RDistribution) rows[string.Create(Culture, $"r_bin {bin.From} {bin.To}")] = Number(bin.Count);
        return rows;
    }

    static string Number(double value) => double.IsFinite(value) ? value.ToString("R", Culture) : "";

    static bool Agree(string expected, string actual)
    {
        if (!double.TryParse(expected, Culture, out var wanted) || !double.TryParse(actual, Culture, out var found)) return expected == actual;
        return Math.Abs(wanted - found) <= 1e-12 + 1e-9 * Math.Abs(wanted);
    }

    static BacktestResult Result(string name)
    {
        var test = Case(name);
        var curve = Read($"{name}.curve.csv");
        long[] ticks = [.. curve.Select(row => DateTimeOffset.Parse(row["open_time"], Culture).UtcTicks)];
        var columns = new CandleColumns();
        for (var i = 0; i < ticks.Length; i++)
        {
            double open = Value(curve[i]["open"]), close = Value(curve[i]["close"]);
            columns.Add(ticks[i], open, Math.Max(open, close), Math.Min(open, close), close, 100);
        }
        var timeframe = Timeframe.Parse(test["timeframe"]);
        var result = Runs.Account(Value(test["starting_cash"]));
        return result with
        {
            Candles = [CandleSeries.FromColumns(Runs.Symbol, timeframe, new CandleOrigin("golden"), columns)],
            Curve = result.Curve with
            {
                Timeframe = timeframe,
                OpenTicks = ticks,
                Equity = [.. curve.Select(row => Value(row["equity"]))],
                Exposure = [.. curve.Select(row => Value(row["exposure"]))],
            },
            RoundTrips = [.. Read($"{name}.trades.csv").Select(row => Runs.Trip(decimal.Parse(row["pnl"], Culture), row["r"] is "" ? null : Value(row["r"]), int.Parse(row["candles_held"], Culture)))],
            Fills = [.. Read($"{name}.fills.csv").Select(row => Runs.Fill(int.Parse(row["shares"], Culture), decimal.Parse(row["price"], Culture), decimal.Parse(row["fees"], Culture), decimal.Parse(row["slippage"], Culture)))],
        };
    }

    static MetricsOptions Options(string name)
    {
        var test = Case(name);
        return new MetricsOptions
        {
            PeriodsPerYear = Value(test["periods_per_year"]),
            RiskFreeRate = Value(test["risk_free_rate"]),
            IntervalLevel = Value(test["level"]),
            Resamples = int.Parse(test["resamples"], Culture),
            Seed = ulong.Parse(test["seed"], Culture),
        };
    }

    static Dictionary<string, string> Case(string name) => Read("cases.csv").Single(row => row["name"] == name);

    static double Value(string text) => double.Parse(text, Culture);

    static List<Dictionary<string, string>> Read(string file)
    {
        var lines = File.ReadLines(TestFolders.Golden("metrics", file)).Where(line => !line.StartsWith('#')).Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
