using EtradeBot.Market;

namespace EtradeBot.Backtests;

/// <summary>Small accounts with the arithmetic beside them.</summary>
public class MetricsTests
{
    const double Exact = 1e-12;

    // 1000 -> 1100 -> 990 -> 1089: returns +0.1, -0.1, +0.1.
    static readonly BacktestResult Zigzag = Runs.Account(1000, 1100, 990, 1089);

    [Fact]
    public void Returns_are_those_of_each_candle_and_the_first_is_against_the_starting_cash()
    {
        var metrics = Metrics.From(Zigzag, Runs.Options);

        Assert.Equal(89, metrics.Returns.NetProfit, Exact);
        Assert.Equal(0.089, metrics.Returns.TotalReturn, Exact);
        // (0.1 - 0.1 + 0.1) / 3 = 1/30; times 252 = 8.4
        Assert.Equal(8.4, metrics.Returns.AnnualReturn, 1e-10);
        Assert.Equal(0.1, metrics.Returns.BestPeriod, Exact);
        Assert.Equal(-0.1, metrics.Returns.WorstPeriod, Exact);
        // Monday 4 to Wednesday 6 January, and the day of the last candle: 3 days = 3/365.25 years
        Assert.Equal(3 / 365.25, metrics.Period.Years, Exact);
        Assert.Equal(Math.Pow(1.089, 365.25 / 3) - 1, metrics.Returns.Cagr, 1e-6);
    }

    [Fact]
    public void Sharpe_divides_by_the_sample_deviation_and_Sortino_by_the_downside_of_all_candles()
    {
        var risk = Metrics.From(Zigzag, Runs.Options).Risk;

        // Mean 1/30. Deviations 2/30, -4/30, 2/30: squares 4 + 16 + 4 = 24/900; over 2 = 12/900; root 0.115470.
        var deviation = Math.Sqrt(12.0 / 900);
        Assert.Equal(deviation * Math.Sqrt(252), risk.Volatility, 1e-10);
        Assert.Equal(1.0 / 30 / deviation * Math.Sqrt(252), risk.Sharpe, 1e-10);
        // Downside: one return of -0.1 among three: root of 0.01 / 3.
        Assert.Equal(1.0 / 30 / Math.Sqrt(0.01 / 3) * Math.Sqrt(252), risk.Sortino, 1e-10);
        // Cubes: 8 - 64 + 8 = -48/27000, over 3; population variance 8/900.
        Assert.Equal(-16.0 / 27000 / Math.Pow(8.0 / 900, 1.5), risk.Skewness, 1e-10);
        // Fourth powers: 16 + 256 + 16 = 288/810000, over 3.
        Assert.Equal(96.0 / 810000 / Math.Pow(8.0 / 900, 2), risk.Kurtosis, 1e-10);
    }

    [Fact]
    public void A_riskless_rate_is_compounded_down_to_one_candle()
    {
        var risk = Metrics.From(Zigzag, Runs.Options with { RiskFreeRate = 0.05 }).Risk;

        var riskless = Math.Pow(1.05, 1.0 / 252) - 1;
        Assert.Equal((1.0 / 30 - riskless) / Math.Sqrt(12.0 / 900) * Math.Sqrt(252), risk.Sharpe, 1e-10);
    }

    [Fact]
    public void Drawdowns_run_from_the_last_candle_at_the_peak_to_the_first_back_at_it()
    {
        // Start 100. Peak 120 (twice), 90 in between is 25 % or 30 dollars; later 130 -> 104 is 20 %, not recovered.
        var result = Runs.Account(100, 120, 120, 108, 90, 117, 120, 130, 104, 110);
        var risk = Metrics.From(result, Runs.Options).Risk;

        Assert.Equal(0.25, risk.MaxDrawdown, Exact);
        Assert.Equal(30, risk.Deepest!.Dollars, Exact);
        Assert.Equal("2021-01-05 2021-01-07 2021-01-11", Days(risk.Deepest.PeakTime, risk.Deepest.TroughTime, risk.Deepest.RecoveryTime!.Value));
        Assert.Equal(4, risk.Deepest.Candles);
        Assert.Equal(6, risk.Deepest.Days);
        Assert.Equal((0.25 + 0.2) / 2, risk.AverageDrawdown, Exact);
        Assert.Equal(2, risk.Drawdowns);
        Assert.Equal(risk.Deepest, risk.Longest);
    }

