using System.Globalization;
using System.Text.RegularExpressions;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Why the broker did not accept the signature or the token: the name behind <c>oauth_problem=</c>, in a page with status 401.</summary>
/// <param name="Happened">Half a sentence.</param>
/// <param name="Remedy">A sentence.</param>
sealed partial record OAuthProblem(string Name, BrokerFault Fault, string Happened, string Remedy)
{
    const string CheckKeys = "Check consumer key and secret in the settings: sandbox and production have a pair of their own each.";
    public const string LogIn = "Run 'etrade-bot login'.";

    public RetryRule Retry { get; init; } = RetryRule.Never;

    /// <summary>
    /// The request was stopped at the door. False for a token that may have died after the order was taken, for a number that the
    /// broker has seen before (ours are all fresh, so it was the same request), and for names we do not know.
    /// </summary>
    public bool ProvesNoEffect { get; init; }

    /// <summary>Null when the text names no problem.</summary>
    public static OAuthProblem? Find(string text, DateTimeOffset now)
    {
        var name = NamePattern().Match(text);
        return name.Success ? Of(name.Groups[1].Value, ClockOff(text, now)) : null;
    }

    /// <summary>A 401 that does not say why.</summary>
    public static OAuthProblem Unnamed { get; } =
        new("", BrokerFault.SessionExpired, "the broker refused the login without saying why", LogIn) { Retry = RetryRule.OnceRenewed };

    static OAuthProblem Of(string name, string clock) => name switch
    {
        "token_expired" or "token_rejected" or "token_revoked" or "token_used" =>
            new(name, BrokerFault.SessionExpired, $"the broker does not accept the access token any more ({name})", LogIn) { Retry = RetryRule.OnceRenewed },
        "timestamp_refused" => new(name, BrokerFault.NotAuthorized, $"the broker refuses the time of the request{clock}", "Set the clock of this machine right, best by a time service.") { ProvesNoEffect = true },
        "nonce_used" => new(name, BrokerFault.TryAgain, "the broker has seen the request's number before", "Try again.") { Retry = RetryRule.OnceNow },
        "parameter_absent" => new(name, BrokerFault.TryAgain, "the broker missed a parameter of the signature, as it does under load", "Try again.") { ProvesNoEffect = true, Retry = RetryRule.OnceNow },
        "signature_invalid" => new(name, BrokerFault.NotAuthorized, "the broker does not accept the signature", CheckKeys) { ProvesNoEffect = true },
        "consumer_key_rejected" or "consumer_key_unknown" or "consumer_key_refused" =>
            new(name, BrokerFault.NotAuthorized, "the broker does not accept the consumer key: it has ended or belongs to the other environment", CheckKeys) { ProvesNoEffect = true },
        "callback_rejected" => new(name, BrokerFault.NotAuthorized, "the broker does not accept the way of the login", "Ask the broker which callback is registered for the consumer key.") { ProvesNoEffect = true },
        _ => new(name, BrokerFault.NotAuthorized, $"the broker does not accept the login ({name})", CheckKeys),
    };

    /// <summary>By how much this machine's clock is off, from the window of times that the broker would accept; empty when it names none.</summary>
    static string ClockOff(string text, DateTimeOffset now)
    {
        var window = WindowPattern().Match(text);
        if (!window.Success || !Seconds(window.Groups[1], out var from) || !Seconds(window.Groups[2], out var to)) return "";
        var off = now.ToUnixTimeSeconds() - (from + to) / 2;
        var minutes = Math.Max(1, (long)Math.Round(Math.Abs(off) / 60.0, MidpointRounding.AwayFromZero));
        return string.Create(CultureInfo.InvariantCulture, $": the clock of this machine is about {minutes} {(minutes == 1 ? "minute" : "minutes")} {(off > 0 ? "fast" : "slow")}");
    }

    static bool Seconds(Group digits, out long seconds) => long.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);

    [GeneratedRegex("oauth_problem=\"?([a-z_]{1,40})")]
    private static partial Regex NamePattern();

    [GeneratedRegex("oauth_acceptable_timestamps=\"?([0-9]{1,12})-([0-9]{1,12})")]
    private static partial Regex WindowPattern();
}
