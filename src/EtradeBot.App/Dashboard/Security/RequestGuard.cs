using System.Net;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>Keeps other web pages out: a browser on this machine can be made to send requests here by any page it shows.</summary>
/// <remarks>
/// A foreign page reaches the program by its own name pointed at this address (DNS rebinding: refused by the Host header) or by requests across
/// origins (refused by Origin and Fetch Metadata: everything that changes something, every socket, and everything that would be drawn into a page).
/// Browsers always send Origin with a POST and with a WebSocket, so its absence is refused too.
/// </remarks>
sealed class RequestGuard(RequestDelegate next, IReadOnlyList<string> names, bool isLoopback)
{
    static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsOurHost(context)) return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This name does not lead to this program: open the address that it printed at its start.");
        if (!IsOurPage(request)) return RefuseAsync(context, StatusCodes.Status403Forbidden, "Refused: the request comes from another web page.");
        return next(context);
    }

    bool IsOurHost(HttpContext context)
    {
        var host = context.Request.Host;
        var port = host.Port ?? (context.Request.IsHttps ? 443 : 80);
        // In tests without a socket there is no port to compare with.
        if (context.Connection.LocalPort != 0 && port != context.Connection.LocalPort) return false;
        var name = host.Host.ToLowerInvariant();
        if (LoopbackNames.Contains(name)) return context.Connection.LocalIpAddress is not { } here || IPAddress.IsLoopback(here);
        if (IsName(name)) return true;
        return !isLoopback && IPAddress.TryParse(name.Trim('[', ']'), out var typed) && context.Connection.LocalIpAddress is { } local && Plain(typed).Equals(Plain(local));
    }

    /// <summary>Exact, or by a wildcard that stands for one label.</summary>
    bool IsName(string name) =>
        names.Contains(name) || (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && names.Contains("*" + name[dot..]));

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    static bool IsOurPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0) return origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        if (!IsRead(request)) return false;
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" || IsFollowedLink(request);
    }

    /// <summary>Reads change nothing; a socket is a read by its method only.</summary>
    static bool IsRead(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !request.HttpContext.WebSockets.IsWebSocketRequest && !request.Headers.ContainsKey("Upgrade");

    /// <summary>Somebody clicked a link elsewhere: a page of ours opens, which the other page cannot look into.</summary>
    static bool IsFollowedLink(HttpRequest request) => request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";

    static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why);
    }
}
