using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;

namespace EtradeBot.Execution.Brokerage;

/// <summary>How many shares an exit may take, so that none is sold twice and nobody sells what is another's.</summary>
sealed class ExitRoom(OrderBook book, BrokerLine line)
{
    /// <summary>By the own book alone.</summary>
    /// <returns>Why it takes too many; empty when it does not. An exit by hand is measured at the broker.</returns>
    public string Forbids(OrderIntent exit) =>
        exit.Guards is not null && Uncovered(exit) is var free && exit.Shares > free ? $"only {Math.Max(0, free)} {exit.Symbol} are held and not being sold already" : "";

    /// <summary>By what the broker holds as well: somebody may have sold the shares elsewhere.</summary>
    /// <param name="listing">Read just before, so that what has left since shows as one too few rather than too many.</param>
    /// <inheritdoc cref="Forbids" path="/returns"/>
    public async Task<string> RefusalAsync(OrderIntent exit, OrderListing listing, CancellationToken stop)
    {
        Portfolio portfolio;
        int bots;
        try
        {
            portfolio = await line.PortfolioAsync(stop).ConfigureAwait(false);
            bots = exit.IsByPerson ? await BotsAsync(exit, stop).ConfigureAwait(false) : 0;
        }
        catch (BrokerException problem)
        {
            // Getting out comes first: of the bot's shares the own book has been asked already. Of a person's nobody knows.
            return exit.IsByPerson ? $"what the account holds could not be read, and the shares may be the bot's: try again, or sell at E*TRADE ({problem.Message})" : "";
        }
        var held = Math.Max(0, -exit.Sign * portfolio.Positions.Where(position => position.Symbol == exit.Symbol.Ticker).Sum(position => position.Quantity));
        var replaced = exit.Replaces is { } id ? book.Find(id)?.OrderId : null;
        var leaving = listing.Orders.Where(order => order.OrderId != replaced && order.Symbol == exit.Symbol.Ticker && ListedOrder.IsStock(order) && ListedOrder.Action(order) == exit.Action && !IsNoneOf(exit, book.Find(order.OrderId)));
        var unlisted = book.Where(order => order.MayFill && order.Id != exit.Id && order.Id != exit.Replaces && order.Intent.Symbol == exit.Symbol && order.Intent.Sign == exit.Sign
            && !IsNoneOf(exit, order) && (order.OrderId is not { } number || listing.Orders.All(listed => listed.OrderId != number)));
        var free = held - bots - leaving.Sum(ListedOrder.Open) - unlisted.Sum(order => order.Open);
        if (exit.Shares <= free) return "";
        return bots == 0
            ? FormattableString.Invariant($"the broker holds only {Math.Max(0, Math.Floor(free)):0} {exit.Symbol} that nothing sells already")
            : FormattableString.Invariant($"the broker holds only {Math.Max(0, Math.Floor(free)):0} {exit.Symbol} that nothing sells already and that are not the bot's, which has {bots}");
    }

    /// <summary>A person sells what is not the bot's, whose own exits then take nothing away from that.</summary>
    static bool IsNoneOf(OrderIntent exit, OrderLife? other) => exit.IsByPerson && other is { Intent.IsByPerson: false };

    /// <summary>Shares of the bot's on the worst reading: with those that its entries have brought since the own book last heard of them.</summary>
    async Task<int> BotsAsync(OrderIntent exit, CancellationToken stop)
    {
        var bots = book.Where(order => order.Intent.Symbol == exit.Symbol && !order.Intent.IsByPerson);
        var shares = bots.Sum(order => order.Delta);
        var entries = bots.Where(order => order.MayFill && order.Intent.IsEntry).ToList();
        if (entries.Count > 0)
        {
            // After the portfolio, so that an entry that fills in between counts as filled and not as a person's shares.
            var listed = (await line.OrdersAsync(stop).ConfigureAwait(false)).Orders.DistinctBy(order => order.OrderId).ToDictionary(order => order.OrderId);
            shares += entries.Sum(entry => entry.Intent.Sign * (entry.OrderId is { } number && listed.TryGetValue(number, out var found) ? (int)found.FilledQuantity - entry.Filled : entry.Open));
        }
        return Math.Max(0, -exit.Sign * shares);
    }

    /// <summary>Shares that the bot holds and that none of its exits may take away, on the worst reading.</summary>
    int Uncovered(OrderIntent exit)
    {
        var held = Math.Max(0, -exit.Sign * book.Shares(exit.Symbol));
        var leaving = book.Where(order => !order.Intent.IsByPerson && order.Intent.Symbol == exit.Symbol && order.Intent.Sign == exit.Sign && order.Id != exit.Replaces && order.Id != exit.Id);
        return held - leaving.Sum(order => order.Open);
    }
}
