namespace EtradeBot.Strategies;

/// <summary>A strategy cannot be made as asked: unknown name, unknown or wrong parameter, unusable class. The message names it and the rule.</summary>
public sealed class StrategyException : Exception
{
    public StrategyException(string message) : base(message)
    {
    }

    public StrategyException(string message, Exception inner) : base(message, inner)
    {
    }
}
