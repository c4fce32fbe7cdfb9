using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>trades.csv: one row for each closed round trip. Columns: docs/results.md.</summary>
static class TradesCsv
{
    public static void Write(Stream stream, RunRecord run)
    {
        var output = new Utf8Writer(stream);
        var times = new NewYorkTimes(run.Curve.Timeframe);
        output.Raw("symbol,side,shares,entry_time,entry_price,exit_time,exit_price,pnl,r,mae,mfe,entry_reason,exit_reason\n"u8);
        foreach (var trip in run.Result.RoundTrips) Row(output, times, trip);
        output.Flush();
    }

    static void Row(Utf8Writer output, NewYorkTimes times, RoundTrip trip)
    {
        output.Cell(trip.Symbol.Ticker);
        output.Raw(trip.Side == Side.Buy ? ",long,"u8 : ",short,"u8);
        output.Integer(trip.Shares);
        output.Next();
        times.Write(output, trip.EntryTime);
        output.Next();
        output.Money(trip.EntryPrice);
        output.Next();
        times.Write(output, trip.ExitTime);
        output.Next();
        output.Money(trip.ExitPrice);
        output.Next();
        output.Money(trip.ProfitAndLoss);
        output.Next();
        if (trip.R is { } r) output.Number(r, 6);
        output.Next();
        output.Money(trip.Mae);
        output.Next();
        output.Money(trip.Mfe);
        output.Next();
        output.Cell(trip.EntryReason);
        output.Next();
        output.Cell(trip.ExitReason);
        output.Byte('\n');
    }
}
