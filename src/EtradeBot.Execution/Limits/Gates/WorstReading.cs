using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>What the account may hold once every order that may fill has filled or not, as it is worst: unknown ones, foreign ones and the asked one included.</summary>
/// <remarks>Of each symbol only the two ends matter: all purchases fill and no sale does, or the other way round. Everything of a symbol is valued at the highest
/// price that it has or that entries ask for, so that no order of fills can come to more; what an exit asks for puts nothing at stake.</remarks>
sealed class WorstReading
{
    readonly Dictionary<Symbol, Range> _ranges = [];

    WorstReading(decimal? askedPrice) => AskedPrice = askedPrice;

    /// <summary>The worst price of the asked order, dollars a share; null when nothing tells.</summary>
    public decimal? AskedPrice { get; }

    /// <summary>Dollars that other entries may still cost; null when one has no price.</summary>
    public decimal? OtherEntries { get; private init; }

    /// <summary>Dollars of those among them that the broker may not know of; null when one has no price.</summary>
    public decimal? UnknownEntries { get; private init; }

    /// <summary>Symbols without a price: what they come to cannot be told.</summary>
    public IReadOnlyList<Symbol> Unpriced => _ranges.Where(pair => pair.Value.Price <= 0 && !pair.Value.IsEmpty).Select(pair => pair.Key).Order().ToList();

    public decimal Gross => _ranges.Values.Sum(range => range.Most);

    public decimal Net => Math.Max(Math.Abs(_ranges.Values.Sum(range => range.High * range.Price)), Math.Abs(_ranges.Values.Sum(range => range.Low * range.Price)));

    public decimal Long => _ranges.Values.Sum(range => Math.Max(0, range.High) * range.Price);

    public decimal Short => _ranges.Values.Sum(range => Math.Max(0, -range.Low) * range.Price);

    public decimal Of(Symbol symbol) => _ranges.TryGetValue(symbol, out var range) ? range.Most : 0;

    public static WorstReading Of(SendRequest request)
    {
        var (asked, account) = (request.Order, request.Account);
        var others = Others(asked, account).ToList();
        var price = Highest(asked.Limit, asked.Stop, QuotePrices.Highest(request.Market.Quote), PriceOf(account, asked.Symbol));
        var entries = others.Where(order => !order.IsExit).ToList();
        var reading = new WorstReading(price)
        {
            OtherEntries = Cost(entries),
            UnknownEntries = Cost(entries.Where(order => order.IsUnknown)),
        };
        foreach (var held in account.Positions) reading.Add(held.Symbol, held.Shares, 0, held.Price);
        foreach (var order in others) reading.Add(order.Symbol, 0, Signed(order.Action, order.Shares), order.IsExit ? PriceOf(account, order.Symbol) : Highest(order.Limit, order.Stop, PriceOf(account, order.Symbol)));
        reading.Add(asked.Symbol, 0, Signed(asked.Action, asked.Shares), price);
        return reading;

        // One without a price leaves the sum unknown; a plain sum would leave it out.
        decimal? Cost(IEnumerable<OpenOrder> orders) => orders.Aggregate((decimal?)0, (sum, order) =>
            sum + Highest(order.Limit, order.Stop, PriceOf(account, order.Symbol), order.Symbol == asked.Symbol ? price : null) * order.Shares);
    }

    /// <summary>Every other order that may fill. The one that the asked order takes the place of is no other, unless nobody knows whether it is there.</summary>
    public static IEnumerable<OpenOrder> Others(AskedOrder asked, AccountPicture account) =>
        account.Orders.Where(order => order.Shares > 0 && !(order.Key == asked.Replaces && order.Symbol == asked.Symbol && order.IsOwn && !order.IsUnknown));

    static decimal? PriceOf(AccountPicture account, Symbol symbol)
    {
        var held = account.Positions.Where(held => held.Symbol == symbol).Select(held => held.Price).ToList();
        return Highest([.. held, account.Prices.TryGetValue(symbol, out var price) ? price : null]);
    }

    static decimal Signed(OrderAction action, int shares) => action is OrderAction.Buy or OrderAction.BuyToCover ? shares : -(decimal)shares;

    static decimal? Highest(params ReadOnlySpan<decimal?> prices)
    {
        decimal? highest = null;
        foreach (var price in prices)
            if (price > 0 && !(price <= highest)) highest = QuotePrices.Capped(price.Value);
        return highest;
    }

    void Add(Symbol symbol, decimal held, decimal ordered, decimal? price)
    {
        var range = _ranges.GetValueOrDefault(symbol);
        _ranges[symbol] = new Range(range.Low + QuotePrices.Capped(held) + Math.Min(0, ordered), range.High + QuotePrices.Capped(held) + Math.Max(0, ordered), Math.Max(range.Price, QuotePrices.Capped(price ?? 0)));
    }

    /// <param name="Low">Shares when every sale fills and no purchase does.</param>
    /// <param name="High">Shares when every purchase fills and no sale does.</param>
    /// <param name="Price">0 when unknown.</param>
    readonly record struct Range(decimal Low, decimal High, decimal Price)
    {
        public bool IsEmpty => Low == 0 && High == 0;

        public decimal Most => Math.Max(Math.Abs(Low), Math.Abs(High)) * Price;
    }
}
