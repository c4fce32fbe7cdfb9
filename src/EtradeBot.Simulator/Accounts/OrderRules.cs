using EtradeBot.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>What makes an order well-formed, whatever the market and the account are like.</summary>
static class OrderRules
{
    const int LongestClientOrderId = 20;

    /// <summary>Larger orders go to a desk; the bound also keeps counts far from overflow.</summary>
    public const int MostShares = 10_000_000;

    const decimal MostDollars = 1_000_000_000;

    public static bool IsBuy(this OrderAction action) => action is OrderAction.Buy or OrderAction.BuyToCover;

    /// <summary>True for orders that reduce a position.</summary>
    public static bool Closes(this OrderAction action) => action is OrderAction.Sell or OrderAction.BuyToCover;

    /// <summary>True for orders on the short side of the account.</summary>
    public static bool IsShort(this OrderAction action) => action is OrderAction.SellShort or OrderAction.BuyToCover;

    public static bool IsTrailing(this PriceType type) => type is PriceType.TrailingStopAmount or PriceType.TrailingStopPercent;

    public static bool HasStop(this PriceType type) =>
        type is PriceType.Stop or PriceType.StopLimit or PriceType.HiddenStop || type.IsTrailing();

    public static bool HasLimit(this PriceType type) =>
        type is PriceType.Limit or PriceType.StopLimit or PriceType.LimitOnOpen or PriceType.LimitOnClose;

    public static bool IsOnOpen(this PriceType type) => type is PriceType.MarketOnOpen or PriceType.LimitOnOpen;

    public static bool IsOnClose(this PriceType type) => type is PriceType.MarketOnClose or PriceType.LimitOnClose;

    public static bool IsImmediate(this OrderTerm term) => term is OrderTerm.ImmediateOrCancel or OrderTerm.FillOrKill;

    /// <summary>The request with only what counts: clients fill in prices that do not belong to the type, and zero for none.</summary>
    public static OrderRequest Normalised(OrderRequest request) => request with
    {
        Ticker = request.Ticker.Trim().ToUpperInvariant(),
        Quantity = request.IsAllIOwn ? 0 : request.Quantity,
        IsDollars = request.IsDollars && !request.IsAllIOwn,
        Limit = request.Type.HasLimit() ? Given(request.Limit) : null,
        Stop = request.Type.HasStop() ? Given(request.Stop) : null,
        StopLimit = request.Type.IsTrailing() ? Given(request.StopLimit) : null,
    };

    /// <summary>The first rule that the normalised request breaks; null when it breaks none.</summary>
    public static Refusal? Broken(OrderRequest request)
    {
        var words = ClientOrderId(request) ?? Quantity(request) ?? Prices(request) ?? Term(request);
        return words is null ? null : Refusals.Malformed(words);
    }

    static decimal? Given(decimal? price) => price == 0 ? null : price;

    static string? ClientOrderId(OrderRequest request)
    {
        var id = request.ClientOrderId;
        return id.Length is 0 or > LongestClientOrderId || !id.All(char.IsAsciiLetterOrDigit)
            ? "The client order id must be 1 to 20 letters and digits."
            : null;
    }

    static string? Quantity(OrderRequest request)
    {
        if (request.IsAllIOwn) return request.Action.Closes() ? null : "ALL_I_OWN is for orders that close a position.";
        if (request.IsDollars) return request.Quantity is > 0 and <= MostDollars ? null : "The amount in dollars must be above 0.";
        return request.Quantity is >= 1 and <= MostShares && decimal.Truncate(request.Quantity) == request.Quantity
            ? null
            : "The quantity must be a whole number of shares, at least 1.";
    }

    static string? Prices(OrderRequest request)
    {
        if (request.Type.HasLimit() && request.Limit is null) return "This price type needs a limit price.";
        if (request.Type.HasStop() && request.Stop is null) return "This price type needs a stop price.";
        if (request.Limit < 0 || request.Stop < 0 || request.StopLimit < 0) return "A price must be above 0.";
        if (request.Type == PriceType.TrailingStopPercent && request.Stop >= 100) return "A trailing stop must follow by less than 100 per cent.";
        return IsLegal(request.Limit) && (request.Type.IsTrailing() || IsLegal(request.Stop))
            ? null
            : "A price has at most two decimals, four below one dollar.";
    }

    static bool IsLegal(decimal? price) => price is not { } dollars || decimal.Round(dollars, dollars >= 1 ? 2 : 4) == dollars;

    static string? Term(OrderRequest request)
    {
        if (request.IsExtended && request.Type != PriceType.Limit) return "The extended session takes limit orders only.";
        return request.Term.IsImmediate() && request.Type != PriceType.Limit
            ? "Immediate-or-cancel and fill-or-kill are for limit orders only."
            : null;
    }

    /// <summary>Null for a text that cannot be a ticker.</summary>
    public static Symbol? SymbolOf(string ticker) => Symbol.TryParse(ticker, out var symbol) ? symbol : null;
}
