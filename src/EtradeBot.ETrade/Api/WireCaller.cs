using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;
using EtradeBot.ETrade.Wire;

namespace EtradeBot.ETrade.Api;

/// <summary>Sends a call and reads its answer; what cannot be read becomes the <see cref="BrokerException"/> that belongs to the call.</summary>
sealed class WireCaller(IETradeTransport transport)
{
    /// <summary>An answer with a body: 204 is an error here.</summary>
    public async Task<T> ReadAsync<T>(ETradeCall call, Func<ETradeReply, T> read, CancellationToken stop)
    {
        var reply = await transport.SendAsync(call, stop);
        return Read(call, reply, read);
    }

    /// <inheritdoc cref="ReadAsync{T}(ETradeCall, Func{ETradeReply, T}, CancellationToken)"/>
    public Task<T> ReadAsync<T>(ETradeCall call, string root, Func<WireObject, T> read, CancellationToken stop) =>
        ReadAsync(call, reply => WireDocument.Read(reply.Body, root, read), stop);

    /// <summary>Null for 204, by which the broker says that there is nothing.</summary>
    public async Task<T?> ReadOrNullAsync<T>(ETradeCall call, string root, Func<WireObject, T> read, CancellationToken stop) where T : class
    {
        var reply = await transport.SendAsync(call, stop);
        return reply.Status == 204 ? null : Read(call, reply, body => WireDocument.Read(body.Body, root, read));
    }

    /// <summary>Empty for 204.</summary>
    public async Task<IReadOnlyList<T>> ReadListAsync<T>(ETradeCall call, string root, Func<WireObject, IReadOnlyList<T>> read, CancellationToken stop) =>
        await ReadOrNullAsync(call, root, read, stop) ?? [];

    /// <summary>Null also for 404 with the broker's own error document. Any other 404 may be a wrong address, and says nothing of what is there.</summary>
    public async Task<T?> FindAsync<T>(ETradeCall call, string root, Func<WireObject, T?> read, CancellationToken stop) where T : class
    {
        try
        {
            return await ReadOrNullAsync(call, root, found => new Found<T>(read(found)), stop) is { } answer ? answer.Value : null;
        }
        catch (BrokerException e) when (e is { HttpStatus: 404, Fault: BrokerFault.Refused } and ({ Code: not null } or { BrokerMessage.Length: > 0 }))
        {
            return null;
        }
    }

    T Read<T>(ETradeCall call, ETradeReply reply, Func<ETradeReply, T> read)
    {
        if (reply.IsEmpty) throw transport.Unreadable(call, reply, "it is empty");
        try
        {
            return read(reply);
        }
        catch (WireException e)
        {
            throw transport.Unreadable(call, reply, e.Message);
        }
    }

    sealed record Found<T>(T? Value);
}
