using EtradeBot.ETrade.Wire;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

/// <summary>One call of the client with a stored answer to it. Tests over "every call" run over this table.</summary>
sealed record Endpoint(string Name, string Root, byte[] Answer, Func<AllCalls, CancellationToken, Task<object?>> Run)
{
    public const string Key = "Jx3Kq0pTzW9mLd2VbN7cRg";

    public static readonly OrderTicket Ticket = new("cb20260310a0000187", Symbol.Parse("AAPL"), OrderAction.Buy, 10, OrderPriceType.Limit) { Limit = 238.5m };

    public static readonly OrderPreview Preview = new(Ticket, 318804417206, 2385m, 0m, Sample.ReceivedAt);

    const string LotsAnswer = """{"PositionLotsResponse":{"PositionLot":[{"positionId":61200447100,"positionLotId":7712,"price":231.4,"originalQty":20,"remainingQty":15,"acquiredDate":1768971600000}]}}""";

    const string DetailsAnswer = """{"TransactionDetailsResponse":{"transactionId":26069100417733,"accountId":"840104290","transactionDate":1773028800000,"postDate":0,"amount":-4628.0,"description":"APPLE INC","Category":{"categoryId":"0"},"Brokerage":{"transactionType":"Bought","Product":{"symbol":"AAPL","securityType":"EQ"},"quantity":20,"price":231.4,"fee":0.02,"orderNo":"1186"}}}""";

    const string AlertAnswer = """{"AlertDetailsResponse":{"id":5108,"createTime":1773150300,"subject":"AAPL: order executed","msgText":"Bought 20","readTime":0}}""";

    static readonly Symbol[] Two = Sample.Symbols("AAPL", "MSFT");

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("accounts", "AccountListResponse", Sample.Bytes("accounts-list.json"), async (calls, stop) => await calls.Accounts.ListAsync(stop)),
        new("balance", "BalanceResponse", Sample.Bytes("balance.json"), async (calls, stop) => await calls.Accounts.BalanceAsync(Key, stop)),
        new("portfolio", "PortfolioResponse", Sample.Bytes("portfolio.json"), async (calls, stop) => await calls.Accounts.PortfolioAsync(Key, stop)),
        new("lots", "PositionLotsResponse", System.Text.Encoding.UTF8.GetBytes(LotsAnswer), async (calls, stop) => await calls.Accounts.LotsAsync(Key, 61200447100, stop)),
        new("transactions", "TransactionListResponse", Sample.Bytes("transactions.json"), async (calls, stop) => await calls.Accounts.TransactionsAsync(Key, new TransactionQuery(), stop)),
        new("transaction", "TransactionDetailsResponse", System.Text.Encoding.UTF8.GetBytes(DetailsAnswer), async (calls, stop) => await calls.Accounts.TransactionAsync(Key, "26069100417733", stop)),
        new("quotes", "QuoteResponse", Sample.Bytes("quote-all.json"), async (calls, stop) => await calls.Market.QuotesAsync(Two, QuoteDetail.All, stop)),
        new("quotes after hours", "QuoteResponse", Sample.Bytes("quote-all-afterhours.json"), async (calls, stop) => await calls.Market.QuotesAsync(Two, QuoteDetail.All, stop)),
        new("facts", "QuoteResponse", Sample.Bytes("quote-all.json"), async (calls, stop) => await calls.Market.FactsAsync(Two, QuoteDetail.All, stop)),
        new("lookup", "LookupResponse", Sample.Bytes("lookup.json"), async (calls, stop) => await calls.Market.LookupAsync("apple", stop)),
        new("option dates", "OptionExpireDateResponse", Sample.Bytes("option-expire-dates.json"), async (calls, stop) => await calls.Market.ExpiriesAsync(Two[0], stop)),
        new("option chain", "OptionChainResponse", Sample.Bytes("option-chain.json"), async (calls, stop) => await calls.Market.ChainAsync(new OptionChainQuery(Two[0]), stop)),
        new("orders", "OrdersResponse", Sample.Bytes("orders-list.json"), async (calls, stop) => await calls.OrderList.ReadAsync(Key, new OrderQuery(), stop)),
        new("order", "OrdersResponse", Sample.Bytes("order-detail.json"), async (calls, stop) => await calls.Orders.OneAsync(Key, 1186, stop)),
        new("preview", "PreviewOrderResponse", Sample.Bytes("preview-response.json"), async (calls, stop) => await calls.Orders.PreviewAsync(Key, Ticket, stop)),
        new("place", "PlaceOrderResponse", Sample.Bytes("place-response.json"), async (calls, stop) => await calls.Orders.PlaceAsync(Key, Preview, stop)),
        new("preview of a change", "PreviewOrderResponse", Sample.Bytes("change-preview-response.json"), async (calls, stop) => await calls.Orders.PreviewChangeAsync(Key, 1187, Ticket with { Limit = 239m }, stop)),
        new("change", "PlaceOrderResponse", Sample.Bytes("change-place-response.json"), async (calls, stop) => await calls.Orders.PlaceChangeAsync(Key, Preview with { Changes = 1187 }, stop)),
        new("cancel", "CancelOrderResponse", Sample.Bytes("cancel-response.json"), async (calls, stop) => await calls.Orders.CancelAsync(Key, 1187, stop)),
        new("alerts", "AlertsResponse", Sample.Bytes("alerts-list.json"), async (calls, stop) => await calls.Alerts.ListAsync(stop)),
        new("alert", "AlertDetailsResponse", System.Text.Encoding.UTF8.GetBytes(AlertAnswer), async (calls, stop) => await calls.Alerts.OneAsync(5108, stop)),
        new("deletion of alerts", "AlertsResponse", """{"AlertsResponse":{"result":"ERROR","failedAlerts":{"alertId":[5109]}}}"""u8.ToArray(), async (calls, stop) => await calls.Alerts.DeleteAsync([5108, 5109], stop)),
    ];

    /// <summary>Calls whose answer may be 204.</summary>
    public bool MayBeEmpty => Name is not ("balance" or "quotes" or "quotes after hours" or "preview" or "place" or "preview of a change" or "change" or "cancel");

    /// <summary>Calls that may have had an effect when their answer cannot be read.</summary>
    public bool ChangesSomething => Name is "place" or "change" or "cancel" or "deletion of alerts";

    public static TheoryData<string> Names => [.. All.Select(endpoint => endpoint.Name)];

    public static Endpoint Of(string name) => All.Single(endpoint => endpoint.Name == name);

    public override string ToString() => Name;
}
