using EtradeBot.Backtests;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Strategies;

public class StrategyGuardTests
{
    [Fact]
    public void A_strategy_that_throws_in_a_backtest_is_named_with_its_candle_and_line()
    {
        var failure = Assert.Throws<StrategyFailedException>(() => Run(new Throws(8, new InvalidOperationException("eight"))));
        Assert.Matches("^strategy throws failed at the candle of 2015-01-15 \\(.*StrategyGuardTests.cs:[0-9]+\\): eight \\(InvalidOperationException\\)$", failure.Message);
    }

    [Fact]
    public void A_strategy_that_throws_in_Init_says_so() =>
        Assert.StartsWith("strategy throws failed in Init (", Assert.Throws<StrategyFailedException>(() => Run(new Throws(-1, new InvalidOperationException("no")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parameters_that_contradict_each_other_are_the_users_mistake()
    {
        var mistake = Assert.Throws<StrategyException>(() => Run(StrategyCatalog.BuiltIn.Create("sma-cross", [new("Fast", "30"), new("Slow", "20")])));
        Assert.Equal("strategy sma-cross: Fast=30 must be below Slow=20", mistake.Message);
    }

    [Fact]
    public void Too_few_candles_stay_the_fault_of_the_data() =>
        Assert.Throws<CandleDataException>(() => Run(new Throws(-1, new CandleDataException("short"))));

    static void Run(Strategy strategy) => Backtest.Run(new BacktestSettings(), () => strategy, RandomWalk.Of(60));

    sealed class Throws(int index, Exception failure) : Strategy
    {
        public override void Init(View view)
        {
            if (index < 0) throw failure;
        }

        public override Signal? OnCandle(View view) => view.Index == index ? throw failure : null;
    }
}
