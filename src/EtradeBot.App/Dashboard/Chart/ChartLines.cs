using System.Globalization;
using EtradeBot.App.Hosting.Live;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>A horizontal line at a price.</summary>
/// <param name="Kind">position, order, stop, alert or doubtful: how it is drawn.</param>
/// <param name="Title">In words, at the price axis.</param>
public sealed record ChartLine(double Price, string Kind, string Title);

/// <summary>Position and working orders of a symbol as lines.</summary>
static class ChartLines
{
    public static IReadOnlyList<ChartLine> Of(AccountFacts account, Symbol symbol, double? last)
    {
        var lines = new List<ChartLine>();
        foreach (var position in account.Positions)
            if (IsStock(position.SecurityType) && Is(symbol, position.Symbol) && position.Quantity != 0 && position.PricePaid > 0) lines.Add(OfPosition(position, last));
        foreach (var order in account.Orders)
            if (!order.IsEnded && Is(symbol, order.Symbol) && order.OtherLegs == 0) lines.AddRange(OfOrder(order));
        return lines;
    }

    /// <summary>Those that wait.</summary>
    public static IEnumerable<ChartLine> Of(IEnumerable<PriceAlert> alerts) =>
        alerts.Where(alert => alert.HitAt is null).Select(alert => new ChartLine((double)alert.Price, "alert", "alert"));

    static ChartLine OfPosition(PortfolioPosition position, double? last)
    {
        var price = last is { } now && double.IsFinite(now) ? (decimal)now : position.LastPrice;
        var shares = position.PositionType == "SHORT" && position.Quantity > 0 ? -position.Quantity : position.Quantity;
        var pnl = price is { } at ? (at - position.PricePaid) * shares : position.TotalGain;
        return new((double)position.PricePaid, "position", $"{Figures.Count(shares)} at {Figures.Price(position.PricePaid)} {Figures.Pnl(pnl is { } gain ? Math.Round(gain, 2) : null)}");
    }

    static IEnumerable<ChartLine> OfOrder(BrokerOrder order)
    {
        var isDoubtful = order.Status is BrokerOrderStatus.Other or BrokerOrderStatus.CancelRequested or BrokerOrderStatus.IndividualFills;
        var filled = order.FilledQuantity > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Figures.Count(order.FilledQuantity)} filled") : "";
        var state = order.StatusText.Length > 0 ? order.StatusText.ToLowerInvariant().Replace('_', ' ') : order.Status.ToString();
        string Title(string what) => $"{order.Action.ToLowerInvariant().Replace('_', ' ')} {Figures.Count(order.OrderedQuantity)} {what}, {(isDoubtful ? "? " : "")}{state}{filled}";
        if (order.Stop is { } stop and > 0) yield return new((double)stop, isDoubtful ? "doubtful" : "stop", Title("stop"));
        if (order.Limit is { } limit and > 0) yield return new((double)limit, isDoubtful ? "doubtful" : "order", Title("limit"));
    }

    static bool Is(Symbol symbol, string text) => Symbol.TryParse(text, out var other) && other == symbol;

    static bool IsStock(string securityType) => securityType is "EQ" or "";
}
