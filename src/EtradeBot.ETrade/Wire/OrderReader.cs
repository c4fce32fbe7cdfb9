namespace EtradeBot.ETrade.Wire;

/// <summary>Orders as the broker lists them.</summary>
static class OrderReader
{
    public static OrderPage Page(WireObject response) => new([.. response.Items("Order").Select(Order)])
    {
        Marker = response.Text("marker"),
        HasNext = response.Text("next").Length > 0 || response.Text("marker").Length > 0,
    };

    public static BrokerOrder Order(WireObject order)
    {
        var details = order.Items("OrderDetail");
        var detail = details.Count > 0 ? details[0] : order;
        var legs = details.SelectMany(one => one.Items("Instrument")).ToList();
        var type = order.Text("orderType");
        // Orders of other kinds were entered elsewhere. They count, but a figure that they lack must not hide ours.
        var isStock = type is "EQ" or "";
        var terms = new Terms(detail, legs.Count > 0 ? legs[0] : isStock ? throw order.Missing("Instrument") : detail, isStock);
        var word = detail.Text("status");
        var status = Words.Status(word);
        return new BrokerOrder(order.RequiredId("orderId"), status)
        {
            StatusText = word,
            OrderType = type,
            Symbol = terms.Symbol,
            SecurityType = terms.Product?.Text("securityType") ?? "",
            Action = terms.Leg.Text("orderAction"),
            OrderedQuantity = terms.Quantity("orderedQuantity"),
            FilledQuantity = terms.Quantity("filledQuantity"),
            AveragePrice = terms.Price(terms.Leg, "averageExecutionPrice"),
            PriceType = detail.Text("priceType"),
            Term = detail.Text("orderTerm"),
            Session = detail.Text("marketSession"),
            Limit = terms.Price(detail, "limitPrice"),
            Stop = terms.Price(detail, "stopPrice"),
            PlacedAt = detail.Instant("placedTime"),
            ExecutedAt = status == BrokerOrderStatus.Executed ? detail.Instant("executedTime") : null,
            Commission = order.Number("totalCommission") ?? terms.Leg.Number("estimatedCommission"),
            Fees = terms.Leg.Number("estimatedFees"),
            Replaces = detail.Id("replacesOrderId"),
            ReplacedBy = detail.Id("replacedByOrderId"),
            PreviewId = order.Id("previewId") ?? detail.Id("previewId"),
            OtherLegs = Math.Max(0, legs.Count - 1),
        };
    }

    /// <summary>Strict with stocks, patient with everything else.</summary>
    readonly record struct Terms(WireObject Detail, WireObject Leg, bool IsStock)
    {
        public WireObject? Product => Leg.Object("Product");

        public string Symbol => IsStock
            ? (Product ?? throw Leg.Missing("Product")).RequiredText("symbol")
            : Product?.Text("symbol") ?? "";

        public decimal Quantity(string field) =>
            IsStock || Leg.Text(field).Length > 0 ? Leg.RequiredQuantity(field) : 0;

        /// <summary>A spread may have a price below zero; a stock may not.</summary>
        public decimal? Price(WireObject holder, string field) =>
            IsStock ? holder.Price(field) : holder.Number(field) is { } price && price != 0 ? price : null;
    }
}

/// <summary>One page of an order list.</summary>
sealed record OrderPage(IReadOnlyList<BrokerOrder> Orders)
{
    public static OrderPage Empty { get; } = new([]);

    /// <summary>Where the next page begins; empty on the last one.</summary>
    public string Marker { get; init; } = "";

    /// <summary>The broker says that there is more.</summary>
    public bool HasNext { get; init; }
}
