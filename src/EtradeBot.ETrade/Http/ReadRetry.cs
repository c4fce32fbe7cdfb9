using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace EtradeBot.ETrade.Http;

/// <summary>Sends reads again after failures that pass. Nothing else: a place, change or cancel that may have arrived would arrive twice.</summary>
static class ReadRetry
{
    const int MostRetries = 4;
    static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(8);

    public static ResiliencePipeline<HttpResponseMessage> Pipeline(ETradeOptions options, ETradeSession session)
    {
        var jitter = options.Jitter ?? SystemJitter;
        var retry = new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = MostRetries,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is AttemptFailedException failure && ShouldRetry(failure)),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Delay((AttemptFailedException)attempt.Outcome.Exception!, attempt.AttemptNumber, jitter)),
            OnRetry = async attempt =>
            {
                if (attempt.Outcome.Exception is AttemptFailedException { Retry: RetryRule.OnceRenewed } failure)
                    await session.RenewAfterRefusalAsync(failure.State, attempt.Context.CancellationToken).ConfigureAwait(false);
            },
        };
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Time }.AddRetry(retry).Build();
    }

    static bool ShouldRetry(AttemptFailedException failure)
    {
        if (!failure.State.Call.IsRead) return false;
        return failure.Retry switch
        {
            RetryRule.BackOff or RetryRule.Paced => true,
            RetryRule.OnceLater or RetryRule.OnceNow or RetryRule.OnceRenewed => failure.State.FailuresOf(failure.Retry) == 1,
            _ => false,
        };
    }

    static TimeSpan Delay(AttemptFailedException failure, int attempt, Func<double> jitter) => failure.Retry switch
    {
        RetryRule.BackOff => BackOff(attempt, jitter),
        RetryRule.OnceLater => TimeSpan.FromSeconds(1),
        _ => TimeSpan.Zero,
    };

    /// <summary>1, 2, 4, 8 s, of which the second half is left to chance: clients that failed together shall not come back together.</summary>
    static TimeSpan BackOff(int attempt, Func<double> jitter)
    {
        var full = TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, Math.Pow(2, attempt)));
        return full * (0.5 + 0.5 * Math.Clamp(jitter(), 0, 1));
    }

    static double SystemJitter() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
