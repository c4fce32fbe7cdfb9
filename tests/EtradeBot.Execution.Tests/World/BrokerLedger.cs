using System.Globalization;
using System.Text;
using EtradeBot.Simulator;

namespace EtradeBot.Execution.World;

/// <param name="Action">BUY, SELL, ... as the simulator names it.</param>
/// <param name="State">OPEN, EXECUTED, ... as the simulator names it.</param>
sealed record TrueOrder(long OrderId, string ClientOrderId, string Ticker, string Action, int Shares, string State)
{
    public required string PriceType { get; init; }

    public decimal? Limit { get; init; }

    public decimal? Stop { get; init; }

    public int Filled { get; init; }

    public bool IsWorking { get; init; }

    /// <summary>Entered by a person at the broker's own screens.</summary>
    public bool IsForeign => ClientOrderId == "person";

    public long? Replaces { get; init; }

    public long? ReplacedBy { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>When lists begin to show it.</summary>
    public DateTimeOffset VisibleAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public IReadOnlyList<TrueExecution> Executions { get; init; } = [];
}

/// <param name="IsTakenBack">Busted by the broker afterwards.</param>
sealed record TrueExecution(long Id, DateTimeOffset At, int Shares, decimal Price, decimal Fees, bool IsTakenBack);

/// <summary>One account as it really is.</summary>
/// <param name="Cash">Dollars.</param>
/// <param name="Shares">By ticker; below 0 is short.</param>
sealed record TrueAccount(string Key, decimal Cash, IReadOnlyDictionary<string, int> Shares, IReadOnlyList<TrueOrder> Orders);

/// <summary>The simulator's own books, whatever its faults show the customer: for the judge, in words that are not the product's.</summary>
sealed class BrokerLedger(SimulatedBroker broker, TimeProvider truth)
{
    /// <summary>Keys of the accounts: margin, cash, closed.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. broker.Accounts.Select(account => account.Key)];

    /// <summary>As of now: what the market and the desk have done by this instant is done first.</summary>
    public TrueAccount Account(string key)
    {
        broker.Books.AdvanceTo(truth.GetUtcNow());
        var (cash, held) = broker.Books.EveryShare(key);
        var shares = held.GroupBy(position => position.Ticker, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(position => position.Shares), StringComparer.Ordinal);
        return new TrueAccount(key, cash, shares, [.. broker.Books.EveryOrder(key).Select(Order)]);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var account in Keys.Select(Account))
        {
            text.Append(CultureInfo.InvariantCulture, $"{account.Key} {account.Cash}");
            foreach (var (ticker, shares) in account.Shares.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $" {ticker} {shares}");
            foreach (var order in account.Orders)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{order.OrderId} {order.ClientOrderId} {order.Action} {order.Shares} {order.Ticker} {order.PriceType} {order.Limit} {order.Stop} {order.State} {order.Filled} {order.PlacedAt:O} {order.EndedAt:O}");
                foreach (var execution in order.Executions) text.Append(CultureInfo.InvariantCulture, $" {execution.Id} {execution.Shares} {execution.Price} {execution.At:O} {execution.IsTakenBack}");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    static TrueOrder Order(Simulator.Accounts.CustomerOrder order) => new(order.OrderId, order.Terms.ClientOrderId, order.Terms.Ticker, order.Terms.Action.ToString(), order.Shares, order.State.ToString())
    {
        PriceType = order.Terms.Type.ToString(),
        Limit = order.Terms.Limit,
        Stop = order.Terms.Stop,
        Filled = order.Filled,
        IsWorking = order.IsWorking,
        Replaces = order.Replaces,
        ReplacedBy = order.ReplacedBy,
        PlacedAt = order.PlacedAt,
        VisibleAt = order.VisibleAt,
        EndedAt = order.EndedAt,
        Executions = [.. order.Executions.Select(execution => new TrueExecution(execution.Id, execution.At, execution.Shares, execution.Price, execution.Fees, execution.IsBusted))],
    };
}
