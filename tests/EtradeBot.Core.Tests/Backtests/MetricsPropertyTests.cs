using CsCheck;

namespace EtradeBot.Backtests;

public class MetricsPropertyTests
{
    static readonly Gen<double[]> Accounts = Gen.Select(Gen.ULong, Gen.Int[2, 600]).Select((seed, count) => Runs.Walk(seed, count, 0.0003, 0.02));

    [Fact]
    public void Dollars_in_another_unit_change_no_ratio() =>
        Gen.Select(Accounts, Gen.Double[0.01, 1000]).Sample((equity, unit) =>
        {
            var options = Runs.Options with { Resamples = 50, RiskFreeRate = 0.01 };
            var rows = Metrics.From(Runs.Account(1000, equity), options).Rows();
            var others = Metrics.From(Runs.Account(1000 * unit, [.. equity.Select(value => value * unit)]), options).Rows();
            return rows.Zip(others).All(pair => pair.First.Key == pair.Second.Key && (pair.First.Unit == MetricUnit.Dollars
                ? Near(pair.First.Number * unit, pair.Second.Number)
                : Near(pair.First.Number, pair.Second.Number)));
        }, iter: 40);

    [Fact]
    public void No_figure_is_infinite_and_a_positive_account_falls_by_less_than_all() =>
        Gen.Double[0.001, 1e6].Array[0, 40].Sample(equity =>
        {
            var metrics = Metrics.From(Runs.Account(500, equity), Runs.Options with { Resamples = 20 });
            return metrics.Rows().All(row => row.Number is null || double.IsFinite(row.Number.Value))
                && (equity.Length == 0 || metrics.Risk.MaxDrawdown is >= 0 and < 1);
        });

    [Fact]
    public void Months_multiply_to_the_total_return() =>
        Accounts.Sample(equity =>
        {
            var metrics = Metrics.From(Runs.Account(1000, equity), Runs.Options);
            return Near(metrics.Months.Aggregate(1.0, (product, month) => product * (1 + month.Return)), 1 + metrics.Returns.TotalReturn);
        }, iter: 40);

    static bool Near(double? a, double? b) => a is null ? b is null : b is not null && Math.Abs(a.Value - b.Value) <= 1e-7 * (1 + Math.Abs(b.Value));
}
