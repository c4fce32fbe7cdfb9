using EtradeBot.Execution.Orders;

namespace EtradeBot.App.Dashboard.Lives;

/// <summary>Which orders a reader wants to see.</summary>
public enum LifeKind
{
    All,

    /// <summary>They may fill.</summary>
    Open,

    /// <summary>Shares changed hands.</summary>
    Filled,

    /// <summary>They ended without a share.</summary>
    Nothing,
}

/// <param name="Symbol">Empty: all.</param>
public sealed record LifeFilter(LifeKind Kind, string Symbol)
{
    /// <summary>Those of unknown fate first, whatever else is asked for; then the newest.</summary>
    public IReadOnlyList<OrderLife> Of(IReadOnlyList<OrderLife> orders) =>
        [.. orders.Reverse().Where(order => order.IsUnresolved || Fits(order)).OrderByDescending(order => order.IsUnresolved)];

    bool Fits(OrderLife order) => (Symbol.Length == 0 || order.Intent.Symbol.Ticker == Symbol) && Kind switch
    {
        LifeKind.Open => order.MayFill || order.State == OrderState.Drafted,
        LifeKind.Filled => order.Filled > 0,
        LifeKind.Nothing => order.Filled == 0 && !order.MayFill && order.State != OrderState.Drafted,
        _ => true,
    };
}

/// <summary>An order with those around it.</summary>
/// <param name="Guarded">The entry whose shares it guards or sells; null for entries and for shares that are nobody's.</param>
/// <param name="Guards">Of an entry: its stops and exits, oldest first.</param>
/// <param name="Replaced">The one whose place it took.</param>
/// <param name="ReplacedBy">The one that took its place.</param>
public sealed record LifeKin(OrderLife? Guarded, IReadOnlyList<OrderLife> Guards, OrderLife? Replaced, OrderLife? ReplacedBy)
{
    public static LifeKin Of(OrderLife order, IReadOnlyList<OrderLife> all)
    {
        ArgumentNullException.ThrowIfNull(order);
        return new LifeKin(
            all.FirstOrDefault(other => other.Id == order.Intent.Guards),
            [.. all.Where(other => other.Intent.Guards == order.Id)],
            all.FirstOrDefault(other => other.Id == order.Intent.Replaces),
            all.LastOrDefault(other => other.Intent.Replaces == order.Id));
    }
}
