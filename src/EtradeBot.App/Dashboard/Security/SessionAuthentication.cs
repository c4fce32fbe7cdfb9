using System.Security.Claims;
using System.Text.Encodings.Web;
using EtradeBot.App.Hosting.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>Finds who asks: the session of the cookie; on loopback without any user set up, the owner of the machine.</summary>
sealed class SessionAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, SessionRegistry sessions, UserDirectory users, DashboardOptions dashboard)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "session";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!users.DemandsLogin) return Task.FromResult(dashboard.IsLoopback ? Success(People.Owner()) : AuthenticateResult.NoResult());
        if (SessionCookie.Read(Context) is not { } token || sessions.Find(token) is not var (session, user)) return Task.FromResult(AuthenticateResult.NoResult());
        // A line that comes back by itself is no person.
        if (!Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)) sessions.Touch(session.Id);
        return Task.FromResult(Success(People.LoggedIn(session, user)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (HttpMethods.IsGet(Request.Method) && Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate" && !Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal) && !Context.WebSockets.IsWebSocketRequest)
        {
            Response.Redirect("/login?return=" + Uri.EscapeDataString(Request.Path + Request.QueryString));
            return Task.CompletedTask;
        }
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    static AuthenticateResult Success(ClaimsPrincipal person) => AuthenticateResult.Success(new AuthenticationTicket(person, SchemeName));
}

/// <summary>People as requests and circuits carry them.</summary>
static class People
{
    const string SessionClaim = "session";
    const string OwnerName = "owner";

    /// <summary>Whoever sits at the machine while no user is set up.</summary>
    public static ClaimsPrincipal Owner() => Person(new Claim(ClaimTypes.NameIdentifier, OwnerName), new Claim(ClaimTypes.Name, OwnerName));

    public static ClaimsPrincipal LoggedIn(LoginSession session, KnownUser user) =>
        Person(new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(ClaimTypes.Name, user.Name), new Claim(ClaimTypes.Role, user.Role.ToString()), new Claim(SessionClaim, session.Id));

    /// <exception cref="NotAllowedException">Nobody is logged in, or the session is over.</exception>
    public static Actor ActorOf(ClaimsPrincipal person, SessionRegistry sessions, UserDirectory users)
    {
        if (person.Identity?.IsAuthenticated != true) throw new NotAllowedException("nobody is logged in: log in first");
        if (person.FindFirstValue(SessionClaim) is not { } id) return new Actor(OwnerName, Role.Admin, () => !users.DemandsLogin);
        if (sessions.UserOf(id) is not { } user) throw new NotAllowedException("this session is over: log in again");
        sessions.Touch(id);
        return new Actor(user.Name, user.Role, () => sessions.UserOf(id) is not null) { SessionId = id };
    }

    /// <summary>Whether this person may still see and do anything.</summary>
    public static bool IsAlive(ClaimsPrincipal person, SessionRegistry sessions, UserDirectory users) =>
        person.Identity?.IsAuthenticated == true && (person.FindFirstValue(SessionClaim) is { } id ? sessions.UserOf(id) is not null : !users.DemandsLogin);

    static ClaimsPrincipal Person(params Claim[] claims) => new(new ClaimsIdentity(claims, SessionAuthentication.SchemeName));
}
