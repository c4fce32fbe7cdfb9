using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>Round trips and orders as columns of numbers.</summary>
sealed class RowColumns(ChartScale scale, Dictionary<Symbol, int> symbols, TextTable texts)
{
    public void Trips(Html html, RoundTrip[] trips, IReadOnlyList<Fill> fills)
    {
        var orders = new FillIndex(fills);
        Doubles(html, "t-entry", trips, trip => scale.WallSeconds(trip.EntryTime));
        Doubles(html, "t-exit", trips, trip => scale.WallSeconds(trip.ExitTime));
        Doubles(html, "t-entry-price", trips, trip => (double)trip.EntryPrice);
        Doubles(html, "t-exit-price", trips, trip => (double)trip.ExitPrice);
        Doubles(html, "t-pnl", trips, trip => (double)trip.ProfitAndLoss);
        Doubles(html, "t-r", trips, trip => trip.R ?? double.NaN);
        Doubles(html, "t-mae", trips, trip => (double)trip.Mae);
        Doubles(html, "t-mfe", trips, trip => (double)trip.Mfe);
        Doubles(html, "t-fees", trips, trip => (double)trip.Fees);
        Whole(html, "t-shares", trips, trip => trip.Shares);
        Whole(html, "t-held", trips, trip => trip.CandlesHeld);
        Whole(html, "t-symbol", trips, trip => NumberOf(trip.Symbol));
        Whole(html, "t-side", trips, trip => trip.Side.Sign());
        Whole(html, "t-entry-reason", trips, trip => texts.NumberOf(trip.EntryReason));
        Whole(html, "t-exit-reason", trips, trip => texts.NumberOf(trip.ExitReason));
        Whole(html, "t-entry-order", trips, orders.EntryOf);
        Whole(html, "t-exit-order", trips, orders.ExitOf);
    }

    public void Orders(Html html, OrderReport[] reports, IReadOnlyList<Fill> fills)
    {
        var fees = OrdersCsv.OrderFees(fills);
        Doubles(html, "o-limit", reports, report => (double?)report.Order.Limit ?? double.NaN);
        Doubles(html, "o-stop", reports, report => (double?)report.Order.Stop ?? double.NaN);
        Doubles(html, "o-price", reports, report => report.FilledShares > 0 ? (double)report.AveragePrice : double.NaN);
        Doubles(html, "o-fees", reports, report => (double)fees.GetValueOrDefault(report.Order.Id));
        Doubles(html, "o-submitted", reports, report => scale.WallSeconds(report.Order.SubmittedAt));
        Doubles(html, "o-updated", reports, report => scale.WallSeconds(report.UpdatedAt));
        Whole(html, "o-id", reports, report => report.Order.Id);
        Whole(html, "o-symbol", reports, report => NumberOf(report.Order.Symbol));
        Whole(html, "o-side", reports, report => report.Order.Side.Sign());
        Whole(html, "o-type", reports, report => (int)report.Order.Type);
        Whole(html, "o-status", reports, report => (int)report.Status);
        Whole(html, "o-shares", reports, report => report.Order.Shares);
        Whole(html, "o-filled", reports, report => report.FilledShares);
        Whole(html, "o-reason", reports, report => texts.NumberOf(report.Order.Because));
        Whole(html, "o-note", reports, report => texts.NumberOf(report.Note));
    }

    int NumberOf(Symbol symbol) => symbols.GetValueOrDefault(symbol, -1);

    static void Doubles<T>(Html html, string id, T[] rows, Func<T, double> value) => html.Column<double>(id, Array.ConvertAll(rows, row => value(row)));

    static void Whole<T>(Html html, string id, T[] rows, Func<T, int> value) => html.Column<int>(id, Array.ConvertAll(rows, row => value(row)));
}

/// <summary>Finds the order behind an end of a round trip: the fill of that symbol, side, candle and price.</summary>
sealed class FillIndex
{
    readonly IReadOnlyList<Fill> _fills;
    readonly Dictionary<long, int> _firstAt;

    /// <param name="fills">Oldest first.</param>
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

    int Find(Symbol symbol, Side side, DateTimeOffset at, decimal price)
    {
        if (!_firstAt.TryGetValue(at.UtcTicks, out var i)) return 0;
        for (; i < _fills.Count && _fills[i] is var fill && fill.FilledAt == at; i++)
            if (fill.Price == price && fill.Side == side && fill.Symbol == symbol) return fill.Order.Id;
        return 0;
    }
}
