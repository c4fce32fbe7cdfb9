using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace EtradeBot.App.Feeds.History;

/// <summary>How one source is asked.</summary>
sealed record HistoryClientOptions
{
    /// <summary>Politeness; however many symbols are asked for at once.</summary>
    public double RequestsPerSecond { get; init; } = 1;

    /// <summary>From a request to the end of its answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>More than this is no answer of any source: 8 MiB.</summary>
    public int LargestAnswer { get; init; } = 8 << 20;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Asks one source over HTTP: at its pace, every attempt within a time, an answer within a size, passing failures again.</summary>
/// <remarks>Only reads pass through here, so that asking again is always safe.</remarks>
sealed class HistoryClient : IDisposable
{
    const int Retries = 4;

    /// <summary>A source that wants longer than this has used up its patience: nobody watches a progress bar for it.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>So many requests in a row without an answer, each tried again and again, and the line is taken for dead.</summary>
    const int LostLine = 3;

    readonly HttpClient _http;
    HistoryException? _final;
    int _lost;

    public HistoryClient(HistoryClientOptions options)
    {
        Time = options.Time;
        var answers = new AnswerHandler(options)
        {
            InnerHandler = new SocketsHttpHandler
            {
                // A redirect could carry the key of the address to another server.
                AllowAutoRedirect = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
            },
        };
        _http = new HttpClient(new ResilienceHandler(Pipeline(options.Time)) { InnerHandler = answers }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public TimeProvider Time { get; }

    /// <exception cref="HistoryException">No candles, in the end.</exception>
    public async Task<HistoryPart> GetAsync(HistoryQuery query, CancellationToken cancellation)
    {
        if (_final is { } final) throw new HistoryException(final.Fault, final.Message);
        using var request = new HttpRequestMessage(HttpMethod.Get, query.Address);
        // Some services answer programs without one with a refusal.
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/csv, text/plain, */*");
        if (query.Authorization is { } authorization) request.Headers.TryAddWithoutValidation("Authorization", authorization.Reveal());
        var exchange = new HistoryExchange(query);
        request.Options.Set(HistoryExchange.Key, exchange);
        try
        {
            using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            _lost = 0;
            return exchange.Part!;
        }
        catch (HistoryException problem)
        {
            throw Ended(problem, exchange);
        }
    }

    /// <summary>The failure after all attempts; it is kept when it would meet every further request.</summary>
    HistoryException Ended(HistoryException problem, HistoryExchange exchange)
    {
        if (problem.RetryAfter is { } wait && wait > LongestWait)
            return _final = new HistoryException(HistoryFault.QuotaSpent, FormattableString.Invariant($"{exchange.Query.Source} refuses further requests for {wait.TotalMinutes:0} minutes; run the same command again then, it goes on where it stopped"));
        if (problem.IsFinal) _final = problem;
        if (!problem.IsPassing) return problem;
        var ended = new HistoryException(problem.Fault, FormattableString.Invariant($"{problem.Message} (asked {exchange.Attempts} times)"), problem);
        if (problem.Fault == HistoryFault.Unreachable && Interlocked.Increment(ref _lost) >= LostLine) _final = ended;
        return ended;
    }

    public void Dispose() => _http.Dispose();

    static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider time) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(30),
            ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is HistoryException { IsPassing: true } problem && !(problem.RetryAfter > LongestWait)),
            // Null leaves the delay to the back-off above.
            DelayGenerator = outcome => ValueTask.FromResult((outcome.Outcome.Exception as HistoryException)?.RetryAfter),
        })
        .Build();
}

/// <summary>A query on its way through the handlers, and what came of it.</summary>
sealed class HistoryExchange(HistoryQuery query)
{
    public static readonly HttpRequestOptionsKey<HistoryExchange> Key = new("history");

    public HistoryQuery Query { get; } = query;

    public HistoryPart? Part { get; set; }

    public int Attempts { get; set; }
}
