using System.Globalization;
using System.Text;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;

namespace EtradeBot.App.Dashboard.Orders;

/// <summary>The account's tabs as files for a spreadsheet. Times in UTC; no account number.</summary>
static class AccountCsv
{
    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Orders(AccountFacts account) => Table("order,placed,symbol,action,type,shares,filled,limit,stop,average_price,status",
        account.Orders.Select(order => new[]
        {
            Cell(order.OrderId), Cell(order.PlacedAt), order.Symbol, order.Action, order.PriceType, Cell(order.OrderedQuantity), Cell(order.FilledQuantity),
            Cell(order.Limit), Cell(order.Stop), Cell(order.AveragePrice), order.StatusText.Length > 0 ? order.StatusText : order.Status.ToString(),
        }));

    public static string Fills(IReadOnlyList<OrderFill> fills) => Table("time,order,symbol,action,shares,price",
        fills.Select(fill => new[] { Cell(fill.At), Cell(fill.OrderId), fill.Symbol, fill.Action, Cell(fill.Shares), Cell(fill.Price) }));

    public static string Positions(AccountFacts account) => Table("symbol,type,shares,price_paid,last,market_value,gain",
        account.Positions.Select(position => new[]
        {
            position.Symbol, position.SecurityType, Cell(position.Quantity), Cell(position.PricePaid), Cell(position.LastPrice), Cell(position.MarketValue), Cell(position.TotalGain),
        }));

    static string Table(string head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder(head).Append('\n');
        foreach (var row in rows) text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        return text.ToString();
    }

    /// <summary>Quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe.</summary>
    static string Quoted(string cell)
    {
        if (cell.Length > 0 && "=+@".Contains(cell[0], StringComparison.Ordinal)) cell = "'" + cell;
        return cell.AsSpan().IndexOfAny(',', '"', '\n') >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    static string Cell(decimal? number) => number?.ToString("0.####", Culture) ?? "";

    static string Cell(long number) => number.ToString(Culture);

    static string Cell(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", Culture) ?? "";
}
