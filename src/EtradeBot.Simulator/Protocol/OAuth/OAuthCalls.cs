using EtradeBot.Simulator.Protocol.Routes;

namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>The four calls that hand out, renew and end tokens, by GET or POST.</summary>
sealed class OAuthCalls(World world, TokenDesk tokens, OAuthGate gate)
{
    /// <summary>Name of the call in the fault catalogue; null for other paths.</summary>
    public static string? NameOf(string path) => path switch
    {
        "/oauth/request_token" => "request-token",
        "/oauth/access_token" => "access-token",
        "/oauth/renew_access_token" => "renew-token",
        "/oauth/revoke_access_token" => "revoke-token",
        _ => null,
    };

    public Answer Serve(string call, OAuthRequest oauth) => call switch
    {
        "request-token" => Request(oauth),
        "access-token" => Access(oauth),
        "renew-token" => Renew(oauth),
        _ => Revoke(oauth),
    };

    Answer Request(OAuthRequest oauth)
    {
        if (gate.CheckFirst(oauth) is { } problem) return problem.Answer();
        var token = tokens.IssueRequest(world.Clock.GetUtcNow());
        return Form($"{Pair(token.Value, token.Secret)}&oauth_callback_confirmed={(world.Options.Callback is null ? "false" : "true")}");
    }

    Answer Access(OAuthRequest oauth)
    {
        if (gate.CheckExchange(oauth, out var spent) is { } problem) return problem.Answer();
        var token = tokens.Exchange(spent!, world.Clock.GetUtcNow());
        return Form(Pair(token.Value, token.Secret));
    }

    Answer Renew(OAuthRequest oauth) =>
        gate.CheckAccess(oauth, mayBeAsleep: true, out _) is { } problem ? problem.Answer() : Answer.Plain("Access Token has been renewed");

    Answer Revoke(OAuthRequest oauth)
    {
        if (gate.CheckAccess(oauth, mayBeAsleep: true, out var token) is { } problem) return problem.Answer();
        tokens.Revoke(token!);
        return Answer.Plain("Revoked Access Token");
    }

    static string Pair(string value, string secret) => $"oauth_token={Percent.Encode(value)}&oauth_token_secret={Percent.Encode(secret)}";

    static Answer Form(string text) => Answer.Plain(text) with { TextType = "application/x-www-form-urlencoded" };
}
