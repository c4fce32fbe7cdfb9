using System.Globalization;
using EtradeBot.App.Broker;
using EtradeBot.ETrade;

namespace EtradeBot.App.Diagnosis;

/// <summary>This machine's clock against the broker's: a signature with a wrong time is refused, and candles close too early or late.</summary>
static class ClockCheck
{
    const string Subject = "clock";
    const string Remedy = "Let the system keep its clock by NTP (timedatectl set-ntp true)";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>More is seen in candles; the header itself counts whole seconds.</summary>
    static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(3);

    /// <summary>E*TRADE refuses signatures that are older than five minutes.</summary>
    static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    public static async Task<Finding> RunAsync(BrokerAccess access, TimeProvider time)
    {
        var server = access.Server ?? new Uri(access.Environment == ETradeEnvironment.Sandbox ? "https://apisb.etrade.com" : "https://api.etrade.com");
        using var client = new HttpClient { Timeout = Patience };
        using var question = new HttpRequestMessage(HttpMethod.Head, server);
        var before = time.GetUtcNow();
        try
        {
            using var answer = await client.SendAsync(question).ConfigureAwait(false);
            return answer.Headers.Date is { } theirs ? Judge(before + (time.GetUtcNow() - before) / 2 - theirs, access) : Unknown($"{access.Answers} does not say its time");
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            return Unknown($"{access.Answers} does not answer");
        }
    }

    static Finding Judge(TimeSpan ahead, BrokerAccess access)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{ahead.Duration().TotalSeconds:0} s {(ahead < TimeSpan.Zero ? "behind" : "ahead of")} {access.Answers}");
        if (ahead.Duration() >= Refused) return Finding.Fail(Subject, words + ": every call will be refused", Remedy);
        return ahead.Duration() > Tolerated ? Finding.Warn(Subject, words, Remedy) : Finding.Ok(Subject, $"agrees with {access.Answers} to {Tolerated.TotalSeconds:0} s");
    }

    /// <summary>Nothing to repair: who is offline needs no right time either.</summary>
    static Finding Unknown(string why) => Finding.Ok(Subject, $"unknown: {why}");
}
