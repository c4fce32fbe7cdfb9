namespace EtradeBot.ETrade.Http;

/// <summary>One attempt: bounded in time, its answer read whole, bounded in size, and judged.</summary>
sealed class AttemptHandler(ETradeOptions options) : DelegatingHandler
{
    internal const int LargestAnswer = 8 * 1024 * 1024;
    static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = CallState.Of(request);
        try
        {
            return await AskAsync(request, state, cancellationToken).ConfigureAwait(false);
        }
        catch (AttemptFailedException failure)
        {
            state.Note(failure);
            throw;
        }
    }

    async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CallState state, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(options.AttemptTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            var body = await ReadAsync(response.Content, either.Token).ConfigureAwait(false) ?? throw ConnectionFailure.TooLarge(state, status, LargestAnswer);
            var reply = new ETradeReply(status, response.Content.Headers.ContentType?.MediaType, body, options.Time.GetUtcNow());
            if (ReplyJudge.Judge(state, reply) is { } failure) throw failure;
            state.Reply = reply;
            return response;
        }
        catch (Exception problem)
        {
            response?.Dispose();
            if (!ConnectionFailure.IsOne(problem)) throw;
            // A caller who gives up, or a call whose whole time is over, is the transport's to word.
            stop.ThrowIfCancellationRequested();
            throw ConnectionFailure.From(state, problem, options.AttemptTimeout);
        }
    }

    /// <returns>Null when it is too large.</returns>
    static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken stop)
    {
        var stream = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var body = new byte[8192];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(body.AsMemory(length), stop).ConfigureAwait(false);
            if (read == 0) break;
            length += read;
            if (length > LargestAnswer) return null;
            if (length == body.Length) Array.Resize(ref body, Math.Min(body.Length * 2, LargestAnswer + 1));
        }
        var mark = body.AsSpan(0, length).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        return body.AsMemory(mark, length - mark);
    }
}
