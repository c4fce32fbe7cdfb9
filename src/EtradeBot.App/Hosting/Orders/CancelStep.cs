using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Asks the broker to cancel orders; the same order is asked for once at a time. Safe for several threads.</summary>
sealed class CancelStep(DeskState desk)
{
    readonly Lock _gate = new();
    readonly Dictionary<long, Task<CancelAnswer>> _underWay = [];
    readonly Dictionary<long, DateTimeOffset> _asked = [];

    /// <summary>When the broker took the last request to cancel the order; null when none is open.</summary>
    public DateTimeOffset? AskedAt(long orderId)
    {
        lock (_gate) return _asked.TryGetValue(orderId, out var at) ? at : null;
    }

    /// <param name="by">The person.</param>
    public Task<CancelAnswer> SendAsync(TradingDesk trading, long orderId, string by)
    {
        lock (_gate)
        {
            if (_underWay.TryGetValue(orderId, out var task)) return task;
            return _underWay[orderId] = Task.Run(() => OnceAsync(trading, orderId, by));
        }
    }

    /// <summary>The list says how they ended.</summary>
    public void Forget(IEnumerable<long> ended)
    {
        lock (_gate)
            foreach (var id in ended)
                _asked.Remove(id);
    }

    async Task<CancelAnswer> OnceAsync(TradingDesk trading, long orderId, string by)
    {
        try
        {
            var answer = await AskAsync(trading, orderId, by);
            if (answer.Kind is CancelKind.Requested or CancelKind.Unknown)
                lock (_gate) _asked[orderId] = desk.Now;
            trading.Trader.LookSoon();
            trading.Wake();
            return answer;
        }
        finally
        {
            lock (_gate) _underWay.Remove(orderId);
            desk.Notice();
        }
    }

    static async Task<CancelAnswer> AskAsync(TradingDesk trading, long orderId, string by)
    {
        var own = trading.Book.Find(orderId);
        if (own is { Intent: { IsEntry: false, IsByPerson: false } exit }) return new CancelAnswer(CancelKind.Refused, $"order {orderId} is the bot's {(exit.Role == OrderRole.Stop ? "stop, which protects its shares" : "sale")}: sell those shares on the Bot page instead");
        var (isTaken, words) = own is null ? await trading.Trader.Path.CancelOtherAsync(orderId, by) : await trading.Trader.Path.CancelAsync(own.Id, $"cancelled by {by}");
        if (isTaken is null) return new CancelAnswer(CancelKind.Unknown, $"nobody knows whether the request arrived: {words} Watch the order; the list says what became of it.");
        var state = await StateAsync(trading, orderId);
        return (isTaken, state) switch
        {
            (_, { Status: BrokerOrderStatus.Executed }) => new CancelAnswer(CancelKind.TooLate, $"too late: order {orderId} has already filled"),
            (true, { Status: BrokerOrderStatus.Cancelled }) => new CancelAnswer(CancelKind.Cancelled, $"order {orderId} is cancelled"),
            (_, { Status: BrokerOrderStatus.Cancelled }) => new CancelAnswer(CancelKind.Cancelled, $"order {orderId} was cancelled before"),
            (true, _) => new CancelAnswer(CancelKind.Requested, $"cancel of order {orderId} requested: it may still fill until the list says that it is cancelled"),
            (_, { IsEnded: true } ended) => new CancelAnswer(CancelKind.TooLate, $"order {orderId} has ended before: {ended.Status.ToString().ToLowerInvariant()}"),
            _ => new CancelAnswer(CancelKind.Refused, words),
        };
    }

    static async Task<BrokerOrder?> StateAsync(TradingDesk trading, long orderId)
    {
        try
        {
            return await trading.Line.Client.OrderAsync(trading.Line.AccountKey, orderId);
        }
        catch (BrokerException)
        {
            // The list tells it at the next turn.
            return null;
        }
    }
}
