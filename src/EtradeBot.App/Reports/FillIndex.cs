using System.Runtime.CompilerServices;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>Finds the order behind an end of a round trip: the fill of that symbol, side, candle and price.</summary>
sealed class FillIndex
{
    readonly IReadOnlyList<Fill> _fills;
    readonly Dictionary<long, int> _firstAt;

    /// <param name="fills">Oldest first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public FillIndex(IReadOnlyList<Fill> fills)
    {
        _fills = fills;
        _firstAt = new(fills.Count);
        for (var i = 0; i < fills.Count; i++) _firstAt.TryAdd(fills[i].FilledAt.UtcTicks, i);
    }

    /// <summary>Order id, or 0 when no fill matches.</summary>
    public int EntryOf(RoundTrip trip) => Find(trip.Symbol, trip.Side, trip.EntryTime, trip.EntryPrice);

    /// <summary>Order id, or 0 when no fill matches.</summary>
    public int ExitOf(RoundTrip trip) => Find(trip.Symbol, trip.Side.Opposite(), trip.ExitTime, trip.ExitPrice);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Find(Symbol symbol, Side side, DateTimeOffset at, decimal price)
    {
        if (!_firstAt.TryGetValue(at.UtcTicks, out var i)) return 0;
        for (; i < _fills.Count && _fills[i] is var fill && fill.FilledAt == at; i++)
            if (fill.Price == price && fill.Side == side && fill.Symbol == symbol) return fill.Order.Id;
        return 0;
    }
}
