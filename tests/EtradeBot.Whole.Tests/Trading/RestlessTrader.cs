using EtradeBot.App.Broker;
using EtradeBot.Execution.Limits;

namespace EtradeBot.App.Trading;

/// <summary>The built program with a strategy that always has an order on its way.</summary>
static class RestlessTrader
{
    public const string Command = "trade --mode simulator --strategy Restless --symbols MSFT,VOLTAR,COBALT,PIXELS,ANVILS,AAPL --timeframe 1m --size 10";

    /// <summary>Buys and sells at every other candle, so that there is always an order on its way.</summary>
    const string Strategy = """
        using EtradeBot.Strategies;
        using EtradeBot.Trading;

        public sealed class Restless : Strategy
        {
            public override Signal? OnCandle(View view)
            {
                if (view.IsLong) return new() { Side = Side.Sell, Because = "its turn" };
                return new() { Side = Side.Buy, Stop = view.Now.Close * 0.99, Target = view.Now.Close * 1.002, Because = "its turn" };
            }
        }
        """;

    /// <summary>Limits that let it trade as often as it likes: this is about the journal.</summary>
    public static void Prepare(RunningSimulator simulator)
    {
        Directory.CreateDirectory(simulator.Folder["strategies"]);
        File.WriteAllText(simulator.Folder["strategies/Restless.cs"], Strategy);
        Directory.CreateDirectory(simulator.State);
        var limits = TradingLimits.Safe with
        {
            OrdersPerSymbol = 1_000,
            OrdersPerMinute = 60,
            OrdersPerDay = 10_000,
            DayNotional = 100_000_000,
            Repeats = 100,
            QuoteAge = TimeSpan.FromMinutes(5),
            LossPause = TimeSpan.Zero,
            StreakPause = TimeSpan.Zero,
            StopOutPause = TimeSpan.Zero,
            DailyLossSoft = 50_000,
            DailyLossHard = 90_000,
            QuoteJump = 0.5m,
        };
        var text = LimitsFile.Format(limits);
        Assert.Equal(limits, LimitsFile.Parse(text, new DateOnly(2026, 3, 10)));
        File.WriteAllText(Path.Combine(simulator.State, "limits.json"), text);
    }
}
