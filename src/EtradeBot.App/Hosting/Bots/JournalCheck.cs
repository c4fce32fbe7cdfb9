using System.Globalization;
using EtradeBot.App.Hosting.Live;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Holds a journal against what the broker lists, order by order and position by position. Changes nothing.</summary>
static class JournalCheck
{
    /// <summary>Every difference in a sentence with both figures; empty when they agree.</summary>
    /// <exception cref="EtradeBot.Brokers.BrokerException">The broker cannot be read.</exception>
    public static async Task<IReadOnlyList<string>> CompareAsync(BrokerHandle handle, IReadOnlyList<OrderLife> orders, CancellationToken stop)
    {
        var listing = await handle.Client.OrdersAsync(handle.AccountKey, null, stop).ConfigureAwait(false);
        var portfolio = await handle.Client.PortfolioAsync(handle.AccountKey, stop).ConfigureAwait(false);
        var listed = listing.Orders.DistinctBy(order => order.OrderId).ToDictionary(order => order.OrderId);
        List<string> found = [.. orders.SelectMany(order => Differences(order, listed)), .. Shares(orders, portfolio)];
        if (!listing.IsStable) found.Add("the broker's order list did not hold still while it was read: try again");
        return found;
    }

    static IEnumerable<string> Differences(OrderLife order, Dictionary<long, BrokerOrder> listed)
    {
        if (order.IsUnresolved) yield return $"{order.Intent}: nobody knows whether the broker has it. 'etrade-bot trade' finds out";
        if (order.OrderId is not { } number) yield break;
        if (!listed.TryGetValue(number, out var there))
        {
            // Lists go back a while only.
            if (order.IsWorking) yield return string.Create(CultureInfo.InvariantCulture, $"order {number} ({order.Intent}) works by the journal, and the broker does not list it");
            yield break;
        }
        if (there.FilledQuantity != order.Filled)
            yield return string.Create(CultureInfo.InvariantCulture, $"order {number} ({order.Intent}): {order.Filled} shares filled by the journal, {there.FilledQuantity:0.####} by the broker. 'etrade-bot trade' takes it up");
        else if (order.Filled > 0 && there.AveragePrice is { } price && Math.Abs(price - order.AveragePrice ?? 0) >= 0.00005m)
            yield return string.Create(CultureInfo.InvariantCulture, $"order {number} ({order.Intent}): filled at {order.AveragePrice:0.00##} by the journal, at {price:0.00##} by the broker");
        if (order.IsWorking == there.IsEnded)
            yield return string.Create(CultureInfo.InvariantCulture, $"order {number} ({order.Intent}): {order.State.ToString().ToLowerInvariant()} by the journal, {there.Status.ToString().ToLowerInvariant()} by the broker. 'etrade-bot trade' takes it up");
    }

    static IEnumerable<string> Shares(IReadOnlyList<OrderLife> orders, Portfolio portfolio)
    {
        foreach (var group in orders.GroupBy(order => order.Intent.Symbol))
        {
            var own = group.Sum(order => order.Delta);
            var there = portfolio.Positions.Where(position => position.Symbol == group.Key.Ticker).Sum(position => position.Quantity);
            if (own != 0 && there * Math.Sign(own) < Math.Abs(own))
                yield return string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {own} shares by the journal, {there:0.####} at the broker. Look at E*TRADE: they may have been sold there");
        }
    }
}
