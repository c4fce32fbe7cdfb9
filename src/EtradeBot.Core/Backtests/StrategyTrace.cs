using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>What one run of a strategy decided and computed, candle by candle.</summary>
/// <param name="Decisions">One entry a candle: the signal returned at its close, or null; empty when the history was too short to trade.</param>
/// <param name="Lines">The columns the strategy asked for, in that order, each as long as the history.</param>
sealed record StrategyTrace(Signal?[] Decisions, double[][] Lines)
{
    /// <summary>Money enough that no wish is denied, so that the strategy meets every position it asks for.</summary>
    static readonly BacktestSettings Generous = new()
    {
        Cash = 1_000_000_000,
        Sizing = new Sizing(SizingKind.Shares, 100),
        Limits = new RiskLimits { AllowShort = true, MaxRiskPerTrade = 1 },
    };

    /// <summary>Runs a backtest and keeps every decision.</summary>
    /// <exception cref="StrategyFailedException">The strategy threw.</exception>
    /// <exception cref="CandleDataException">Too few candles for the strategy's lines to begin.</exception>
    public static StrategyTrace Of(Strategy strategy, CandleSeries candles)
    {
        var recorder = new Recorder(strategy, candles.Count);
        var backtest = new Backtest(Generous, () => recorder, [candles]);
        backtest.Prepare();
        backtest.Simulate();
        return new StrategyTrace(recorder.Decisions, [.. recorder.Lines.Select(line => line.Values)]);
    }

    /// <summary>What a strategy computes before its first candle; no decisions.</summary>
    /// <exception cref="StrategyFailedException">The strategy threw.</exception>
    public static StrategyTrace LinesOf(Strategy strategy, CandleSeries candles)
    {
        var recorder = new Recorder(strategy, 0);
        recorder.Init(new View(candles));
        return new StrategyTrace([], [.. recorder.Lines.Select(line => line.Values)]);
    }

    sealed class Recorder(Strategy inner, int candles) : Strategy
    {
        public Signal?[] Decisions { get; } = new Signal?[candles];

        public List<Line> Lines { get; private set; } = [];

        public override Sizing? PreferredSizing => inner.PreferredSizing;

        public override void Init(View view)
        {
            StrategyGuard.Init(inner, view);
            Lines = view.Lines;
        }

        public override Signal? OnCandle(View view) => Decisions[view.Index] = StrategyGuard.OnCandle(inner, view);
    }
}
