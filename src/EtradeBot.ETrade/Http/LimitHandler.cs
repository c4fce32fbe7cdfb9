using System.Diagnostics.Metrics;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Lets an attempt wait for the rate limit, then hands it a token that is awake.</summary>
sealed class LimitHandler(ETradeSession session, TimeProvider time) : DelegatingHandler
{
    static readonly Meter Meter = new("EtradeBot.ETrade");

    /// <summary>Recorded in the call's own flow when its turn has come.</summary>
    static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("etrade.rate_limit.wait", "s", "how long a call waited for the rate limit; what it does is its tag");

    readonly ModuleLimiter[] _limiters = [.. Enum.GetValues<ETradeModule>().Select(module => new ModuleLimiter(ModuleLimits.For(module), time))];

    public ModuleLimiter this[ETradeModule module] => _limiters[(int)module];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = CallState.Of(request);
        // Not worth a place in the queue without a token, and the token may end while in it.
        session.RequireToken(state);
        var asked = time.GetTimestamp();
        using var lease = await this[state.Call.Module].AcquireAsync(state.Call.Priority, cancellationToken).ConfigureAwait(false);
        Waits.Record(time.GetElapsedTime(asked).TotalSeconds, new KeyValuePair<string, object?>("call", state.Call.What));
        await session.SignAsync(state, cancellationToken).ConfigureAwait(false);
        var sentAt = time.GetUtcNow();
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            session.NoteUse(state, sentAt);
            return response;
        }
        catch (AttemptFailedException failure)
        {
            if (failure.Broker.Fault == BrokerFault.RateLimited) this[state.Call.Module].Slow();
            if (failure.Broker.HttpStatus is { } status && status != 401) session.NoteUse(state, sentAt);
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) foreach (var limiter in _limiters) limiter.Dispose();
        base.Dispose(disposing);
    }
}
