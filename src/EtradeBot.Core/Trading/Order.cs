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
public sealed record Bracket(decimal? Stop = null, decimal? Target = null, decimal? Trail = null)
{
    /// <summary>The stop in force when the entry has filled at the price: the tighter of the fixed and the trailing one; null without either.</summary>
    internal decimal? FirstStop(Side side, decimal price)
    {
        if (Trail is not { } trail) return Stop;
        var trailing = price - side.Sign() * trail;
        if (Stop is not { } stop) return trailing;
        return side == Side.Buy ? Math.Max(stop, trailing) : Math.Min(stop, trailing);
    }
}

/// <summary>What is asked of a broker. Immutable: a change is a new order.</summary>
public sealed record Order
{
    readonly long _submittedTicks;

    // Hundreds of thousands of market orders may be kept, and they have no levels: one reference instead of three wide values.
    readonly Levels _levels = Levels.None;

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

    public decimal? Limit
    {
        get => _levels.Limit;
        init => _levels = _levels.Limit == value ? _levels : _levels with { Limit = value };
    }

    public decimal? Stop
    {
        get => _levels.Stop;
        init => _levels = _levels.Stop == value ? _levels : _levels with { Stop = value };
    }

    /// <summary>Trailing distance in dollars.</summary>
    public decimal? Trail
    {
        get => _levels.Trail;
        init => _levels = _levels.Trail == value ? _levels : _levels with { Trail = value };
    }

    public Bracket? Bracket { get; init; }

    public required DateTimeOffset SubmittedAt
    {
        get => new(_submittedTicks, TimeSpan.Zero);
        init => _submittedTicks = value.UtcTicks;
    }

    public required string Because { get; init; }

    sealed record Levels(decimal? Limit, decimal? Stop, decimal? Trail)
    {
        public static readonly Levels None = new(null, null, null);
    }
}

/// <summary>Shares that changed hands.</summary>
/// <param name="Order">The order they were for: its symbol, side and reason are the fill's.</param>
/// <param name="Shares">At least 1.</param>
/// <param name="Price">Dollars a share, slippage included.</param>
/// <param name="Fees">Commission and regulatory fees in dollars, never negative.</param>
/// <param name="Slippage">Dollars lost to the slippage model against the undisturbed price; part of <paramref name="Price"/>, shown apart.</param>
/// <param name="FilledAtTicks">UTC ticks of the open of the candle the fill happened in.</param>
public readonly record struct Fill(Order Order, int Shares, decimal Price, decimal Fees, decimal Slippage, long FilledAtTicks)
{
    public Side Side => Order.Side;

    public Symbol Symbol => Order.Symbol;

    public DateTimeOffset FilledAt => new(FilledAtTicks, TimeSpan.Zero);
}

/// <summary>The end, or the present state, of an order.</summary>
public readonly record struct OrderReport(Order Order, OrderStatus Status, int FilledShares, decimal AveragePrice, DateTimeOffset UpdatedAt, string Note);
