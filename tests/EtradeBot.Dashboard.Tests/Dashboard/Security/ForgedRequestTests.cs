using System.Net;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>Every request that is not a mere read, sent by people who may not: at each address the program has, found in the program itself.</summary>
public sealed class ForgedRequestTests : IAsyncLifetime
{
    RunningServer _server = null!;

    IReadOnlyList<(string Method, string Path)> Deeds => Endpoints.Deeds(_server.Services);

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(("ann", Role.Admin), ("tom", Role.Trader), ("vera", Role.Viewer));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Orders, settings and users are reached through the line of a page alone: whoever maps something new here has to add it to these tests with its right.</summary>
    [Fact]
    public void Beside_pages_only_the_line_and_the_logout_take_anything_but_reads()
    {
        var pages = typeof(DashboardServer).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(Microsoft.AspNetCore.Components.RouteAttribute), false)).Cast<Microsoft.AspNetCore.Components.RouteAttribute>()
            .Select(route => System.Text.RegularExpressions.Regex.Replace(route.Template, "\\{[^}]*\\}", "VOLTAR")).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("/login", pages);
        Assert.Equal(["/_blazor", "/_blazor/disconnect/", "/_blazor/initializers/", "/_blazor/negotiate", "/logout"], Deeds.Select(deed => deed.Path).Where(path => !pages.Contains(path)).Distinct());
    }

    [Fact]
    public async Task Nobody_gets_anything_done()
    {
        using var stranger = _server.Visit();
        foreach (var (method, path) in Deeds)
        {
            using var answer = await SendAsync(stranger, method, path, []);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized || (path.StartsWith("/login", StringComparison.Ordinal) && answer.StatusCode == HttpStatusCode.BadRequest), $"{method} {path} answers {answer.StatusCode} to a stranger");
        }
        AssertNothingDone();
    }

    [Fact]
    public async Task A_viewer_gets_nothing_done_with_own_forms_or_none()
    {
        using var viewer = await _server.LogInAsync("vera");
        var own = await viewer.FormAsync("/");
        foreach (var (method, path) in Deeds.Where(deed => deed.Path != "/logout"))
        {
            using var bare = await SendAsync(viewer, method, path, []);
            AssertNoDeed(method, path, bare);
            using var filled = await SendAsync(viewer, method, path, [.. own, new("_handler", "ticket"), new("symbol", "VOLTAR"), new("side", "buy"), new("shares", "10"), new("type", "market")]);
            AssertNoDeed(method, path, filled);
        }
        AssertNothingDone();
    }

    [Theory]
    [InlineData("/settings/audit.csv")]
    [InlineData("/settings/files/backup")]
    [InlineData("/settings/files/diagnostics")]
    public async Task What_admins_may_take_away_is_refused_to_others(string path)
    {
        foreach (var name in new[] { "vera", "tom" })
        {
            using var visitor = await _server.LogInAsync(name);
            using var answer = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        using var admin = await _server.LogInAsync("ann");
        using var given = await admin.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
    }

    [Fact]
    public async Task A_form_of_somebody_else_is_refused()
    {
        using var viewer = await _server.LogInAsync("vera");
        using var trader = await _server.LogInAsync("tom");
        var foreign = await trader.FormAsync("/");
        foreach (var (method, path) in Deeds.Where(deed => deed.Method == "POST" && !deed.Path.StartsWith("/_blazor", StringComparison.Ordinal)))
        {
            using var answer = await SendAsync(viewer, method, path, foreign);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{path} answers {answer.StatusCode} to a form of somebody else");
        }
        // With the cookie that belongs to the form, the form still names the trader.
        foreach (Cookie cookie in trader.Cookies.GetCookies(_server.Address))
            if (cookie.Name.Contains("form", StringComparison.Ordinal)) viewer.Cookies.Add(_server.Address, new Cookie(cookie.Name, cookie.Value));
        using var logout = await viewer.PostAsync("/logout", foreign);
        Assert.Equal(HttpStatusCode.BadRequest, logout.StatusCode);
        Assert.Equal(2, _server.Get<SessionRegistry>().Alive.Count);
        AssertNothingDone();
    }

    [Fact]
    public async Task What_was_sent_before_the_logout_is_refused_after_it()
    {
        using var trader = await _server.LogInAsync("tom");
        var form = await trader.FormAsync("/");
        using var thief = trader.Thief();
        using var logout = await trader.PostAsync("/logout", form);
        Assert.Equal(HttpStatusCode.Redirect, logout.StatusCode);
        foreach (var (method, path) in Deeds.Where(deed => !deed.Path.StartsWith("/login", StringComparison.Ordinal)))
        {
            using var answer = await SendAsync(thief, method, path, form);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} answers {answer.StatusCode} after the logout");
        }
        foreach (var path in Endpoints.Of(_server.Services).Where(path => path is not ("/login" or "/login/code" or "/health")))
        {
            using var answer = await thief.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed, $"{path} answers {answer.StatusCode} after the logout");
        }
        // The form of the dead session opens nothing in a new one of another person either.
        using var viewer = await _server.LogInAsync("vera");
        using var replayed = await viewer.PostAsync("/logout", form);
        Assert.Equal(HttpStatusCode.BadRequest, replayed.StatusCode);
        AssertNothingDone();
    }

    static Task<HttpResponseMessage> SendAsync(Visitor visitor, string method, string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        visitor.SendAsync(new HttpMethod(method), path, new FormUrlEncodedContent(fields));

    /// <summary>A viewer may open the line of a page, and close it: that alone is no deed.</summary>
    static void AssertNoDeed(string method, string path, HttpResponseMessage answer) =>
        Assert.True((int)answer.StatusCode >= 400 || path.StartsWith("/_blazor", StringComparison.Ordinal), $"{method} {path} answers {answer.StatusCode} to a viewer");

    void AssertNothingDone()
    {
        Assert.DoesNotContain(AuditReader.Read(_server.Get<AuditLog>()).Entries, entry => entry.Action is not ("login" or "logout"));
        Assert.False(File.Exists(Path.Combine(_server.Folder, "orders.jsonl")));
        Assert.False(File.Exists(Path.Combine(_server.Folder, "settings.json")));
        Assert.Equal(3, _server.Get<UserDirectory>().Users.Count);
    }
}
