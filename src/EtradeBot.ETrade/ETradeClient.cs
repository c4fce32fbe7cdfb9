using EtradeBot.Brokers;
using EtradeBot.ETrade.Api;
using EtradeBot.ETrade.Http;
using EtradeBot.Market;

namespace EtradeBot.ETrade;

/// <summary>E*TRADE's v1 interface. Safe for several threads; every method throws <see cref="BrokerException"/> when the broker or the way to it fails.</summary>
/// <remarks>Reads are limited, signed and sent again after passing failures. Place, change and cancel are sent once.</remarks>
public sealed class ETradeClient : IDisposable
{
    readonly ETradeSession _session;
    readonly ETradeTransport _transport;
    readonly AccountCalls _accounts;
    readonly MarketCalls _market;
    readonly OrderCalls _orders;
    readonly OrderList _orderList;
    readonly AlertCalls _alerts;

    /// <param name="token">A token kept from earlier today; null: log in first.</param>
    public ETradeClient(ETradeOptions options, AccessToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _session = new ETradeSession(options, token);
        _transport = new ETradeTransport(options, _session);
        var caller = new WireCaller(_transport);
        _accounts = new AccountCalls(caller, options.Time);
        _market = new MarketCalls(caller);
        _orders = new OrderCalls(caller);
        _orderList = new OrderList(caller);
        _alerts = new AlertCalls(caller);
    }

    public ETradeSession Session => _session;

    /// <summary>Market requests a second that the rate limit leaves at present: what a poller may plan with.</summary>
    public double MarketRequestsPerSecond => _transport.MarketRequestsPerSecond;

    /// <summary>GET /v1/accounts/list</summary>
    public Task<IReadOnlyList<BrokerageAccount>> AccountsAsync(CancellationToken stop = default) =>
        _accounts.ListAsync(stop);

    /// <summary>GET /v1/accounts/{key}/balance</summary>
    public Task<AccountBalance> BalanceAsync(string accountKey, CancellationToken stop = default) =>
        _accounts.BalanceAsync(accountKey, stop);

    /// <summary>GET /v1/accounts/{key}/portfolio, all pages</summary>
    public Task<Portfolio> PortfolioAsync(string accountKey, CancellationToken stop = default) =>
        _accounts.PortfolioAsync(accountKey, stop);

    /// <summary>GET /v1/accounts/{key}/portfolio/{positionId}</summary>
    public Task<IReadOnlyList<PositionLot>> LotsAsync(string accountKey, long positionId, CancellationToken stop = default) =>
        _accounts.LotsAsync(accountKey, positionId, stop);

    /// <summary>GET /v1/accounts/{key}/transactions, all pages, newest first</summary>
    public Task<IReadOnlyList<AccountTransaction>> TransactionsAsync(string accountKey, TransactionQuery? query = null, CancellationToken stop = default) =>
        _accounts.TransactionsAsync(accountKey, query ?? new TransactionQuery(), stop);

    /// <summary>GET /v1/accounts/{key}/transactions/{id}</summary>
    public Task<AccountTransaction?> TransactionAsync(string accountKey, string transactionId, CancellationToken stop = default) =>
        _accounts.TransactionAsync(accountKey, transactionId, stop);

    /// <summary>GET /v1/market/quote/{symbols}: any number of symbols, 50 a request</summary>
    public Task<QuoteAnswer> QuotesAsync(IReadOnlyCollection<Symbol> symbols, QuoteDetail detail = QuoteDetail.All, CancellationToken stop = default) =>
        _market.QuotesAsync(symbols, detail, stop);

    /// <summary>The figures beside the price. GET /v1/market/quote/{symbols}</summary>
    public Task<IReadOnlyList<QuoteFacts>> FactsAsync(IReadOnlyCollection<Symbol> symbols, QuoteDetail detail = QuoteDetail.All, CancellationToken stop = default) =>
        _market.FactsAsync(symbols, detail, stop);

    /// <summary>GET /v1/market/lookup/{text}</summary>
    public Task<IReadOnlyList<LookupMatch>> LookupAsync(string text, CancellationToken stop = default) =>
        _market.LookupAsync(text, stop);

    /// <summary>GET /v1/market/optionexpiredate</summary>
    public Task<IReadOnlyList<OptionExpiry>> OptionExpiriesAsync(Symbol symbol, CancellationToken stop = default) =>
        _market.ExpiriesAsync(symbol, stop);

    /// <summary>GET /v1/market/optionchains</summary>
    public Task<OptionChain> OptionChainAsync(OptionChainQuery query, CancellationToken stop = default) =>
        _market.ChainAsync(query, stop);

    /// <summary>GET /v1/accounts/{key}/orders, all pages, read again until they do not shift</summary>
    public Task<OrderListing> OrdersAsync(string accountKey, OrderQuery? query = null, CancellationToken stop = default) =>
        _orderList.ReadAsync(accountKey, query ?? new OrderQuery(), stop);

    /// <summary>GET /v1/accounts/{key}/orders/{orderId}; null when the broker has none of that number</summary>
    public Task<BrokerOrder?> OrderAsync(string accountKey, long orderId, CancellationToken stop = default) =>
        _orders.OneAsync(accountKey, orderId, stop);

    /// <summary>POST /v1/accounts/{key}/orders/preview</summary>
    public Task<OrderPreview> PreviewAsync(string accountKey, OrderTicket ticket, CancellationToken stop = default) =>
        _orders.PreviewAsync(accountKey, ticket, stop);

    /// <summary>POST /v1/accounts/{key}/orders/place. Sent once: see <see cref="BrokerException.Fate"/>.</summary>
    public Task<PlacedOrder> PlaceAsync(string accountKey, OrderPreview preview, CancellationToken stop = default) =>
        _orders.PlaceAsync(accountKey, preview, stop);

    /// <summary>PUT /v1/accounts/{key}/orders/{orderId}/change/preview</summary>
    public Task<OrderPreview> PreviewChangeAsync(string accountKey, long orderId, OrderTicket ticket, CancellationToken stop = default) =>
        _orders.PreviewChangeAsync(accountKey, orderId, ticket, stop);

    /// <summary>PUT /v1/accounts/{key}/orders/{orderId}/change/place. Sent once; the order gets a new number.</summary>
    public Task<PlacedOrder> PlaceChangeAsync(string accountKey, OrderPreview preview, CancellationToken stop = default) =>
        _orders.PlaceChangeAsync(accountKey, preview, stop);

    /// <summary>PUT /v1/accounts/{key}/orders/cancel. Sent once; only a request, the order may still fill.</summary>
    public Task<CancelReceipt> CancelAsync(string accountKey, long orderId, CancellationToken stop = default) =>
        _orders.CancelAsync(accountKey, orderId, stop);

    /// <summary>GET /v1/user/alerts</summary>
    public Task<IReadOnlyList<BrokerAlert>> AlertsAsync(CancellationToken stop = default) =>
        _alerts.ListAsync(stop);

    /// <summary>GET /v1/user/alerts/{id}</summary>
    public Task<BrokerAlert?> AlertAsync(long id, CancellationToken stop = default) =>
        _alerts.OneAsync(id, stop);

    /// <summary>DELETE /v1/user/alerts/{ids}</summary>
    /// <returns>Numbers that could not be deleted.</returns>
    public Task<IReadOnlyList<long>> DeleteAlertsAsync(IReadOnlyCollection<long> ids, CancellationToken stop = default) =>
        _alerts.DeleteAsync(ids, stop);

    public void Dispose()
    {
        _transport.Dispose();
        _session.Dispose();
    }
}