    [Fact]
    public void The_starting_cash_is_a_peak_and_a_fall_may_stay_open()
    {
        var deepest = Metrics.From(Runs.Account(100, 95, 80, 99), Runs.Options).Risk.Deepest!;

        Assert.Equal(0.2, deepest.Fraction, Exact);
        Assert.Equal("2021-01-04 2021-01-05", Days(deepest.PeakTime, deepest.TroughTime));
        Assert.Null(deepest.RecoveryTime);
        // From before the first candle to the last: 3 candles, 2 days.
        Assert.Equal(3, deepest.Candles);
        Assert.Equal(2, deepest.Days);
    }

    [Fact]
    public void Exposure_counts_candles_with_a_position_and_averages_its_size()
    {
        var result = Runs.Account(100, 100, 100, 100, 100, 100);
        result = result with { Curve = result.Curve with { Exposure = [0, 0.5, 1.5, 0, 0] } };
        var risk = Metrics.From(result, Runs.Options).Risk;

        Assert.Equal(0.4, risk.Exposure, Exact);
        Assert.Equal(0.4, risk.MeanGrossExposure, Exact);
    }

    [Fact]
    public void Costs_are_those_of_the_fills_and_turnover_is_half_of_what_was_traded()
    {
        // 100 shares at 10 and at 12: 2,200 dollars, half 1,100, mean account 1,050, over 2/365.25 years.
        var result = Runs.Account(1000, 1000, 1100) with { Fills = [Runs.Fill(100, 10m, 1.25m, 2m), Runs.Fill(100, 12m, 0.75m, 1m)] };
        var costs = Metrics.From(result, Runs.Options).Costs;

        Assert.Equal(2m, costs.Fees);
        Assert.Equal(3m, costs.Slippage);
        Assert.Equal(5m, costs.Total);
        Assert.Equal(0.005, costs.OfStart, Exact);
        Assert.Equal(5.0 / 105, costs.OfProfitBeforeCosts, Exact);
        Assert.Equal(1100.0 / 1050 / (2 / 365.25), costs.Turnover, 1e-9);
    }

    [Fact]
    public void Costs_of_no_profit_are_undefined() =>
        Assert.Equal(double.NaN, Metrics.From(Runs.Account(1000, 990) with { Fills = [Runs.Fill(1, 1m, 2m, 0)] }, Runs.Options).Costs.OfProfitBeforeCosts);

    [Fact]
    public void Months_follow_the_New_York_calendar()
    {
        // 31 January 2022, 20:00 New York time, is 1 February in UTC.
        var result = Runs.Account(100, 110, 121, 108.9);
        var evening = MarketCalendar.Nyse.At(new DateOnly(2022, 1, 31), new TimeOnly(20, 0)).UtcTicks;
        long[] ticks = [evening - TimeSpan.TicksPerMinute, evening, MarketCalendar.Nyse.At(new DateOnly(2022, 3, 1), TimeOnly.MinValue).UtcTicks];
        result = result with { Curve = result.Curve with { Timeframe = Timeframe.M1, OpenTicks = ticks } };

        Assert.Equal([(2022, 1, 0.21), (2022, 3, -0.1)], Metrics.From(result, Runs.Options).Months.Select(m => (m.Year, m.Month, Math.Round(m.Return, 12))));
    }

    [Fact]
    public void A_curve_without_candles_leaves_everything_undefined_but_its_start()
    {
        var metrics = Metrics.From(Runs.Account(1000), Runs.Options);

        Assert.Equal(1000, metrics.Returns.EndValue);
        Assert.Equal(0, metrics.Returns.TotalReturn);
        Assert.Equal(double.NaN, metrics.Risk.Sharpe);
        Assert.Equal(double.NaN, metrics.Risk.MaxDrawdown);
        Assert.Null(metrics.Period.Start);
        Assert.Empty(metrics.Months);
        Assert.All(metrics.Rows(), row => Assert.True(row.Number is null || double.IsFinite(row.Number.Value)));
    }

    [Fact]
    public void One_candle_has_a_return_but_no_deviation()
    {
        var metrics = Metrics.From(Runs.Account(1000, 1010).Holding(50, 51), Runs.Options);

        Assert.Equal(0.01, metrics.Returns.TotalReturn, Exact);
        Assert.Equal(double.NaN, metrics.Risk.Volatility);
        Assert.Equal(double.NaN, metrics.Benchmark!.Beta);
        Assert.Equal(double.NaN, metrics.Confidence.ProbabilisticSharpe);
        Assert.Equal(0, metrics.Risk.MaxDrawdown);
    }

