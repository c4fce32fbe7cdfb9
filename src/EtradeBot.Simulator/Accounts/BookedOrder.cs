using System.Text.Json.Serialization;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Simulator.Accounts;

/// <summary>An order with what the broker knows beyond what it shows.</summary>
sealed class BookedOrder
{
    PaperOrder? _paper;
    Symbol? _symbol;
    bool _isTriggered;

    public required CustomerOrder Order { get; set; }

    public required string AccountKey { get; init; }

    /// <summary>Counts all orders of the customer in the order of their acceptance: who came first fills first.</summary>
    public required long Sequence { get; init; }

    /// <summary>Dollars a share held back for it; 0 for orders that close a position.</summary>
    public decimal HeldBack { get; set; }

    public DateTimeOffset? WorksFrom { get; set; }

    public DateTimeOffset? Expires { get; set; }

    public DateTimeOffset? CancelDue { get; set; }

    /// <summary>Until then a change of it, or to it, is still under way.</summary>
    public DateTimeOffset? UpdatingUntil { get; set; }

    /// <summary>Not in lists until then, whatever else holds.</summary>
    public DateTimeOffset? HiddenUntil { get; set; }

    /// <summary>Lists show it as open until then, although it has ended.</summary>
    public DateTimeOffset? OpenInListsUntil { get; set; }

    /// <summary>It has not seen a print since its acceptance, or since trading stopped: the next print is a gap to it.</summary>
    public bool IsFresh { get; set; } = true;

    /// <summary>The next print rejects it.</summary>
    public bool IsDoomed { get; set; }

    /// <summary>The next print fills it whole: the market was faster than the cancel.</summary>
    public bool OutrunsItsCancel { get; set; }

    /// <summary>Best price that a trailing stop has seen.</summary>
    public decimal? Extreme { get; set; }

    /// <summary>A stop that has been reached.</summary>
    public bool IsTriggered
    {
        get => _paper?.IsTriggered ?? _isTriggered;
        set
        {
            _isTriggered = value;
            if (_paper is not null) _paper.IsTriggered = value;
        }
    }

    [JsonIgnore]
    public int Remaining => Order.Shares - Order.Filled;

    [JsonIgnore]
    public Symbol Symbol => _symbol ??= Symbol.Parse(Order.Terms.Ticker);

    [JsonIgnore]
    public DateTimeOffset? Due => CancelDue is { } cancel && !(Expires < cancel) ? cancel : Expires;

    /// <summary>The order as the product's fill model knows it.</summary>
    [JsonIgnore]
    public PaperOrder Paper => _paper ??= Written();

    /// <summary>The order as lists show it at that instant; null while they do not.</summary>
    public CustomerOrder? ShownAt(DateTimeOffset now)
    {
        if (Order.VisibleAt > now || HiddenUntil > now) return null;
        return OpenInListsUntil > now
            ? Order with { State = Order.Filled > 0 ? OrderState.Partial : OrderState.Open, EndedAt = null, ReplacedBy = null, Note = "" }
            : Order;
    }

    /// <summary>Counts what was executed and not taken back.</summary>
    public void Recount()
    {
        var valid = Order.Executions.Where(execution => !execution.IsBusted).ToList();
        var shares = valid.Sum(execution => execution.Shares);
        Order = Order with
        {
            Filled = shares,
            AveragePrice = shares == 0 ? 0 : decimal.Round(valid.Sum(execution => execution.Shares * execution.Price) / shares, 4),
            Fees = valid.Sum(execution => execution.Fees),
            ExecutedAt = valid.Count == 0 ? null : valid[^1].At,
        };
    }

    /// <summary>Puts other terms in the place of those before, with the trigger kept.</summary>
    public void Rewrite(CustomerOrder order)
    {
        _isTriggered = IsTriggered;
        _paper = null;
        Order = order;
    }

    /// <summary>Moves a trailing stop behind the best price so far, away from the market never.</summary>
    public void Ratchet(decimal price)
    {
        var terms = Order.Terms;
        if (!terms.Type.IsTrailing() || IsTriggered) return;
        var sells = !terms.Action.IsBuy();
        if (Extreme is { } extreme && (sells ? price <= extreme : price >= extreme)) return;
        Extreme = price;
        Rewrite(Order with { StopLevel = Appraisal.TrailingLevel(terms, price) });
    }

    PaperOrder Written()
    {
        var terms = Order.Terms;
        var level = Order.StopLevel ?? terms.Stop;
        var side = terms.Action.IsBuy() ? Side.Buy : Side.Sell;
        var order = new Order
        {
            Id = 0,
            Symbol = Symbol,
            Side = side,
            Type = TypeOf(terms),
            Shares = Order.Shares,
            Limit = terms.StopLimit is { } offset ? level + side.Sign() * offset : terms.Limit,
            Stop = level,
            SubmittedAt = Order.PlacedAt,
            Because = "",
        };
        return new PaperOrder(order) { IsTriggered = _isTriggered };
    }

    static OrderType TypeOf(OrderRequest terms) => terms.Type switch
    {
        PriceType.Limit or PriceType.LimitOnOpen or PriceType.LimitOnClose => OrderType.Limit,
        PriceType.Stop or PriceType.HiddenStop => OrderType.Stop,
        PriceType.StopLimit => OrderType.StopLimit,
        PriceType.TrailingStopAmount or PriceType.TrailingStopPercent =>
            terms.StopLimit is null ? OrderType.TrailingStop : OrderType.StopLimit,
        _ => OrderType.Market,
    };
}
