using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Strategies;

/// <summary>Calls a strategy and says in one sentence what went wrong when it throws.</summary>
static class StrategyGuard
{
    /// <exception cref="StrategyException">The parameters contradict each other: Init threw an <see cref="ArgumentException"/>.</exception>
    /// <exception cref="StrategyFailedException">It threw anything else.</exception>
    public static void Init(Strategy strategy, View view)
    {
        try
        {
            strategy.Init(view);
        }
        catch (Exception failure) when (IsItsOwn(failure))
        {
            throw failure is ArgumentException and not ArgumentOutOfRangeException
                ? new StrategyException($"strategy {StrategyEntry.NameOf(strategy.GetType().Name)}: {failure.Message}", failure)
                : new StrategyFailedException(strategy, view, failure);
        }
    }

    /// <exception cref="StrategyFailedException">It threw.</exception>
    public static Signal? OnCandle(Strategy strategy, View view)
    {
        try
        {
            return strategy.OnCandle(view);
        }
        catch (Exception failure) when (IsItsOwn(failure))
        {
            throw new StrategyFailedException(strategy, view, failure);
        }
    }

    /// <summary>Brings the columns of a strategy up to a longer series: those of its own making may throw.</summary>
    /// <exception cref="StrategyFailedException">One did.</exception>
    public static void Grow(Strategy strategy, View view, CandleSeries longer)
    {
        try
        {
            view.Grow(longer);
        }
        catch (Exception failure) when (IsItsOwn(failure))
        {
            throw new StrategyFailedException(strategy, view, failure);
        }
    }

    /// <summary>False for what already says it all, and for what no strategy is to blame for.</summary>
    static bool IsItsOwn(Exception failure) => failure is not (StrategyFailedException or StrategyException or CandleDataException or OutOfMemoryException);
}
