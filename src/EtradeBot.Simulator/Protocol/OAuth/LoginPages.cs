using System.Text;
using EtradeBot.Simulator.Protocol.Rendering;

namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>What a person sees of the login: a form to agree to, and the code to copy; or the browser goes on to the registered address.</summary>
sealed class LoginPages(SimulatorOptions options, TokenDesk tokens, TimeProvider clock)
{
    public const string Path = "/e/t/etws/authorize";

    static readonly KeyValuePair<string, string>[] Guards =
    [
        new("Cache-Control", "no-store"),
        new("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        new("X-Content-Type-Options", "nosniff"),
    ];

    public Answer Serve(SimulatorRequest request, RequestAddress address)
    {
        if (request.Method is not ("GET" or "POST")) return Answer.Page(405, "Method Not Allowed", "The login page takes GET and POST.");
        var fields = request.Method == "POST" ? Percent.Form(Encoding.UTF8.GetString(request.Body.Span)) : [];
        fields.AddRange(address.Parameters());
        string? Field(string name) => fields.FirstOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (Field("key") != options.ConsumerKey) return Sorry("The consumer key is not known here.", "Check the key and the environment: keys of the sandbox, of production and of this simulator are different ones.");
        // Clients that do not escape the token lose its plus signs on the way; a token holds no blank of its own.
        var token = Field("token") is { } value ? tokens.FindRequest(value.Replace(' ', '+')) : null;
        if (token is null) return Sorry("The request token is not known here, or was spent.", "Start the login again. In this page's address the characters + / = of a token are written %2B %2F %3D.");
        if (token.IsExpiredAt(clock.GetUtcNow())) return Sorry("The request token has expired: it is good for five minutes.", "Start the login again.");
        return request.Method == "POST" ? Agreed(token) : Question(token);
    }

    Answer Question(RequestToken token) => Shown(200, "Log in to the simulator", $"""
        <p>An application asks for access to the SIMULATED accounts of this program. No real account, order or money is touched.</p>
        <form method="post" action="authorize">
        <input type="hidden" name="key" value="{Html.Escape(options.ConsumerKey)}">
        <input type="hidden" name="token" value="{Html.Escape(token.Value)}">
        <input type="submit" name="submit" value="Accept">
        </form>
        """);

    Answer Agreed(RequestToken token)
    {
        var code = tokens.Approve(token);
        if (options.Callback is not { } callback)
        {
            return Shown(200, "Your code", $"""
                <p><label for="oauth_verifier">Type this code into the application:</label></p>
                <p><input id="oauth_verifier" type="text" readonly value="{code}" size="8"></p>
                <p>It is good for one login, for five minutes from its start.</p>
                """);
        }
        var separator = callback.AbsoluteUri.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new Answer(302) { Headers = [.. Guards, new("Location", $"{callback.AbsoluteUri}{separator}oauth_token={Percent.Encode(token.Value)}&oauth_verifier={code}")] };
    }

    static Answer Sorry(string what, string remedy) => Shown(400, "The login cannot go on", $"<p role=\"alert\"><strong>{Html.Escape(what)}</strong></p><p>{Html.Escape(remedy)}</p>");

    static Answer Shown(int status, string title, string body) => new(status)
    {
        Headers = Guards,
        Text = $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{title}} (SIMULATED)</title>
            <style>body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff } strong.mark { background: #8a4b00; color: #fff; padding: .1rem .5rem } input { font: inherit; padding: .4rem .8rem }</style>
            </head>
            <body>
            <main>
            <p><strong class="mark">SIMULATED</strong></p>
            <h1>{{title}}</h1>
            {{body}}
            </main>
            </body>
            </html>
            """,
    };
}
