using EtradeBot.App.Hosting.Backtests;

namespace EtradeBot.App.Dashboard.Backtests;

/// <summary>A line of the trade list: a trade, or one of the orders and fills of the trade that is opened.</summary>
public sealed record TradeLine(TradeRow Trade, OrderRow? Order = null, FillRow? Fill = null)
{
    public bool IsTrade => Order is null && Fill is null;
}

/// <summary>Sorts, filters and unfolds the trades of a run.</summary>
static class TradeList
{
    /// <summary>What a column is sorted by.</summary>
    public static IReadOnlyDictionary<string, Func<TradeRow, IComparable>> Keys { get; } = new Dictionary<string, Func<TradeRow, IComparable>>
    {
        ["number"] = trade => trade.Number,
        ["symbol"] = trade => trade.Symbol,
        ["side"] = trade => trade.IsLong,
        ["shares"] = trade => trade.Shares,
        ["entry"] = trade => trade.EntryAt,
        ["exit"] = trade => trade.ExitAt,
        ["pnl"] = trade => trade.Pnl,
        ["r"] = trade => trade.R ?? double.NegativeInfinity,
        ["mae"] = trade => trade.Mae,
        ["mfe"] = trade => trade.Mfe,
        ["held"] = trade => trade.CandlesHeld,
    };

    /// <param name="kind">all, wins, losses, long, short or assumed.</param>
    /// <param name="find">Words that must all occur in symbol, reasons or times; any case.</param>
    public static IReadOnlyList<TradeRow> Of(IReadOnlyList<TradeRow> trades, string kind, string find, (string Key, bool IsDescending) order)
    {
        var words = find.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = trades.Where(trade => IsOf(kind, trade) && words.All(word => Text(trade).Contains(word, StringComparison.OrdinalIgnoreCase)));
        var key = Keys.GetValueOrDefault(order.Key, Keys["number"]);
        return [.. order.IsDescending ? found.OrderByDescending(key) : found.OrderBy(key)];
    }

    /// <summary>The lines to draw: every trade, and below the opened one its orders, each followed by its fills.</summary>
    public static List<TradeLine> Lines(IReadOnlyList<TradeRow> shown, TradeBook book, int? expanded)
    {
        var lines = new List<TradeLine>(shown.Count + 8);
        foreach (var trade in shown)
        {
            lines.Add(new(trade));
            if (trade.Number != expanded) continue;
            foreach (var order in book.Orders.Where(order => order.Id == trade.EntryOrder || order.Id == trade.ExitOrder))
            {
                lines.Add(new(trade, order));
                lines.AddRange(book.Fills.Where(fill => fill.Order == order.Id).Select(fill => new TradeLine(trade, null, fill)));
            }
        }
        return lines;
    }

    static bool IsOf(string kind, TradeRow trade) => kind switch
    {
        "wins" => trade.Pnl > 0,
        "losses" => trade.Pnl < 0,
        "long" => trade.IsLong,
        "short" => !trade.IsLong,
        "assumed" => trade.IsAmbiguous,
        _ => true,
    };

    static string Text(TradeRow trade) =>
        $"{trade.Symbol} {trade.EntryReason} {trade.ExitReason} {Day(trade.EntryAt)} {Day(trade.ExitAt)}";

    static string Day(DateTimeOffset at) => Figures.NewYork(at).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
