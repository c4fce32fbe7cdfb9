using EtradeBot.ETrade;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>Do the prices of an order fit its kind? The broker's client refuses more; what is refused here never gets a preview.</summary>
static class OrderShape
{
    /// <summary>What is wrong with it, in a sentence; null when nothing.</summary>
    public static string? Problem(AskedOrder order)
    {
        var type = order.Type;
        if (order.IsExtendedSession && type != OrderPriceType.Limit) return "the extended session takes limit orders only";
        return PriceProblem("limit", order.Limit, type is OrderPriceType.Limit or OrderPriceType.StopLimit or OrderPriceType.LimitOnOpen or OrderPriceType.LimitOnClose)
            ?? PriceProblem("stop", order.Stop, type is OrderPriceType.Stop or OrderPriceType.StopLimit)
            ?? PriceProblem("trail", order.Trail, type is OrderPriceType.TrailingStopAmount or OrderPriceType.TrailingStopPercent);
    }

    static string? PriceProblem(string name, decimal? price, bool isNeeded)
    {
        if (price is not { } value) return isNeeded ? $"the order needs a {name} price" : null;
        if (!isNeeded) return $"the order takes no {name} price";
        if (value <= 0) return FormattableString.Invariant($"the {name} price {value} must be above 0");
        // SEC Rule 612: whole cents from $1, hundredths of a cent below.
        var digits = value >= 1 ? 2 : 4;
        return decimal.Round(value, digits) == value ? null : FormattableString.Invariant($"the {name} price {value} has more than {digits} decimals");
    }
}
