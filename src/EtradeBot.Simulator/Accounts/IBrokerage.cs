namespace EtradeBot.Simulator.Accounts;

/// <summary>The broker's books of one customer. Account keys are those of paths; an unknown one is refused with code 102.</summary>
/// <remarks>Not safe for several threads: the simulator serves one request at a time.</remarks>
interface IBrokerage
{
    /// <summary>Brings everything up to that instant: fills, expiries, settlement, cancels that were under way.</summary>
    void AdvanceTo(DateTimeOffset now);

    /// <summary>Grows with whatever happens to orders and shares, on request or by itself as time goes on.</summary>
    long Happenings { get; }

    IReadOnlyList<CustomerAccount> Accounts { get; }

    Outcome<BalanceSheet> Balance(string accountKey);

    Outcome<IReadOnlyList<HeldPosition>> Positions(string accountKey);

    /// <summary>Newest first.</summary>
    Outcome<IReadOnlyList<CustomerTransaction>> Transactions(string accountKey);

    Outcome<PreviewTicket> Preview(string accountKey, OrderRequest request);

    /// <param name="previewId">Null when the request held none where it has to stand.</param>
    Outcome<PlacedTicket> Place(string accountKey, OrderRequest request, long? previewId);

    Outcome<PreviewTicket> PreviewChange(string accountKey, long orderId, OrderRequest request);

    Outcome<PlacedTicket> PlaceChange(string accountKey, long orderId, OrderRequest request, long? previewId);

    Outcome<CancelTicket> Cancel(string accountKey, long orderId);

    /// <summary>Orders that lists may show by now, newest first.</summary>
    Outcome<IReadOnlyList<CustomerOrder>> Orders(string accountKey);

    /// <summary>One order that may be seen by now.</summary>
    Outcome<CustomerOrder> Order(string accountKey, long orderId);

    /// <summary>The truth, for judges: every order of the account, seen or not, oldest first.</summary>
    IReadOnlyList<CustomerOrder> EveryOrder(string accountKey);

    /// <summary>The truth, for judges: shares and money of the account, whatever faults show its customer. Counts no occasion of any fault.</summary>
    (decimal Cash, IReadOnlyList<(string Ticker, int Shares)> Held) EveryShare(string accountKey);
}
