using System.Globalization;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>One attempt: waits for its turn, reads the whole answer within a time and a size, and has the source understand it.</summary>
/// <remarks>It lies inside the retries, so that a broken body or a limit note under status 200 is tried again like a lost connection.</remarks>
sealed class AnswerHandler(HistoryClientOptions options) : DelegatingHandler
{
    readonly Pace _pace = new(options.RequestsPerSecond, options.Time);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(HistoryExchange.Key, out var exchange)) throw new InvalidOperationException("a request without its query");
        await _pace.WaitAsync(cancellationToken).ConfigureAwait(false);
        exchange.Attempts++;
        var answer = await AnswerAsync(request, exchange.Query, cancellationToken).ConfigureAwait(false);
        try
        {
            exchange.Part = Understand(answer);
        }
        catch (HistoryException problem) when (problem.RetryAfter is { } wait)
        {
            _pace.Hold(wait);
            throw;
        }
        return new HttpResponseMessage(answer.Status);
    }

    async Task<HistoryAnswer> AnswerAsync(HttpRequestMessage request, HistoryQuery query, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.AttemptTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            var body = await BodyAsync(response, query, either.Token).ConfigureAwait(false);
            return new HistoryAnswer(query, response.StatusCode, body) { RetryAfter = RetryAfter(response) };
        }
        catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new HistoryException(HistoryFault.Unreachable, string.Create(CultureInfo.InvariantCulture, $"{query.Source} did not answer for {query.Symbol} within {options.AttemptTimeout.TotalSeconds:0} seconds; try again later"), problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidDataException)
        {
            throw new HistoryException(HistoryFault.Unreachable, $"no connection to {query.Source}, or it broke off ({Reason(problem)}); check the network, then run the same command again", problem);
        }
    }

    async Task<byte[]> BodyAsync(HttpResponseMessage response, HistoryQuery query, CancellationToken cancellation)
    {
        using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > options.LargestAnswer)
                throw new HistoryException(HistoryFault.UnexpectedReply, string.Create(CultureInfo.InvariantCulture, $"{query.Source} answered for {query.Symbol} with more than {options.LargestAnswer >> 20} MiB, which is no answer to what was asked; use another --source"));
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    static HistoryPart Understand(HistoryAnswer answer)
    {
        try
        {
            return answer.Query.Read(answer);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException or ArgumentException or IndexOutOfRangeException or CandleDataException)
        {
            throw new HistoryException(HistoryFault.UnexpectedReply, $"{answer.Query.Source} answered for {answer.Query.Symbol} in another shape than it documents ({answer.Quote(problem.Message)}); use another --source", problem);
        }
    }

    TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - options.Time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    static string Reason(Exception problem) => (problem.InnerException ?? problem).Message.TrimEnd('.');
}
