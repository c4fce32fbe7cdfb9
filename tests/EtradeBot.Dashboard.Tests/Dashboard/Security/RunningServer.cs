using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>The dashboard as it runs, on a free port and a folder of its own.</summary>
sealed class RunningServer : IAsyncDisposable
{
    public const string Password = "four own words here";

    readonly WebApplication _app;
    readonly TemporaryFolder _folder;

    RunningServer(WebApplication app, TemporaryFolder folder) => (_app, _folder) = (app, folder);

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public string Folder => _folder.Path;

    public static async Task<RunningServer> StartAsync(params (string Name, Role Role)[] users)
    {
        var folder = new TemporaryFolder();
        await AddAsync(folder.Path, users);
        return await StartAsync(folder, new DashboardOptions { Port = 0, StateFolder = folder.Path, StrategyFolder = folder["strategies"] });
    }

    /// <summary>At every address of the machine, with HTTPS.</summary>
    public static async Task<RunningServer> StartEverywhereAsync(params (string Name, Role Role)[] users)
    {
        var folder = new TemporaryFolder();
        await AddAsync(folder.Path, users);
        return await StartAsync(folder, new DashboardOptions { Address = IPAddress.Any, Port = 0, StateFolder = folder.Path, StrategyFolder = folder["strategies"], CertificateFile = Certificate(folder["own.pem"]) });
    }

    static async Task<RunningServer> StartAsync(TemporaryFolder folder, DashboardOptions options)
    {
        var app = DashboardServer.Build(options, () => BotSettings.Load(new SettingSources { Environment = new Dictionary<string, string>(), WorkingFolder = folder.Path, StateFolder = folder.Path }), TimeProvider.System);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        return new RunningServer(app, folder) { Address = address };
    }

    static async Task AddAsync(string folder, (string Name, Role Role)[] users)
    {
        using var accounts = new UserAccounts(folder, TimeProvider.System);
        foreach (var (name, role) in users) await accounts.AddAsync(name, role, Password);
    }

    /// <summary>Made for this test, for bot.example and this machine.</summary>
    public static string Certificate(string path, int daysLeft = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bot.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("bot.example");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-20), now.AddDays(daysLeft));
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return path;
    }

    public Visitor Visit() => new(Address);

    public async Task<Visitor> LogInAsync(string name)
    {
        var visitor = Visit();
        var answer = await visitor.LogInAsync(name, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A browser as far as these tests need one: keeps cookies, says where a form comes from, follows nothing.</summary>
sealed partial class Visitor : IDisposable
{
    readonly HttpClient _client;
    readonly Uri _address;

    public Visitor(Uri address)
    {
        _address = address;
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=bot.example" } }) { BaseAddress = address };
    }

    public CookieContainer Cookies { get; } = new();

    public string Origin => _address.GetLeftPart(UriPartial.Authority);

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields), headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (method != HttpMethod.Get && headers.All(header => header.Name != "Origin")) request.Headers.Add("Origin", Origin);
        foreach (var (name, value) in headers)
            if (value.Length > 0) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A copy of its cookies in other hands.</summary>
    public Visitor Thief(Func<Cookie, bool>? which = null)
    {
        var thief = new Visitor(_address);
        foreach (Cookie cookie in Cookies.GetCookies(_address))
            if (which?.Invoke(cookie) ?? true) thief.Cookies.Add(_address, new Cookie(cookie.Name, cookie.Value));
        return thief;
    }

    /// <summary>The hidden fields of the page's form.</summary>
    public async Task<Dictionary<string, string>> FormAsync(string path)
    {
        using var answer = await GetAsync(path);
        return Hidden(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static Dictionary<string, string> Hidden(string html) =>
        HiddenField().Matches(html).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));

    public async Task<HttpResponseMessage> LogInAsync(string name, string password, string path = "/login")
    {
        var form = await FormAsync(path);
        return await PostAsync(path, [.. form, new("Form.Name", name), new("Form.Password", password)]);
    }

    public void Dispose() => _client.Dispose();

    [System.Text.RegularExpressions.GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial System.Text.RegularExpressions.Regex HiddenField();
}
