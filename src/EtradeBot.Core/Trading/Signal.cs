namespace EtradeBot.Trading;

/// <summary>
/// What a strategy wants, without a size. Against an open position of the other direction it closes that position;
/// when flat it opens one. Prices in dollars.
/// </summary>
public sealed record Signal
{
    public required Side Side { get; init; }

    /// <summary>The reason in a few words, kept with the order, the fill and the round trip.</summary>
    public required string Because { get; init; }

    /// <summary>Enter at this price or better; null enters at the next open.</summary>
    public double? Limit { get; init; }

    /// <summary>Enter once the price trades through this level; with <see cref="Limit"/> a stop-limit order.</summary>
    public double? Trigger { get; init; }

    /// <summary>Protective stop; also what risk sizing measures the loss by. Null: no stop.</summary>
    public double? Stop { get; init; }

    /// <summary>Profit target; null: none.</summary>
    public double? Target { get; init; }

    /// <summary>Trailing stop: dollars behind the best price since entry; null: none.</summary>
    public double? Trail { get; init; }

    /// <summary>Candles after which an entry by <see cref="Limit"/> or <see cref="Trigger"/> that was not reached is given up.</summary>
    public int GoodForCandles { get; init; } = 1;

    /// <summary>Leave at the open after this many candles in the position; null: never.</summary>
    public int? MaxCandles { get; init; }
}
