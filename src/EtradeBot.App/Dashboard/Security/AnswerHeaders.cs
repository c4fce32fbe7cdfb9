namespace EtradeBot.App.Dashboard.Security;

/// <summary>What every answer tells the browser to refuse.</summary>
static class AnswerHeaders
{
    public const string Policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    public static void Write(HttpContext context, DashboardOptions options)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Not no-referrer: with that, browsers send "Origin: null" with our own forms.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=(), browsing-topics=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A browser keeps this for the whole name: on localhost it would lock other programs' plain pages out.
        if (context.Request.IsHttps && !options.IsLoopback) headers.StrictTransportSecurity = "max-age=31536000";
        context.Response.OnStarting(() =>
        {
            // Scripts and styles say themselves how long they keep; everything else is a person's.
            if (headers.CacheControl.Count == 0 || context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
    }
}
