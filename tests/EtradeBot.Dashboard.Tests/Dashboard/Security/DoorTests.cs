using System.Net;
using System.Net.WebSockets;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>The door as requests see it.</summary>
public sealed class DoorTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_login_only_the_door_and_static_files_answer()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var stranger = server.Visit();
        foreach (var open in new[] { "/login", "/health", "/app.css", "/_framework/blazor.web.js" })
        {
            using var answer = await stranger.GetAsync(open);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        foreach (var path in Endpoints.Of(server.Services).Where(path => path is not ("/login" or "/login/code" or "/health")))
        {
            using var answer = await stranger.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden, $"{path} answers {answer.StatusCode} to a stranger");
        }
    }

    [Fact]
    public async Task A_login_leads_back_to_the_page_asked_for_and_its_cookie_is_strict()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var visitor = server.Visit();
        using var turned = await visitor.GetAsync("/backtest?symbol=VOLTAR");
        Assert.Equal("/login?return=%2Fbacktest%3Fsymbol%3DVOLTAR", turned.Headers.Location!.OriginalString);
        using var answer = await visitor.LogInAsync("ann", RunningServer.Password, turned.Headers.Location.OriginalString);
        Assert.EndsWith("/backtest?symbol=VOLTAR", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), line => line.Contains("session", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var page = await visitor.GetAsync("/");
        Assert.Contains("Log out ann", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    public async Task A_login_leads_nowhere_else(string asked)
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var visitor = server.Visit();
        using var answer = await visitor.LogInAsync("ann", RunningServer.Password, "/login?return=" + Uri.EscapeDataString(asked));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", new Uri(server.Address, answer.Headers.Location!).PathAndQuery);
        Assert.Equal(server.Address.Authority, new Uri(server.Address, answer.Headers.Location!).Authority);
    }

    [Fact]
    public async Task A_form_that_the_page_did_not_make_is_refused()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var visitor = server.Visit();
        var form = await visitor.FormAsync("/login");
        form.Remove("__RequestVerificationToken");
        using var answer = await visitor.PostAsync("/login", [.. form, new("Form.Name", "ann"), new("Form.Password", RunningServer.Password)]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var live = await server.LogInAsync("ann");
        using var logout = await live.PostAsync("/logout", []);
        Assert.Equal(HttpStatusCode.BadRequest, logout.StatusCode);
        using var still = await live.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task A_caught_login_form_cannot_be_sent_again()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var visitor = server.Visit();
        var form = await visitor.FormAsync("/login");
        KeyValuePair<string, string>[] sent = [.. form, new("Form.Name", "ann"), new("Form.Password", RunningServer.Password)];
        using var first = await visitor.PostAsync("/login", sent);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var thief = server.Visit();
        foreach (Cookie cookie in visitor.Cookies.GetCookies(server.Address))
            if (cookie.Name.Contains("form", StringComparison.Ordinal)) thief.Cookies.Add(server.Address, new Cookie(cookie.Name, cookie.Value));
        using var again = await thief.PostAsync("/login", sent);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("sent before", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Single(server.Get<SessionRegistry>().Alive);
    }

    [Fact]
    public async Task After_the_logout_the_session_is_dead_however_its_cookie_comes_back()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var visitor = await server.LogInAsync("ann");
        var kept = visitor.Cookies.GetCookies(server.Address).Cast<Cookie>().Select(cookie => new Cookie(cookie.Name, cookie.Value)).ToList();
        using var page = await visitor.GetAsync("/");
        var form = Visitor.Hidden(await page.Content.ReadAsStringAsync(Stop));
        using var logout = await visitor.PostAsync("/logout", form);
        Assert.Equal("/login", logout.Headers.Location!.OriginalString);
        using var thief = server.Visit();
        foreach (var cookie in kept) thief.Cookies.Add(server.Address, cookie);
        using var replayed = await thief.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, replayed.StatusCode);
        using var negotiated = await thief.PostAsync("/_blazor/negotiate?negotiateVersion=1", []);
        Assert.Equal(HttpStatusCode.Unauthorized, negotiated.StatusCode);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", thief.Origin);
        socket.Options.Cookies = thief.Cookies;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/_blazor"), Stop));
    }

    [Fact]
    public async Task The_second_factor_stands_between_password_and_session()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        var secret = Totp.NewSecret();
        var recovery = (await server.Get<UserAccounts>().TurnTotpOnAsync("ann", secret, Totp.CodeAt(secret, TimeProvider.System.GetUtcNow())))![0];
        using var visitor = server.Visit();
        using var password = await visitor.LogInAsync("ann", RunningServer.Password);
        Assert.Contains("/login/code", password.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var early = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, early.StatusCode);
        var form = await visitor.FormAsync("/login/code");
        using var wrong = await visitor.PostAsync("/login/code", [.. form, new("Form.Code", "000000")]);
        Assert.Contains("The code is wrong", await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var right = await visitor.PostAsync("/login/code", [.. await visitor.FormAsync("/login/code"), new("Form.Code", recovery)]);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        using var page = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    /// <summary>Guessing slows logins down and nothing else: who is in stays in, and the stop asks for no password.</summary>
    [Fact]
    public async Task However_often_somebody_guesses_the_owner_can_stop_entries_at_once()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin), ("tom", Role.Trader));
        using var owner = await server.LogInAsync("tom");
        using var guesser = server.Visit();
        for (var i = 0; i < 6; i++) using (await guesser.LogInAsync("tom", "guess number " + i)) { }
        using var slowed = await guesser.LogInAsync("tom", RunningServer.Password);
        Assert.Contains("Too many tries", await slowed.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        using var page = await owner.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var (session, user) = (server.Get<SessionRegistry>().Alive.Single(), server.Get<UserDirectory>().FindByName("tom")!);
        await server.Get<OrderDesk>().StopEntriesAsync(People.ActorOf(People.LoggedIn(session, user), server.Get<SessionRegistry>(), server.Get<UserDirectory>()), "by hand");
        Assert.True(server.Get<OrderDesk>().AreEntriesStopped);
    }

    [Fact]
    public async Task A_wrong_password_is_said_without_repeating_it()
    {
        await using var server = await RunningServer.StartAsync(("ann", Role.Admin));
        using var visitor = server.Visit();
        using var answer = await visitor.LogInAsync("ann", "my other secret");
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Name or password is wrong", html, StringComparison.Ordinal);
        Assert.DoesNotContain("my other secret", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_user_ends_the_reign_of_whoever_sits_at_the_machine()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = server.Visit();
        using var before = await owner.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        using (var elsewhere = new UserAccounts(server.Folder, TimeProvider.System)) await elsewhere.AddAsync("ann", Role.Admin, RunningServer.Password);
        using var after = await owner.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task Over_https_cookies_are_bound_to_this_host_and_other_names_are_refused()
    {
        await using var server = await RunningServer.StartEverywhereAsync(("ann", Role.Admin));
        Assert.Equal("https", server.Address.Scheme);
        using var visitor = server.Visit();
        using var answer = await visitor.LogInAsync("ann", RunningServer.Password);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), line => line.Contains("session", StringComparison.Ordinal));
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
        using var named = await visitor.GetAsync("/health", ("Host", $"bot.example:{server.Address.Port}"));
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        using var foreign = await visitor.GetAsync("/health", ("Host", $"evil.example:{server.Address.Port}"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, foreign.StatusCode);
        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new Uri($"http://{server.Address.Authority}/health"), Stop));
    }
}
