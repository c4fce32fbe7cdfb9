using EtradeBot.ETrade;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>What a person wants, before it has a size in shares. Prices in dollars.</summary>
/// <param name="Type">Market, limit, stop or stop limit.</param>
/// <param name="Size">Shares, dollars, or risk as a fraction of the account.</param>
sealed record OrderRequest(Symbol Symbol, Side Side, OrderPriceType Type, Sizing Size)
{
    public decimal? Limit { get; init; }

    /// <summary>Where a stop order wakes up.</summary>
    public decimal? Stop { get; init; }

    /// <summary>Where the trade is given up: what risk sizing measures by. Null: two average true ranges away. Not an order of its own.</summary>
    public decimal? ProtectiveStop { get; init; }

    public OrderTerm Term { get; init; } = OrderTerm.GoodForDay;

    public bool IsExtendedSession { get; init; }

    /// <summary>Average true range in dollars, NaN when unknown: sizes by risk where no protective stop is given.</summary>
    public double Atr { get; init; } = double.NaN;
}

/// <summary>New terms for a working order; null leaves a value as it is.</summary>
sealed record ChangeRequest(int? Shares = null, decimal? Limit = null, decimal? Stop = null);

/// <summary>A value that cannot stay as it is.</summary>
/// <param name="Field"><c>size</c>, <c>limit</c>, <c>stop</c>, <c>protective</c>, <c>type</c>; empty for the order as a whole.</param>
sealed record FieldProblem(string Field, string Words);

/// <summary>What can be said against a request without knowing the account.</summary>
static class RequestRules
{
    const decimal HighestPrice = 1_000_000m;

    /// <summary>More is a slip of the finger; the limits of risk come before this.</summary>
    const double MostShares = 1_000_000;

    public static IReadOnlyList<FieldProblem> Problems(OrderRequest request)
    {
        var problems = new List<FieldProblem>();
        var type = request.Type;
        if (type is not (OrderPriceType.Market or OrderPriceType.Limit or OrderPriceType.Stop or OrderPriceType.StopLimit))
            problems.Add(new("type", "choose market, limit, stop or stop limit"));
        Price("limit", request.Limit, type is OrderPriceType.Limit or OrderPriceType.StopLimit);
        Price("stop", request.Stop, type is OrderPriceType.Stop or OrderPriceType.StopLimit);
        if (request.ProtectiveStop is { } protective) Price("protective", protective, isNeeded: true);
        if (request.IsExtendedSession && type != OrderPriceType.Limit) problems.Add(new("type", "outside regular hours the broker takes limit orders only"));
        if (SizeProblem(request.Size) is { } words) problems.Add(new("size", words));
        return problems;

        void Price(string field, decimal? price, bool isNeeded)
        {
            if (!isNeeded) return;
            if (PriceProblem(price) is { } why) problems.Add(new(field, why));
        }
    }

    /// <returns>Null when the price is a legal one: whole cents from $1, hundredths of a cent below (SEC Rule 612).</returns>
    public static string? PriceProblem(decimal? price) => price switch
    {
        null => "enter a price in dollars, such as 12.34",
        <= 0 => "the price must be above 0",
        > HighestPrice => "the price must be at most 1,000,000",
        >= 1 when decimal.Round(price.Value, 2) != price => "from $1 prices have whole cents",
        < 1 when decimal.Round(price.Value, 4) != price => "prices below $1 have at most four decimals",
        _ => null,
    };

    static string? SizeProblem(Sizing size) => size.Kind switch
    {
        SizingKind.Shares when !(size.Amount >= 1 && size.Amount <= MostShares && size.Amount == Math.Floor(size.Amount)) => "enter whole shares, 1 to 1,000,000",
        SizingKind.Dollars when !(size.Amount > 0 && size.Amount < 1e9) => "enter dollars above 0",
        SizingKind.Risk when !(size.Amount > 0 && size.Amount <= 1) => "enter per cent of the account above 0, at most 100",
        SizingKind.Shares or SizingKind.Dollars or SizingKind.Risk => null,
        _ => "size by shares, risk or dollars",
    };
}
