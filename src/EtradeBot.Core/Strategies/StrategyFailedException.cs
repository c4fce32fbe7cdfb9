using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EtradeBot.Market;

namespace EtradeBot.Strategies;

/// <summary>A strategy threw while it ran. The message says which one, at which candle, where in its file, and what it threw.</summary>
public sealed class StrategyFailedException : Exception
{
    /// <param name="view">What the strategy saw: names the candle.</param>
    public StrategyFailedException(Strategy strategy, View view, Exception inner)
        : base(Describe(strategy, view, inner), inner)
    {
    }

    static string Describe(Strategy strategy, View view, Exception inner)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(inner);
        var when = view.Index < 0 ? "in Init" : $"at the candle of {MarketCalendar.Nyse.Label(view.Now.OpenTime, view.Timeframe)}";
        var message = inner.Message.ReplaceLineEndings(" ");
        return $"strategy {StrategyEntry.NameOf(strategy.GetType().Name)} failed {when}{Place(strategy.GetType().Assembly, inner)}: {message} ({inner.GetType().Name})";
    }

    /// <summary>The innermost line of the strategy's own file; empty when its assembly carries no line numbers.</summary>
    static string Place(Assembly own, Exception inner)
    {
        foreach (var frame in new StackTrace(inner, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod()?.Module.Assembly != own || frame.GetFileName() is not { } file) continue;
            return string.Create(CultureInfo.InvariantCulture, $" ({file}:{frame.GetFileLineNumber()})");
        }
        return "";
    }
}
