using System.Globalization;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>The cookies of a login. Browsers send cookies of one host to all its ports, so each name carries the port: two dashboards do not log each other out.</summary>
static class SessionCookie
{
    public static string? Read(HttpContext context) => context.Request.Cookies[Name(context, "session")];

    public static void Set(HttpContext context, string token) => context.Response.Cookies.Append(Name(context, "session"), token, Options(context, SessionRegistry.LongestLife));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name(context, "session"), Options(context, null));

    /// <summary>That the password was right and the code is still to come.</summary>
    public static string? ReadPending(HttpContext context) => context.Request.Cookies[Name(context, "login")];

    public static void SetPending(HttpContext context, string token) => context.Response.Cookies.Append(Name(context, "login"), token, Options(context, LoginDesk.LongestPending));

    public static void DeletePending(HttpContext context) => context.Response.Cookies.Delete(Name(context, "login"), Options(context, null));

    /// <summary>With HTTPS the browser itself vouches for the prefix: set by this host alone, over HTTPS, for every path.</summary>
    static string Name(HttpContext context, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{(context.Request.IsHttps ? "__Host-" : "")}etrade-bot-{what}-{context.Connection.LocalPort}");

    static CookieOptions Options(HttpContext context, TimeSpan? life) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", MaxAge = life, IsEssential = true };
}
