using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.Backtests;

/// <summary>
/// Catches strategies that see the future. What was decided and computed at a candle must not depend on later candles, so a run over a
/// history that ends early must agree with the full run up to its end; and two runs over the same candles must agree throughout.
/// </summary>
/// <remarks>Every run starts from a fresh strategy. What it cannot see: a leak that needs candles unlike these, static
/// state filled by an earlier run in the same process, and a past that was looked at when the parameters were chosen.</remarks>
public static class LookaheadCheck
{
    /// <param name="create">Makes a fresh strategy for each run.</param>
    /// <exception cref="StrategyFailedException">The strategy throws on the full history.</exception>
    public static LookaheadReport Run(CandleSeries candles, Func<Strategy> create, LookaheadOptions options)
    {
        ArgumentNullException.ThrowIfNull(create);
        return Run(candles, history => Rehearsal.Run(create(), history), options);
    }

    /// <param name="trace">Runs a fresh strategy over a history.</param>
    /// <exception cref="StrategyFailedException">The strategy throws on the full history.</exception>
    public static LookaheadReport Run(CandleSeries candles, Func<CandleSeries, StrategyTrace> trace, LookaheadOptions options)
    {
        ArgumentNullException.ThrowIfNull(candles);
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(options);
        var full = trace(candles);
        var run = new HistoryComparison(candles, trace, full);
        var decisions = Enumerable.Range(0, full.Decisions.Count).Where(i => full.Decisions[i] is not null).ToArray();
        var plan = CutPlan.For(candles.Count, decisions, options);
        var cutsRun = run.Repeat() ? 0 : run.Cut(plan.Lengths);
        return new LookaheadReport
        {
            Candles = candles.Count,
            CutsRun = cutsRun,
            Cuts = plan.InWords,
            Decisions = decisions.Length,
            Lines = full.Lines.Count,
            Findings = run.Findings,
        };
    }
}
