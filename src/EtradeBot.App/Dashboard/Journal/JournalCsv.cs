using System.Globalization;
using System.Text;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Dashboard.Journal;

/// <summary>The journal as files for a spreadsheet. Days and times of New York; dollars.</summary>
static class JournalCsv
{
    static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Held longer than a year is long term: 26 U.S.C. 1222.</summary>
    static bool IsLongTerm(RoundTrip lot) => lot.Side == Side.Buy && DayOf(lot.ExitTime) > DayOf(lot.EntryTime).AddYears(1);

    /// <summary>Closed lots, first in, first out, each with the wash sales that stand against its loss.</summary>
    public static string Lots(TaxLots lots)
    {
        var washed = WashSales.Find(lots.Closed, lots.Held).ToLookup(sale => sale.Loss, ReferenceEqualityComparer.Instance);
        return Table("symbol,side,shares,opened,closed,entry_price,exit_price,cost,proceeds,fees,gain,term,settles,wash_shares,wash_disallowed,wash_bought_on", lots.Closed.Select(lot =>
        {
            var sales = washed[lot].ToList();
            var (entry, exit) = (lot.EntryPrice * lot.Shares, lot.ExitPrice * lot.Shares);
            return new[]
            {
                lot.Symbol.Ticker, lot.Side == Side.Buy ? "long" : "short", Cell(lot.Shares), Day(DayOf(lot.EntryTime)), Day(DayOf(lot.ExitTime)), Cell(lot.EntryPrice), Cell(lot.ExitPrice),
                Cents(lot.Side == Side.Buy ? entry : exit), Cents(lot.Side == Side.Buy ? exit : entry), Cents(lot.Fees), Cents(lot.ProfitAndLoss), IsLongTerm(lot) ? "long" : "short",
                Day(Settlement.DayOf(DayOf(lot.ExitTime))), sales.Count > 0 ? Cell(sales.Sum(sale => sale.Shares)) : "", sales.Count > 0 ? Cents(sales.Sum(sale => sale.Disallowed)) : "",
                string.Join(' ', sales.Select(sale => Day(sale.BoughtOn)).Distinct()),
            };
        }));
    }

    public static string Trades(IReadOnlyList<JournalTrade> trades, IReadOnlyDictionary<string, TradeNote> notes) =>
        Table("entry,symbol,side,shares,entered,left,entry_price,exit_price,fees,profit,risk,r,held,owner,because,left_because,tags,note", trades.Select(trade =>
        {
            var note = notes.GetValueOrDefault(trade.Entry.Id);
            var left = trade.Exits.Sum(exit => exit.Shares);
            return new[]
            {
                trade.Entry.Id, trade.Entry.Symbol.Ticker, trade.Entry.IsBuy ? "long" : "short", Cell(trade.Shares), Time(trade.EnteredAt), trade.LeftAt is { } at ? Time(at) : "",
                Cell(trade.Price), left > 0 ? Cell(trade.Exits.Sum(exit => exit.Price * exit.Shares) / left) : "", Cents(trade.Fees), Cents(trade.Profit), trade.Risk is { } risk ? Cents(risk) : "",
                trade.R?.ToString("0.00", Culture) ?? "", Cell(trade.Held), trade.Entry.Owner, trade.Entry.Because, string.Join("; ", trade.Exits.Select(exit => exit.Intent.Because).Distinct()),
                string.Join(' ', note?.Tags ?? []), note?.Text ?? "",
            };
        }));

    static string Table(string head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder(head).Append('\n');
        foreach (var row in rows) text.AppendJoin(',', row.Select(Quoted)).Append('\n');
        return text.ToString();
    }

    /// <summary>Quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe. A minus begins a number here.</summary>
    static string Quoted(string cell)
    {
        if (cell is ['=' or '+' or '@' or '\t' or '\r', ..] || (cell is ['-', ..] && !decimal.TryParse(cell, NumberStyles.Float, Culture, out _))) cell = "'" + cell;
        return cell.AsSpan().IndexOfAny(",\"\n\r") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    static DateOnly DayOf(DateTimeOffset at) => MarketCalendar.Nyse.DayOf(at);

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", Culture);

    static string Time(DateTimeOffset at) => Figures.NewYork(at).ToString("yyyy-MM-dd HH:mm:ss", Culture);

    static string Cell(decimal number) => number.ToString("0.######", Culture);

    static string Cents(decimal dollars) => Math.Round(dollars, 2, MidpointRounding.AwayFromZero).ToString("0.00", Culture);
}
