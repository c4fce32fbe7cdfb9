namespace EtradeBot.Strategies;

/// <summary>What a strategy or one of its parameters is, for <c>etrade-bot strategies</c>. Optional.</summary>
/// <example><c>[About("candles of the fast average", Unit = "candles", Min = 1)]</c></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public sealed class AboutAttribute(string text) : Attribute
{
    /// <summary>One sentence.</summary>
    public string Text { get; } = text;

    /// <summary>Unit of a number: <c>candles</c>, <c>dollars</c>, <c>fraction</c>, <c>ATR</c>.</summary>
    public string Unit { get; set; } = "";

    /// <summary>Smallest number allowed, itself included.</summary>
    public double Min { get; set; } = double.NegativeInfinity;

    /// <summary>Largest number allowed, itself included.</summary>
    public double Max { get; set; } = double.PositiveInfinity;
}
