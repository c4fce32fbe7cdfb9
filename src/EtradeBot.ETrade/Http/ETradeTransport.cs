using EtradeBot.Brokers;
using Microsoft.Extensions.Http.Resilience;

namespace EtradeBot.ETrade.Http;

/// <summary>Sends calls over HTTP: limited, signed, retried where that is safe. Safe for several threads.</summary>
/// <remarks>From outside in: deadline of the call, retries (reads only), rate limit and token, one bounded attempt, signature, sockets.</remarks>
sealed class ETradeTransport : IETradeTransport, IDisposable
{
    readonly ETradeOptions _options;
    readonly ETradeSession _session;
    readonly LimitHandler _limits;
    readonly HttpMessageInvoker _pipeline;

    /// <summary>The session stays the caller's to dispose of, after the transport.</summary>
    public ETradeTransport(ETradeOptions options, ETradeSession session)
    {
        (_options, _session) = (options, session);
        _limits = new LimitHandler(session, options.Time) { InnerHandler = new Borrowed(session.Wire.Attempts) };
        _pipeline = new HttpMessageInvoker(new ResilienceHandler(ReadRetry.Pipeline(options, session)) { InnerHandler = _limits });
    }

    /// <summary>Market requests a second that the rate limit leaves at present.</summary>
    public double MarketRequestsPerSecond => _limits[ETradeModule.Market].PerSecond;

    /// <exception cref="BrokerException">Everything but 200 and 204, and 200 with an error document or a page inside.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up, and nothing that may have an effect had left.</exception>
    public async Task<ETradeReply> SendAsync(ETradeCall call, CancellationToken stop)
    {
        var state = ETradeWire.StateOf(call);
        using var deadline = new CancellationTokenSource(_options.Deadline, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        using var request = _session.Wire.Request(state);
        try
        {
            using var response = await _pipeline.SendAsync(request, either.Token).ConfigureAwait(false);
            return state.Reply!;
        }
        catch (AttemptFailedException failure)
        {
            if (IsEmpty(state, failure)) return new ETradeReply(204, null, ReadOnlyMemory<byte>.Empty, _options.Time.GetUtcNow());
            _session.NoteFailure(failure);
            throw failure.Broker;
        }
        catch (OperationCanceledException cause) when (stop.IsCancellationRequested)
        {
            if (!call.IsHarmless && state.MayHaveLeft) throw ConnectionFailure.GivenUp(state, cause);
            throw;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw ConnectionFailure.Late(state, _options.Deadline);
        }
    }

    public BrokerException Unreadable(ETradeCall call, ETradeReply reply, string why)
    {
        var fate = call.IsHarmless ? RequestFate.Refused : RequestFate.Unknown;
        return new(BrokerFault.UnexpectedReply, fate, Verdict.Sentence(call, fate, $"the answer cannot be read: {Verdict.Shorten(why)}", "Try again; if it stays, the broker has changed its answers.")) { HttpStatus = reply.Status };
    }

    public void Dispose() => _pipeline.Dispose();

    static bool IsEmpty(CallState state, AttemptFailedException failure) =>
        state.Call.IsRead && failure.Broker is { Code: ETradeErrors.NoRecords, HttpStatus: >= 200 and < 500 };

    /// <summary>Passes on to a handler that is somebody else's to dispose of.</summary>
    sealed class Borrowed(HttpMessageHandler inner) : HttpMessageHandler
    {
        readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _inner.SendAsync(request, cancellationToken);
    }
}
