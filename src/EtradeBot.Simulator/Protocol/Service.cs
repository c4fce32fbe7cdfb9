using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Protocol.Bodies;
using EtradeBot.Simulator.Protocol.OAuth;
using EtradeBot.Simulator.Protocol.Rendering;
using EtradeBot.Simulator.Protocol.Routes;

namespace EtradeBot.Simulator.Protocol;

/// <summary>The broker's side of the wire: takes a request, lets it in or not, carries it out, and answers. Serves one request at a time.</summary>
sealed class Service
{
    const int LargestBody = 1 << 20;
    const int LongestUrl = 1 << 14;

    readonly World _world;
    readonly TokenDesk _tokens;
    readonly OAuthGate _gate;
    readonly LoginPages _pages;
    readonly Router _router;
    readonly RateLimits _limits;
    readonly CallFaults _faults;

    public Service(World world, TokenDesk tokens)
    {
        (_world, _tokens) = (world, tokens);
        _gate = new OAuthGate(world.Options, tokens, world.Clock, world.Wall);
        _pages = new LoginPages(world.Options, tokens, world.Clock);
        Alerts = new AlertRoutes(world);
        _router = new Router(world, Alerts);
        _limits = new RateLimits(world.Clock, world.Wall, world.Options.RateBurstSeconds);
        _faults = new CallFaults(world.Faults);
    }

    public AlertRoutes Alerts { get; }

    /// <summary>The answer, and whether something may have changed that a restart must not forget.</summary>
    public (SimulatorResponse Response, bool Changed) Handle(SimulatorRequest request)
    {
        if (request.Url.Length > LongestUrl) return (Answer.Page(414, "URI Too Long", "The address is too long.").Render(false), false);
        if (request.Body.Length > LargestBody) return (Answer.Page(413, "Payload Too Large", "The body is too large.").Render(false), false);
        var address = RequestAddress.Of(request.Url);
        if (address.Path == LoginPages.Path) return (_pages.Serve(request, address).Render(false), true);
        if (OAuthCalls.NameOf(address.Path) is { } name) return (Login(name, request, address), true);
        if (address.Path == "/") return (HomePage().Render(false), false);
        var (route, arguments, asJson, allowed) = _router.Find(request.Method, address.Path);
        asJson |= IsJson(request.Header("Accept"));
        // A client that sends JSON and says nothing of the answer expects JSON.
        asJson |= IsJson(request.Header("Content-Type")) && request.Header("Accept")?.Contains("xml", StringComparison.OrdinalIgnoreCase) != true;
        if (route is null) return (NoSuchCall(allowed).Render(false), false);
        var visit = new Visit(route.Call, request, address, arguments, _world.Clock.GetUtcNow()) { AsJson = asJson };
        return (Serve(visit, route), route.Changes);
    }

    static bool IsJson(string? type) => type?.Contains("application/json", StringComparison.OrdinalIgnoreCase) == true;

    SimulatorResponse Serve(Visit visit, Route route)
    {
        var call = route.Call;
        if (_faults.Unheard(call) is { } unheard) return unheard;
        if (_faults.AtTheDoor(call) is { } turnedAway) return Refused(call, turnedAway);
        var oauth = OAuthRequest.Of(visit.Request, visit.Address);
        if (_faults.KillsToken(call)) Kill(oauth);
        if (_gate.CheckAccess(oauth, mayBeAsleep: false, out var token) is { } problem) return Refused(call, problem);
        if (_world.Options.LimitsRates && !_limits.TryEnter(route.Module)) return _faults.Delivered(call, Answer.Refused(RateLimits.Refusal).Render(visit.AsJson));
        if (_faults.Instead(call) is { } instead) return _faults.Delivered(call, instead.Render(visit.AsJson));
        var answer = Carry(() => route.Serve(visit));
        if (_faults.KillsTokenAfter(call))
        {
            token!.IsDead = true;
            return Refused(call, OAuthProblem.TokenExpired);
        }
        return _faults.Delivered(call, _faults.After(call, answer, visit.AsJson));
    }

    SimulatorResponse Login(string call, SimulatorRequest request, RequestAddress address)
    {
        if (request.Method is not ("GET" or "POST")) return NoSuchCall("GET, POST").Render(false);
        if (_faults.Unheard(call) is { } unheard) return unheard;
        if (_faults.AtTheDoor(call) is { } turnedAway) return Refused(call, turnedAway);
        if (_faults.Instead(call) is { } instead) return _faults.Delivered(call, instead.Render(false));
        var oauth = OAuthRequest.Of(request, address);
        if (_faults.KillsToken(call)) Kill(oauth);
        var answer = new OAuthCalls(_world, _tokens, _gate).Serve(call, oauth);
        return _faults.Delivered(call, _faults.After(call, answer, false));
    }

    static Answer Carry(Func<Answer> serve)
    {
        try
        {
            return serve();
        }
        catch (Exception problem) when (problem is BadQueryException or BadBodyException)
        {
            return Answer.Refused(problem.Message);
        }
    }

    SimulatorResponse Refused(string call, OAuthProblem problem) => _faults.Delivered(call, problem.Answer().Render(false));

    /// <summary>As if midnight had come for this token alone.</summary>
    void Kill(OAuthRequest oauth)
    {
        if (oauth["oauth_token"] is { } value && _tokens.FindAccess(value) is { } token) token.IsDead = true;
    }

    static Answer NoSuchCall(string allowed) => allowed.Length == 0
        ? Answer.Page(404, "Not Found", "There is no such call.")
        : Answer.Page(405, "Method Not Allowed", $"This call takes {allowed}.") with { Headers = [new("Allow", allowed)] };

    Answer HomePage() => new(200)
    {
        Text = $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Simulator (SIMULATED)</title></head><body><h1>SIMULATED broker</h1><p>This address speaks the protocol of the broker's API with invented accounts and prices. Simulated time in New York: {Wire.NewYork(_world.Clock.GetUtcNow())}.</p></body></html>",
    };
}
