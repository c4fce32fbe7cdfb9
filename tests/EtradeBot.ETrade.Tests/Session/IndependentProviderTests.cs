using System.ComponentModel;
using System.Diagnostics;
using EtradeBot.Brokers;
using EtradeBot.ETrade.Http;

namespace EtradeBot.ETrade;

/// <summary>Every request is signed as python3-oauthlib, which shares no code with this program, would have it.</summary>
public sealed class IndependentProviderTests
{
    const string Key = "b7d1f0a94c2e48f6a1c35e9d70b82f14";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_accepts_the_login_awkward_queries_bodies_renewal_and_revocation()
    {
        using var provider = await Provider.StartAsync("4e/9c+aa71=0d2b");
        var options = Options(provider, "4e/9c+aa71=0d2b");
        using var session = new ETradeSession(options);
        using var transport = new ETradeTransport(options, session);
        var request = await session.BeginLoginAsync(Stop);
        using var browser = new HttpClient();
        await session.CompleteLoginAsync(request, await browser.GetStringAsync(request.AuthorizeUrl, Stop), Stop);
        Assert.Contains('/', session.Token!.Value);
        Assert.Contains('+', session.Token.Value);
        Assert.EndsWith("=", session.Token.Value, StringComparison.Ordinal);

        foreach (var call in Awkward) await transport.SendAsync(call, Stop);
        await session.RenewAsync(Stop);
        await transport.SendAsync(Wired.Read with { Module = ETradeModule.Orders }, Stop);
        var token = session.Token;
        await session.RevokeAsync(Stop);

        // Proof that it can refuse: the same token, dead now.
        using var old = new ETradeSession(options, token);
        using var late = new ETradeTransport(options, old);
        Assert.Equal(BrokerFault.NotAuthorized, (await Assert.ThrowsAsync<BrokerException>(() => late.SendAsync(Wired.Quote, Stop))).Fault);

        var lines = provider.LinesAtTheEnd();
        Assert.Equal("refused GET /v1/market/quote/AAPL.json", lines[^1]);
        string[] others = ["request_token", "authorize", "access_token", "renew_access_token", "list.json again", "revoke_access_token"];
        Assert.Equal(Awkward.Count + others.Length, lines.Length - 1);
        Assert.All(lines.SkipLast(1), line => Assert.StartsWith("accepted ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_refuses_a_wrong_secret()
    {
        using var provider = await Provider.StartAsync("4e/9c+aa71=0d2b");
        using var session = new ETradeSession(Options(provider, "4e/9c+aa71=0d2c"));
        var failed = await Assert.ThrowsAsync<BrokerException>(() => session.BeginLoginAsync(Stop));
        Assert.Equal(BrokerFault.NotAuthorized, failed.Fault);
        Assert.Equal(["refused GET /oauth/request_token"], provider.LinesAtTheEnd());
    }

    /// <summary>No module more often than its burst, so that the test does not wait for the rate limit.</summary>
    static IReadOnlyList<ETradeCall> Awkward =>
    [
        Wired.Read,
        Wired.Quote with { Path = "/market/quote/AAPL,BRK.B,AAPL:2026:3:20:CALL:240.json", Query = [("detailFlag", "ALL"), ("overrideSymbolCount", "true")] },
        Wired.Quote with { Path = "/market/quote/AAPL%2CMSFT.json" },
        Wired.Quote with { Path = "/market/lookup/" + Uri.EscapeDataString("é & Sons, 100%/+") + ".json" },
        Wired.Read with { Module = ETradeModule.Orders, Query = [("marker", "a/b+c=="), ("name", "two words"), ("status", "OPEN"), ("status", "EXECUTED"), ("a", ""), ("é", "ü~'()*!")] },
        Wired.Preview with { Module = ETradeModule.Accounts },
        Wired.Place with { Module = ETradeModule.Market, Body = "{\"a\":\"1&b=2\"}", BodyType = "application/json" },
        Wired.Cancel with { Module = ETradeModule.User },
        Wired.DeleteAlerts,
    ];

    static ETradeOptions Options(Provider provider, string secret) => new()
    {
        Environment = ETradeEnvironment.Simulator,
        Consumer = new ConsumerKey(Key, secret),
        BaseUrl = provider.Url,
    };

    sealed class Provider : IDisposable
    {
        readonly Process _process;
        Provider(Process process, int port) => (_process, Url) = (process, new Uri($"http://127.0.0.1:{port}"));

        public Uri Url { get; }

        /// <summary>Ends the program and reads what it said of each request.</summary>
        public string[] LinesAtTheEnd()
        {
            _process.StandardInput.Close();
            return _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        public static async Task<Provider> StartAsync(string secret)
        {
            const string python = "/usr/bin/python3";
            Assert.SkipUnless(File.Exists(python) && Runs(python, "-c", "import oauthlib.oauth1"), "needs Debian's python3-oauthlib");
            var start = new ProcessStartInfo(python, [Path.Combine(TestFolders.Root, "tests", "independent", "oauth_provider.py"), Key, secret])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            var process = Process.Start(start)!;
            var port = await process.StandardOutput.ReadLineAsync(Stop);
            return new Provider(process, int.Parse(port!, System.Globalization.CultureInfo.InvariantCulture));
        }

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }

        static bool Runs(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                return false;
            }
        }
    }
}
