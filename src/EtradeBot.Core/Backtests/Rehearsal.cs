using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>
/// Steps a strategy over candles without an account, to see what it decides. Positions are the simplest that let a strategy that
/// looks at its position act: 100 shares at the next open, closed by the opposite signal, the stop, the target or the time limit.
/// Limits and triggers count as filled. It measures no result: only <see cref="LookaheadCheck"/> uses it.
/// </summary>
static class Rehearsal
{
    const int SharesHeld = 100;

    /// <exception cref="StrategyFailedException">The strategy threw.</exception>
    public static StrategyTrace Run(Strategy strategy, CandleSeries candles)
    {
        var view = new View(candles);
        var decisions = new Signal?[candles.Count];
        try
        {
            strategy.Init(view);
            Signal? held = null;
            for (var i = 0; i < decisions.Length; i++)
            {
                view.Index = i;
                if (i > 0 && decisions[i - 1] is { } wish) Fill(view, wish, ref held);
                if (held is not null && IsOver(view, held)) Flatten(view, ref held);
                decisions[i] = strategy.OnCandle(view);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new StrategyFailedException(strategy, view.Index < 0 ? null : candles.Label(view.Index), failure);
        }
        return new StrategyTrace { Decisions = decisions, Lines = [.. view.Lines.Select(l => l.Values)] };
    }

    static void Fill(View view, Signal wish, ref Signal? held)
    {
        if (held is null)
        {
            held = wish;
            view.Shares = wish.Side.Sign() * SharesHeld;
            view.EntryPrice = view.Now.Open;
            view.EntryIndex = view.Index;
        }
        else if (wish.Side != held.Side)
        {
            Flatten(view, ref held);
        }
    }

    static bool IsOver(View view, Signal held)
    {
        var candle = view.Now;
        var isLong = held.Side == Side.Buy;
        return (isLong ? candle.Low <= held.Stop : candle.High >= held.Stop)
            || (isLong ? candle.High >= held.Target : candle.Low <= held.Target)
            || view.CandlesHeld >= held.MaxCandles;
    }

    static void Flatten(View view, ref Signal? held)
    {
        held = null;
        view.Shares = 0;
        view.EntryPrice = 0;
    }
}
