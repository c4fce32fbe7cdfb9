using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.Execution.Orders;

/// <summary>Whose the shares are that this program's orders have brought.</summary>
public static class Holdings
{
    /// <summary>Shares of the symbol that the bot's orders have brought: negative when short. What people have traded by hand is theirs.</summary>
    public static int OfBot(IEnumerable<OrderLife> orders, Symbol symbol) => orders.Where(order => order.Intent.Symbol == symbol && !order.Intent.IsByPerson).Sum(order => order.Delta);

    /// <summary>Shares of the symbol that people have bought through this program and not sold again: negative when they sold short. Sales of shares that came
    /// from elsewhere leave it at 0.</summary>
    public static int OfPeople(IEnumerable<OrderLife> orders, Symbol symbol)
    {
        var all = orders.Where(order => order.Intent.Symbol == symbol && order.Intent.IsByPerson).ToList();
        return Math.Max(0, Filled(OrderAction.Buy) - Filled(OrderAction.Sell)) - Math.Max(0, Filled(OrderAction.SellShort) - Filled(OrderAction.BuyToCover));

        int Filled(OrderAction action) => all.Where(order => order.Intent.Action == action).Sum(order => order.Filled);
    }
}
