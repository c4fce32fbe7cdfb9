namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>Why a request is not let in: a name of the OAuth problem list, and what it adds.</summary>
sealed record OAuthProblem(string Name, string Detail = "")
{
    public static readonly OAuthProblem SignatureInvalid = new("signature_invalid");
    public static readonly OAuthProblem TokenRejected = new("token_rejected");
    public static readonly OAuthProblem TokenExpired = new("token_expired");
    public static readonly OAuthProblem NonceUsed = new("nonce_used");
    public static readonly OAuthProblem KeyRejected = new("consumer_key_rejected");
    public static readonly OAuthProblem MethodRejected = new("signature_method_rejected");
    public static readonly OAuthProblem VersionRejected = new("version_rejected", "oauth_acceptable_versions=1.0-1.0");
    public static readonly OAuthProblem CallbackRejected = new("callback_rejected", "oauth_acceptable_callback=oob");

    public static OAuthProblem Absent(string parameter) => new("parameter_absent", $"oauth_parameters_absent={parameter}");

    public static OAuthProblem Twice(string parameter) => new("parameter_rejected", $"oauth_parameters_rejected={parameter}");

    /// <param name="from">Oldest and newest seconds since 1970 that would do.</param>
    public static OAuthProblem TimestampRefused(long from, long to) =>
        new("timestamp_refused", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"oauth_acceptable_timestamps={from}-{to}"));

    /// <summary>401 with the web server's page.</summary>
    public Answer Answer() => Protocol.Answer.Page(401, "Unauthorized", Detail.Length == 0 ? $"oauth_problem={Name}" : $"oauth_problem={Name},{Detail}");
}
