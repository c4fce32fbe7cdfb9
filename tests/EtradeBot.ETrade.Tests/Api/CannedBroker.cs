using System.Text;
using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;

namespace EtradeBot.ETrade.Api;

/// <summary>A transport that hands out what a test gives it, and remembers what it was asked.</summary>
sealed class CannedBroker(Func<ETradeCall, int, ETradeReply> answer) : IETradeTransport
{
    readonly Lock _gate = new();

    public List<ETradeCall> Calls { get; } = [];

    public static ETradeReply Nothing { get; } = new(204, null, ReadOnlyMemory<byte>.Empty, Sample.ReceivedAt);

    public static CannedBroker Always(ReadOnlyMemory<byte> body) => new((_, _) => Reply(body));

    public static CannedBroker Always(string body) => Always(Encoding.UTF8.GetBytes(body));

    /// <summary>One answer after the other; 204 stands for null.</summary>
    public static CannedBroker InTurn(params string?[] bodies) => new((_, turn) => bodies[turn] is { } body ? Reply(Encoding.UTF8.GetBytes(body)) : Nothing);

    public static ETradeReply Reply(ReadOnlyMemory<byte> body) => new(200, "application/json", body, Sample.ReceivedAt);

    public static ETradeReply Reply(string body) => Reply(Encoding.UTF8.GetBytes(body));

    public Task<ETradeReply> SendAsync(ETradeCall call, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Calls.Add(call);
            return Task.FromResult(answer(call, Calls.Count - 1));
        }
    }

    public BrokerException Unreadable(ETradeCall call, ETradeReply reply, string why) =>
        new(BrokerFault.UnexpectedReply, call.IsHarmless ? RequestFate.Refused : RequestFate.Unknown, why);

    /// <summary>The query as it would be written, for reading in a test.</summary>
    public static string Query(ETradeCall call) => string.Join('&', call.Query.Select(one => $"{one.Name}={one.Value}"));
}

/// <summary>All calls over one transport.</summary>
sealed class AllCalls
{
    public AllCalls(IETradeTransport transport, TimeProvider? time = null)
    {
        var caller = new WireCaller(transport);
        Accounts = new AccountCalls(caller, time ?? TimeProvider.System);
        Market = new MarketCalls(caller);
        Orders = new OrderCalls(caller);
        OrderList = new OrderList(caller);
        Alerts = new AlertCalls(caller);
    }

    public AccountCalls Accounts { get; }

    public MarketCalls Market { get; }

    public OrderCalls Orders { get; }

    public OrderList OrderList { get; }

    public AlertCalls Alerts { get; }
}
