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
    /// <exception cref="CandleDataException">The full history is too short for the strategy's lines.</exception>
    public static LookaheadReport Run(CandleSeries candles, Func<Strategy> create, LookaheadOptions options)
    {
        ArgumentNullException.ThrowIfNull(candles);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(options);
        var full = StrategyTrace.Of(create(), candles);
        var comparison = new HistoryComparison(candles, create, full);
        var decisions = Enumerable.Range(0, candles.Count).Where(i => full.Decisions[i] is not null).ToArray();
        var plan = CutPlan.For(candles.Count, decisions, options);
        var cutsRun = comparison.Repeat() ? 0 : comparison.Cut(plan.Lengths);
        return new LookaheadReport
        {
            Candles = candles.Count,
            CutsRun = cutsRun,
            Cuts = plan.InWords,
            Decisions = decisions.Length,
            Lines = full.Lines.Length,
            Findings = comparison.Findings,
        };
    }
}
