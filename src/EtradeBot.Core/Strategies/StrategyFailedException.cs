using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace EtradeBot.Strategies;

/// <summary>A strategy threw while it ran. The message says which one, at which candle, where in its file, and what it threw.</summary>
public sealed class StrategyFailedException : Exception
{
    /// <param name="candle">Label of the candle it was called for; null during <see cref="Strategy.Init"/>.</param>
    public StrategyFailedException(Strategy strategy, string? candle, Exception inner)
        : base(Describe(strategy, candle, inner), inner)
    {
    }

    static string Describe(Strategy strategy, string? candle, Exception inner)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(inner);
        var when = candle is null ? "in Init" : $"at the candle of {candle}";
        var message = inner.Message.ReplaceLineEndings(" ");
        return $"strategy {StrategyEntry.NameOf(strategy.GetType())} failed {when}{Place(strategy.GetType().Assembly, inner)}: {message} ({inner.GetType().Name})";
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
