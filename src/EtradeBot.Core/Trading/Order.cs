using EtradeBot.Market;

namespace EtradeBot.Trading;

public enum OrderType
{
    Market,
    Limit,
    Stop,
    StopLimit,
    TrailingStop,
}

public enum OrderStatus
{
    Working,
    Filled,
    Cancelled,
    Rejected,
    Expired,
}

/// <summary>Exit orders that come into being when an entry fills: one cancels the other. Prices in dollars.</summary>
public sealed record Bracket(decimal? Stop = null, decimal? Target = null, decimal? Trail = null);

/// <summary>What is asked of a broker. Immutable: a change is a new order.</summary>
public sealed record Order
{
    /// <summary>1, 2, 3, ... in the order of submission, across all symbols of an account.</summary>
    public required int Id { get; init; }

    public required Symbol Symbol { get; init; }

    public required Side Side { get; init; }

    public required OrderType Type { get; init; }

    /// <summary>Shares, at least 1; for <see cref="IsAllCash"/> an upper bound.</summary>
    public required int Shares { get; init; }

    /// <summary>The count is fixed at the fill: as many whole shares as the cash buys, costs included. Backtest and paper only.</summary>
    public bool IsAllCash { get; init; }

    /// <summary>True when the order reduces a position; limits on entries do not apply to it.</summary>
    public bool IsExit { get; init; }

    public decimal? Limit { get; init; }

    public decimal? Stop { get; init; }

    /// <summary>Trailing distance in dollars.</summary>
    public decimal? Trail { get; init; }

    public Bracket? Bracket { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required string Because { get; init; }
}

/// <summary>Shares that changed hands.</summary>
public readonly record struct Fill
{
    public required int OrderId { get; init; }

    public required Symbol Symbol { get; init; }

    public required Side Side { get; init; }

    public required int Shares { get; init; }

    /// <summary>Dollars a share, slippage included.</summary>
    public required decimal Price { get; init; }

    /// <summary>Commission and regulatory fees in dollars, never negative.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Dollars lost to the slippage model against the undisturbed price; part of <see cref="Price"/>, shown apart.</summary>
    public required decimal Slippage { get; init; }

    /// <summary>Open time of the candle the fill happened in.</summary>
    public required DateTimeOffset FilledAt { get; init; }

    public required string Because { get; init; }
}

/// <summary>The end, or the present state, of an order.</summary>
public sealed record OrderReport(Order Order, OrderStatus Status, int FilledShares, decimal AveragePrice, DateTimeOffset UpdatedAt, string Note);
