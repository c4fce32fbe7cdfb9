using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>orders.csv: every order with its end. Columns: docs/results.md.</summary>
static class OrdersCsv
{
    public static void Write(Stream stream, RunRecord run)
    {
        var output = new Utf8Writer(stream);
        var times = new NewYorkTimes(run.Curve.Timeframe);
        var fees = OrderFees(run.Result.Fills);
        output.Raw("id,symbol,side,type,shares,limit,stop,submitted_at,status,filled_shares,average_price,updated_at,fees,reason,note\n"u8);
        foreach (var report in run.Result.Orders) Row(output, times, report, fees.GetValueOrDefault(report.Order.Id));
        output.Flush();
    }

    /// <summary>Fees paid for each order that filled, by its id.</summary>
    public static Dictionary<int, decimal> OrderFees(IReadOnlyList<Fill> fills)
    {
        var fees = new Dictionary<int, decimal>(fills.Count);
        foreach (var fill in fills) fees[fill.Order.Id] = fees.GetValueOrDefault(fill.Order.Id) + fill.Fees;
        return fees;
    }

    static void Row(Utf8Writer output, NewYorkTimes times, OrderReport report, decimal fees)
    {
        var order = report.Order;
        output.Integer(order.Id);
        output.Next();
        output.Cell(order.Symbol.Ticker);
        output.Raw(order.Side == Side.Buy ? ",buy,"u8 : ",sell,"u8);
        output.Raw(Words.Of(order.Type));
        output.Next();
        output.Integer(order.Shares);
        output.Next();
        if (order.Limit is { } limit) output.Money(limit);
        output.Next();
        if (order.Stop is { } stop) output.Money(stop);
        output.Next();
        times.Write(output, order.SubmittedAt);
        output.Next();
        output.Raw(Words.Of(report.Status));
        output.Next();
        output.Integer(report.FilledShares);
        output.Next();
        if (report.FilledShares > 0) output.Money(report.AveragePrice);
        output.Next();
        times.Write(output, report.UpdatedAt);
        output.Next();
        output.Money(fees);
        output.Next();
        output.Cell(order.Because);
        output.Next();
        output.Cell(report.Note);
        output.Byte('\n');
    }
}
