using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>Tells answers from errors, and says of each error what it is, what became of the request, and what to do.</summary>
/// <remarks>
/// Fate of a request that may change something: Refused only where the broker's answer proves it (a catalogued rejection with status
/// 4xx, the rate limit, a 401 that names its problem), else Unknown. A read or a preview changes nothing and is never Unknown.
/// </remarks>
static class ReplyJudge
{
    const string Outside = "Something between this machine and the broker answered instead, such as a proxy or the login page of a network: check the connection.";
    const string Later = "Try again in a few minutes.";

    /// <returns>Null for an answer that can be handed on.</returns>
    public static AttemptFailedException? Judge(CallState state, ETradeReply reply)
    {
        var kind = ErrorDocument.KindOf(reply.Body.Span, reply.ContentType);
        var error = ErrorDocument.Read(kind, reply.Body);
        var verdict = new Verdict(state, reply, error);
        if (reply.Status is >= 400 and < 500 && (kind is BodyKind.Page or BodyKind.Text || reply.Status == 401) && Refusal(verdict) is { } refusal) return refusal;
        if (IsRateLimit(reply, kind, error)) return verdict.RateLimited();
        if (error is { Code: { } code } && ETradeErrors.Find(code, reply.Status) is { } known) return verdict.Catalogued(known);
        if (reply.Status >= 500) return verdict.Failed(BrokerFault.Unavailable, $"the broker is down for now (status {reply.Status})", Later, BackOffFor(reply.Status));
        if (error is not null) return verdict.Uncatalogued();
        return reply.Status is 200 or 204 ? JudgeSuccess(verdict, kind) : JudgeStatus(verdict);
    }

    static AttemptFailedException? JudgeSuccess(Verdict verdict, BodyKind kind) => kind switch
    {
        BodyKind.Page => verdict.Failed(BrokerFault.UnexpectedReply, "a web page came instead of an answer", Outside),
        BodyKind.Text when verdict.State.Call.Module != ETradeModule.OAuth => verdict.Failed(BrokerFault.UnexpectedReply, "the answer is neither JSON nor XML", Outside),
        _ => null,
    };

    static AttemptFailedException JudgeStatus(Verdict verdict) => verdict.Reply.Status switch
    {
        >= 300 and < 400 => verdict.Failed(BrokerFault.UnexpectedReply, $"the answer points to another address (status {verdict.Reply.Status})", Outside),
        403 => verdict.Failed(BrokerFault.NotAuthorized, "the broker does not allow it (status 403)", "Check consumer key and environment in the settings."),
        404 => verdict.Failed(BrokerFault.Refused, "the broker has nothing of that name (status 404)", "Check what was asked for."),
        407 => verdict.Failed(BrokerFault.Unreachable, "a proxy asks for a login (status 407)", "Set up the proxy of this machine."),
        _ => verdict.Failed(BrokerFault.UnexpectedReply, $"an answer with status {verdict.Reply.Status}, which nothing explains", Later),
    };

    static AttemptFailedException? Refusal(Verdict verdict)
    {
        var problem = OAuthProblem.Find(ErrorDocument.Beginning(verdict.Reply.Body.Span), verdict.Reply.ReceivedAt);
        if (problem is not null) return verdict.Refused(problem, isProof: verdict.Reply.Status == 401 && problem.ProvesNoEffect);
        return verdict.Reply.Status == 401 ? verdict.Refused(OAuthProblem.Unnamed, isProof: false) : null;
    }

    static bool IsRateLimit(ETradeReply reply, BodyKind kind, ErrorDocument? error)
    {
        const string phrase = "exceeded the rate limit";
        if (reply.Status == 429) return true;
        if (error is not null) return error.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase);
        return reply.Status is >= 400 and < 500 && kind is BodyKind.Page or BodyKind.Text && ErrorDocument.Beginning(reply.Body.Span).Contains(phrase, StringComparison.OrdinalIgnoreCase);
    }

    public static RetryRule BackOffFor(int status) => status is 500 or 502 or 503 or 504 ? RetryRule.BackOff : RetryRule.Never;
}
