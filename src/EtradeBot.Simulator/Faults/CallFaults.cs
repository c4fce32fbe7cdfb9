using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Protocol;
using EtradeBot.Simulator.Protocol.OAuth;

namespace EtradeBot.Simulator.Faults;

/// <summary>Carries out the faults of delivery, of HTTP and of tokens, around each call.</summary>
sealed class CallFaults(FaultPlan plan)
{
    const double UsualDelaySeconds = 5;
    const double UsualDripSeconds = 0.5;
    const double LongestSeconds = 86_400;

    /// <summary>Calls whose answer is a list, which can be empty.</summary>
    static readonly string[] Lists = ["accounts", "portfolio", "transactions", "orders", "lookup", "option-dates", "alerts"];

    readonly Dictionary<string, SimulatorResponse> _last = [];

    /// <summary>Before anybody looks at the request; null when it goes through.</summary>
    public SimulatorResponse? Unheard(string call)
    {
        if (plan.Strike("lost-request", call) is not null) return Nothing(new Delivery { Hangs = true });
        if (plan.Strike("refuse-connection", call) is not null) return Nothing(new Delivery { CutAfter = 0 });
        return plan.Strike("captive-page", call) is null ? null : new Answer(200) { Text = CaptivePage }.Render(false);
    }

    /// <summary>Refused at the door; null when not.</summary>
    public OAuthProblem? AtTheDoor(string call)
    {
        if (plan.Strike("key-rejected", call) is not null) return OAuthProblem.KeyRejected;
        if (plan.Strike("timestamp-refused", call) is not null) return OAuthProblem.TimestampRefused(0, 600);
        if (plan.Strike("nonce-used", call) is not null) return OAuthProblem.NonceUsed;
        if (plan.Strike("signature-invalid", call) is not null) return OAuthProblem.SignatureInvalid;
        return call == "renew-token" && plan.Strike("renew-fails", call) is not null ? OAuthProblem.TokenRejected : null;
    }

    public bool KillsToken(string call) => plan.Strike("kill-token", call) is not null;

    public bool KillsTokenAfter(string call) => plan.Strike("kill-token-after", call) is not null;

    /// <summary>An answer in place of carrying the request out; null when it is to be carried out.</summary>
    public Answer? Instead(string call)
    {
        if (plan.Strike("status-before", call) is { } status) return Page(status);
        if (plan.Strike("rate-limit", call) is { } limited) return RateLimited(limited);
        if (plan.Strike("error-before", call) is { } error) return Error(error, 163);
        return plan.Strike("xml-error", call) is { } xml ? Error(xml, 163) with { IsAlwaysXml = true } : null;
    }

    /// <summary>What the customer gets to see of an answer whose request was carried out.</summary>
    public SimulatorResponse After(string call, Answer answer, bool asJson)
    {
        if (plan.Strike("status-after", call) is { } status) return Page(status).Render(asJson);
        if (plan.Strike("error-after", call) is { } error) return Error(error, 100).Render(asJson);
        if (answer.Status == 200 && Lists.Contains(call) && plan.Strike("empty-list", call) is not null) return Answer.Empty.Render(asJson);
        return answer.Status == 200 && plan.Strike("malformed", call) is { } damage
            ? Damage.Render(answer, asJson, damage.Text ?? "truncated")
            : answer.Render(asJson);
    }

    /// <summary>How the finished answer gets to the customer, if it does.</summary>
    public SimulatorResponse Delivered(string call, SimulatorResponse response)
    {
        var sent = response;
        if (_last.TryGetValue(call, out var earlier) && plan.Strike("duplicate-answer", call) is not null) sent = earlier;
        _last[call] = response;
        if (plan.Strike("lost-answer", call) is not null) return Nothing(new Delivery { Hangs = true });
        if (plan.Strike("reset", call) is { } reset) return sent with { Delivery = new Delivery { CutAfter = (int)Math.Clamp(reset.Value ?? 0, 0, int.MaxValue) } };
        if (plan.Strike("slow", call) is { } slow) return sent with { Delivery = new Delivery { Delay = Seconds(slow, UsualDelaySeconds) } };
        return plan.Strike("drip", call) is { } drip ? sent with { Delivery = new Delivery { Drip = Seconds(drip, UsualDripSeconds) } } : sent;
    }

    static TimeSpan Seconds(Fault fault, double usual) => TimeSpan.FromSeconds(Math.Clamp(fault.Value ?? usual, 0, LongestSeconds));

    static SimulatorResponse Nothing(Delivery delivery) => new(503, "", ReadOnlyMemory<byte>.Empty) { Delivery = delivery };

    static Answer RateLimited(Fault fault)
    {
        var status = Status(fault, 400);
        return fault.Text == "html" ? Answer.Page(status, Reason(status), RateLimits.Refusal) : Answer.Refused(RateLimits.Refusal, status);
    }

    static Answer Page(Fault fault)
    {
        var status = Status(fault, 503);
        return Answer.Page(status, Reason(status), "The server is unable to process the request.");
    }

    static Answer Error(Fault fault, int usual)
    {
        var code = (int)Math.Clamp(fault.Value ?? usual, 0, int.MaxValue);
        var (status, message) = ErrorNumbers.Of(code);
        return Answer.Of(new Refusal(code, status, fault.Text ?? message));
    }

    static int Status(Fault fault, int usual) => fault.Value is >= 400 and <= 599 ? (int)fault.Value : usual;

    static string Reason(int status) => status switch
    {
        400 => "Bad Request",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Error",
    };

    const string CaptivePage = """<!doctype html><html lang="en"><head><title>Welcome to the guest network</title></head><body><h1>Sign in to use this network</h1><form method="post" action="/login"><input name="room"><input type="submit" value="Connect"></form></body></html>""";
}
