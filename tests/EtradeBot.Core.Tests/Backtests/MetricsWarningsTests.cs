namespace EtradeBot.Backtests;

public class MetricsWarningsTests
{
    static readonly MetricsOptions Options = Runs.Options with { Resamples = 300 };

    // Three good years: nothing to warn of but what a test adds.
    static readonly BacktestResult Good = Runs.Account(1000, Runs.Walk(1, 756, 0.002, 0.01)).Trades([.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? -5m : 5m)]);

    [Fact]
    public void A_long_good_run_has_no_warning() => Assert.Empty(Warnings(Good));

    [Theory]
    [InlineData(1, "1 trade is too few to mean anything: with fewer than 30,")]
    [InlineData(12, "12 trades are too few to mean anything: with fewer than 30,")]
    public void Few_trades_are_too_few(int count, string start) =>
        Assert.StartsWith(start, Assert.Single(Warnings(Good.Trades([.. Enumerable.Repeat(5m, count - count / 2).Concat(Enumerable.Repeat(-1m, count / 2))]))), StringComparison.Ordinal);

    [Fact]
    public void No_trade_is_said_so() =>
        Assert.Contains("No trade was made: every figure describes idle cash.", Warnings(Runs.Account(1000, [.. Enumerable.Repeat(1000.0, 400)])));

    [Fact]
    public void One_trade_that_made_all_the_profit_is_named()
    {
        var warning = Assert.Single(Warnings(Good.Trades([.. Enumerable.Repeat(-1m, 35), 60m])));

        Assert.Equal("One trade made all the profit: TEST, 2021-01-05 to 2021-01-06, +$60.00 of +$25.00; the 35 others together earned nothing.", warning);
    }

    [Fact]
    public void A_Sharpe_interval_over_zero_is_not_told_from_luck() =>
        Assert.Contains(Warnings(Runs.Account(1000, Runs.Walk(2, 400, 0, 0.01))), warning => warning.StartsWith("The 95 % interval of the Sharpe ratio runs from -", StringComparison.Ordinal));

    [Fact]
    public void A_history_under_a_year_misleads_when_annualised() =>
        Assert.Contains(Warnings(Runs.Account(1000, Runs.Walk(1, 100, 0, 0.01))), warning => warning.StartsWith("The candles cover 0.38 years: ", StringComparison.Ordinal));

    [Fact]
    public void A_history_too_short_for_intervals_says_so() =>
        Assert.Contains(Warnings(Runs.Account(1000, 1010, 1020)), warning => warning.StartsWith("The history is too short for intervals", StringComparison.Ordinal));

    [Fact]
    public void Simulated_candles_come_first()
    {
        var closes = Good.Curve.Equity;
        var result = Good.Trades(1) with { Candles = [Runs.Series(Good.Curve.OpenTicks, 1000, closes, simulated: true)] };

        Assert.StartsWith("SIMULATED candles: ", Warnings(result)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Costs_that_eat_the_profit_are_said()
    {
        var profit = (decimal)(Good.Curve.Equity[^1] - 1000);
        var result = Good with { Fills = [Runs.Fill(1, 1, profit * 3, 0)] };

        Assert.StartsWith("Costs took 75.00 % of the profit before costs", Assert.Single(Warnings(result)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_positions_are_said()
    {
        var open = new Trading.OpenPosition { Symbol = Runs.Symbol, Shares = 5, EntryTime = default, AveragePrice = 10, LastPrice = 12, UnrealizedProfitAndLoss = 9.5m, EntryReason = "test" };

        Assert.Equal("1 position is still open (TEST): +$9.50 of profit is not realised and stands in no figure about trades.", Assert.Single(Warnings(Good with { OpenPositions = [open] })));
    }

    [Fact]
    public void No_candle_means_nothing_was_tested() =>
        Assert.Equal(["There is not one candle: nothing was tested."], Warnings(Runs.Account(1000)));

    static IReadOnlyList<string> Warnings(BacktestResult result) => Metrics.From(result, Options).Warnings;
}