    [Fact]
    public void A_flat_account_has_no_volatility_and_no_ratio()
    {
        var metrics = Metrics.From(Runs.Account(1000, [.. Enumerable.Repeat(1000.0, 600)]), Runs.Options with { Resamples = 50 });

        Assert.Equal(0, metrics.Risk.Volatility);
        Assert.Equal(0, metrics.Risk.MaxDrawdown);
        Assert.Null(metrics.Risk.Deepest);
        Assert.Equal(0, metrics.Risk.AverageDrawdown);
        Assert.Equal(0, metrics.Returns.Cagr);
        Assert.All([metrics.Risk.Sharpe, metrics.Risk.Sortino, metrics.Risk.Calmar, metrics.Risk.Skewness, metrics.Confidence.ProbabilisticSharpe], ratio => Assert.Equal(double.NaN, ratio));
        Assert.Equal(new Interval(0, 0), metrics.Confidence.Sharpe);
    }

    [Fact]
    public void An_account_that_grows_by_the_same_fraction_each_candle_has_no_volatility()
    {
        var metrics = Metrics.From(Runs.Account(1000, [.. Enumerable.Range(1, 600).Select(i => 1000 * Math.Pow(1.001, i))]), Runs.Options);

        Assert.Equal(0, metrics.Risk.Volatility);
        Assert.Equal(double.NaN, metrics.Risk.Sharpe);
        Assert.Equal(0.252, metrics.Returns.AnnualReturn, 1e-9);
        Assert.Equal(0, metrics.Risk.MaxDrawdown);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-40.0)]
    public void After_a_ruin_no_return_counts(double bottom)
    {
        // +10 %, then all (or more) is lost, then nothing counts although the account moves.
        var metrics = Metrics.From(Runs.Account(100, 110, bottom, -60, 20, 30), Runs.Options with { Resamples = 50 });

        Assert.Equal((0.1 + (bottom / 110 - 1)) / 5 * 252, metrics.Returns.AnnualReturn, 1e-9);
        Assert.Equal(bottom / 110 - 1, metrics.Returns.WorstPeriod, Exact);
        Assert.Equal(170.0 / 110, metrics.Risk.MaxDrawdown, Exact);
        Assert.Equal(Interval.None, metrics.Confidence.Sharpe);
        Assert.Contains(metrics.Warnings, warning => warning.Contains("ruined", StringComparison.Ordinal));
    }

    [Fact]
    public void An_account_that_ends_with_nothing_lost_all_of_it_a_year()
    {
        var metrics = Metrics.From(Runs.Account(100, 50, 0), Runs.Options);

        Assert.Equal(-1, metrics.Returns.Cagr);
        Assert.Equal(1, metrics.Risk.MaxDrawdown);
        Assert.Equal(-1, metrics.Risk.Calmar);
    }

    [Fact]
    public void A_ruin_far_into_a_long_history_is_found()
    {
        double[] equity = [.. Runs.Walk(1, 900, 0, 0.01)];
        equity[700] = -1;
        var metrics = Metrics.From(Runs.Account(1000, equity), Runs.Options);

        var returns = equity.Select((value, i) => i > 700 ? 0 : value / (i == 0 ? 1000 : equity[i - 1]) - 1).ToArray();
        Assert.Equal(returns.Average() * 252, metrics.Returns.AnnualReturn, 1e-9);
        Assert.Contains(metrics.Warnings, warning => warning.Contains("-$1.00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_no_number_is_refused_with_its_candle(double value)
    {
        var error = Assert.Throws<ArgumentException>(() => Metrics.From(Runs.Account(100, 101, value, 103), Runs.Options));

        Assert.Contains("candle 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var result = Runs.Account(100, 101);

        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.From(result, Runs.Options with { PeriodsPerYear = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.From(result, Runs.Options with { PeriodsPerYear = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.From(result, Runs.Options with { RiskFreeRate = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.From(result, Runs.Options with { IntervalLevel = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.From(result, Runs.Options with { Resamples = -1 }));
        Assert.Throws<ArgumentException>(() => Metrics.From(Runs.Account(0, 101), Runs.Options));
        Assert.Throws<ArgumentException>(() => Metrics.From(result with { Curve = result.Curve with { Exposure = [] } }, Runs.Options));
    }

    static string Days(params DateTimeOffset[] times) =>
        string.Join(' ', times.Select(time => MarketCalendar.Nyse.Label(time, Timeframe.D1)));
}
