using EtradeBot.Engine;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>Account value at each candle's close.</summary>
/// <remarks>Columns of equal length, oldest first. <see cref="Equity"/> in dollars; <see cref="Exposure"/> is the gross market value
/// of all positions over equity (0 when flat, 1 fully invested).</remarks>
public sealed record EquityCurve
{
    public required Timeframe Timeframe { get; init; }

    /// <summary>Cash before the first candle, dollars.</summary>
    public required double StartingCash { get; init; }

    /// <summary>UTC ticks of each candle's open.</summary>
    public required ReadOnlyMemory<long> Times { get; init; }

    public ReadOnlySpan<long> OpenTicks => Times.Span;

    public required double[] Equity { get; init; }

    public required double[] Exposure { get; init; }

    public int Count => Equity.Length;
}

/// <summary>Everything one run produced.</summary>
public sealed record BacktestResult
{
    /// <summary>The candles traded, one series a symbol (without those used for warming up only).</summary>
    public required IReadOnlyList<CandleSeries> Candles { get; init; }

    public required EquityCurve Curve { get; init; }

    public required IReadOnlyList<RoundTrip> RoundTrips { get; init; }

    public required IReadOnlyList<OpenPosition> OpenPositions { get; init; }

    public required IReadOnlyList<OrderReport> Orders { get; init; }

    public required IReadOnlyList<Fill> Fills { get; init; }

    public required IReadOnlyList<Denial> Denials { get; init; }

    /// <summary>Candles in which stop and target (or entry and stop) were both in reach, so that their order had to be assumed.</summary>
    public required int AmbiguousCandles { get; init; }

    /// <summary>Which candles those were, by their open time.</summary>
    public IReadOnlyList<(Symbol Symbol, DateTimeOffset OpenTime)> AmbiguousAt { get; init; } = [];

    /// <summary>Fills at an open beyond the order's stop price.</summary>
    public required int GapFills { get; init; }

    /// <summary>Dollars by which gaps made stop fills worse than their stop prices.</summary>
    public required decimal GapCost { get; init; }

    /// <summary>What the reader should know before believing the numbers, in plain words.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
