using System.Runtime.CompilerServices;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>Round trips and orders as columns of numbers, one pass over each.</summary>
sealed class RowColumns(ChartScale scale, Dictionary<Symbol, int> symbols, TextTable texts)
{
    static readonly string[] TripNumbers = ["t-entry", "t-exit", "t-entry-price", "t-exit-price", "t-pnl", "t-r", "t-mae", "t-mfe", "t-fees"];
    static readonly string[] TripWholes = ["t-shares", "t-held", "t-symbol", "t-side", "t-entry-reason", "t-exit-reason", "t-entry-order", "t-exit-order"];
    static readonly string[] OrderNumbers = ["o-limit", "o-stop", "o-price", "o-fees", "o-submitted", "o-updated"];
    static readonly string[] OrderWholes = ["o-id", "o-symbol", "o-side", "o-type", "o-status", "o-shares", "o-filled", "o-reason", "o-note"];

    Symbol _symbol;
    int _symbolNumber = -1;

    /// <summary>Writes the first <paramref name="count"/> round trips.</summary>
    public void Trips(Html html, IReadOnlyList<RoundTrip> trips, int count, FillIndex orders)
    {
        var (numbers, wholes) = (Columns<double>(TripNumbers, count), Columns<int>(TripWholes, count));
        Fill(trips, count, numbers, wholes);
        for (var i = 0; i < count; i++)
        {
            wholes[6][i] = orders.EntryOf(trips[i]);
            wholes[7][i] = orders.ExitOf(trips[i]);
        }
        Write(html, TripNumbers, numbers);
        Write(html, TripWholes, wholes);
    }

    /// <summary>Writes the first <paramref name="count"/> orders.</summary>
    public void Orders(Html html, IReadOnlyList<OrderReport> reports, int count, Dictionary<int, decimal> fees)
    {
        var (numbers, wholes) = (Columns<double>(OrderNumbers, count), Columns<int>(OrderWholes, count));
        Fill(reports, count, numbers, wholes);
        for (var i = 0; i < count; i++) numbers[3][i] = (double)fees.GetValueOrDefault(reports[i].Order.Id);
        Write(html, OrderNumbers, numbers);
        Write(html, OrderWholes, wholes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Fill(IReadOnlyList<RoundTrip> trips, int count, double[][] numbers, int[][] wholes)
    {
        for (var i = 0; i < count; i++)
        {
            var trip = trips[i];
            numbers[0][i] = scale.WallSeconds(trip.EntryTime);
            numbers[1][i] = scale.WallSeconds(trip.ExitTime);
            numbers[2][i] = (double)trip.EntryPrice;
            numbers[3][i] = (double)trip.ExitPrice;
            numbers[4][i] = (double)trip.ProfitAndLoss;
            numbers[5][i] = trip.R ?? double.NaN;
            numbers[6][i] = (double)trip.Mae;
            numbers[7][i] = (double)trip.Mfe;
            numbers[8][i] = (double)trip.Fees;
            wholes[0][i] = trip.Shares;
            wholes[1][i] = trip.CandlesHeld;
            wholes[2][i] = NumberOf(trip.Symbol);
            wholes[3][i] = trip.Side.Sign();
            wholes[4][i] = texts.NumberOf(trip.EntryReason);
            wholes[5][i] = texts.NumberOf(trip.ExitReason);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Fill(IReadOnlyList<OrderReport> reports, int count, double[][] numbers, int[][] wholes)
    {
        for (var i = 0; i < count; i++)
        {
            var (report, order) = (reports[i], reports[i].Order);
            numbers[0][i] = order.Limit is { } limit ? (double)limit : double.NaN;
            numbers[1][i] = order.Stop is { } stop ? (double)stop : double.NaN;
            numbers[2][i] = report.FilledShares > 0 ? (double)report.AveragePrice : double.NaN;
            numbers[4][i] = scale.WallSeconds(order.SubmittedAt);
            numbers[5][i] = scale.WallSeconds(report.UpdatedAt);
            wholes[0][i] = order.Id;
            wholes[1][i] = NumberOf(order.Symbol);
            wholes[2][i] = order.Side.Sign();
            wholes[3][i] = (int)order.Type;
            wholes[4][i] = (int)report.Status;
            wholes[5][i] = order.Shares;
            wholes[6][i] = report.FilledShares;
            wholes[7][i] = texts.NumberOf(order.Because);
            wholes[8][i] = texts.NumberOf(report.Note);
        }
    }

    int NumberOf(Symbol symbol)
    {
        if (symbol != _symbol) (_symbol, _symbolNumber) = (symbol, symbols.GetValueOrDefault(symbol, -1));
        return _symbolNumber;
    }

    static T[][] Columns<T>(string[] ids, int count) => [.. ids.Select(_ => new T[count])];

    static void Write<T>(Html html, string[] ids, T[][] columns) where T : unmanaged
    {
        for (var i = 0; i < ids.Length; i++) html.Column<T>(ids[i], columns[i]);
    }
}
