using System.Text.Json;
using EtradeBot.App.Reports;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>A closed round trip as the page lists it.</summary>
/// <param name="Number">From 0, in the order of trades.csv.</param>
public sealed record TradeRow(int Number, string Symbol, bool IsLong, int Shares)
{
    public required DateTimeOffset EntryAt { get; init; }

    public required decimal EntryPrice { get; init; }

    public required DateTimeOffset ExitAt { get; init; }

    public required decimal ExitPrice { get; init; }

    /// <summary>Dollars after all costs.</summary>
    public required decimal Pnl { get; init; }

    public required double? R { get; init; }

    /// <summary>Worst and best open result in dollars before fees.</summary>
    public required decimal Mae { get; init; }

    public required decimal Mfe { get; init; }

    public required decimal Fees { get; init; }

    public required int CandlesHeld { get; init; }

    public required string EntryReason { get; init; }

    public required string ExitReason { get; init; }

    /// <summary>Ids of the orders behind both ends; 0 where none was found.</summary>
    public required int EntryOrder { get; init; }

    public required int ExitOrder { get; init; }

    /// <summary>In the candle of its entry or its exit the order of events had to be assumed.</summary>
    public required bool IsAmbiguous { get; init; }
}

public sealed record OrderRow(int Id, string Side, string Type, int Shares)
{
    public required decimal? Limit { get; init; }

    public required decimal? Stop { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required string Status { get; init; }

    public required string Reason { get; init; }

    public required string Note { get; init; }
}

/// <param name="Slippage">Dollars lost to the slippage model.</param>
public sealed record FillRow(int Order, int Shares, decimal Price, decimal Fees, decimal Slippage, DateTimeOffset At);

/// <summary>trades.json: the trades of a run with the orders and fills behind them.</summary>
/// <param name="LeftOut">Trades beyond the most a page lists; they are in trades.csv.</param>
public sealed record TradeBook(IReadOnlyList<TradeRow> Trades, IReadOnlyList<OrderRow> Orders, IReadOnlyList<FillRow> Fills, int LeftOut)
{
    public const string FileName = "trades.json";

    const int Most = 50_000;

    internal static CompanionFile File { get; } = new(FileName, (stream, run) => JsonSerializer.Serialize(stream, Of(run), RunView.Json));

    internal static TradeBook Of(RunRecord run)
    {
        var result = run.Result;
        var index = new FillIndex(result.Fills);
        var assumed = result.AmbiguousAt.ToHashSet();
        var trades = result.RoundTrips.Take(Most).Select((trip, number) => Row(number, trip, (index.EntryOf(trip), index.ExitOf(trip))) with
        {
            IsAmbiguous = assumed.Contains((trip.Symbol, trip.EntryTime)) || assumed.Contains((trip.Symbol, trip.ExitTime)),
        }).ToArray();
        var wanted = trades.SelectMany(trade => new[] { trade.EntryOrder, trade.ExitOrder }).ToHashSet();
        return new(
            trades,
            [.. result.Orders.Where(report => wanted.Contains(report.Order.Id)).Select(Row)],
            [.. result.Fills.Where(fill => wanted.Contains(fill.Order.Id)).Select(fill => new FillRow(fill.Order.Id, fill.Shares, fill.Price, fill.Fees, fill.Slippage, fill.FilledAt))],
            Math.Max(0, result.RoundTrips.Count - Most));
    }

    static TradeRow Row(int number, RoundTrip trip, (int Entry, int Exit) orders) => new(number, trip.Symbol.Ticker, trip.Side == Side.Buy, trip.Shares)
    {
        EntryAt = trip.EntryTime,
        EntryPrice = trip.EntryPrice,
        ExitAt = trip.ExitTime,
        ExitPrice = trip.ExitPrice,
        Pnl = trip.ProfitAndLoss,
        R = trip.R,
        Mae = trip.Mae,
        Mfe = trip.Mfe,
        Fees = trip.Fees,
        CandlesHeld = trip.CandlesHeld,
        EntryReason = trip.EntryReason,
        ExitReason = trip.ExitReason,
        EntryOrder = orders.Entry,
        ExitOrder = orders.Exit,
        IsAmbiguous = false,
    };

    static OrderRow Row(OrderReport report)
    {
        var order = report.Order;
        return new(order.Id, order.Side == Side.Buy ? "buy" : "sell", System.Text.Encoding.UTF8.GetString(Words.Of(order.Type)).Replace('_', ' '), order.Shares)
        {
            Limit = order.Limit,
            Stop = order.Stop,
            SubmittedAt = order.SubmittedAt,
            Status = System.Text.Encoding.UTF8.GetString(Words.Of(report.Status)),
            Reason = order.Because,
            Note = report.Note,
        };
    }
}
