using System.Diagnostics;
using System.Net;

namespace EtradeBot.App.Commands;

/// <summary>The built program as a dashboard, asked over HTTP.</summary>
public sealed class DashboardCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly HttpClient _browser = new();

    public void Dispose()
    {
        _browser.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_says_where_it_is_shows_its_pages_and_ends_in_order(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill");
        var stop = TestContext.Current.CancellationToken;
        using var dashboard = ChildProgram.Start(ChildProgram.Path, "dashboard", "--port", "0", "--data", _folder["data"]);
        var address = new Uri(await dashboard.StandardOutput.ReadLineAsync(stop) ?? "");
        Assert.Equal(("http", "127.0.0.1"), (address.Scheme, address.Host));
        Assert.Contains("SIMULATED", await _browser.GetStringAsync(address, stop), StringComparison.Ordinal);
        Assert.All(await StatusesAsync(address, "app.css", "theme.js", "shell.js", "_framework/blazor.web.js", "_content/MudBlazor/MudBlazor.min.js", "lib/lightweight-charts.standalone.production.mjs"),
            status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal([HttpStatusCode.NotFound], await StatusesAsync(address, "no-such-page"));
        using var kill = Process.Start("kill", ["-" + signal, dashboard.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var run = ChildProgram.Finish(dashboard);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_second_one_at_the_same_port_is_told_so_in_one_sentence()
    {
        var stop = TestContext.Current.CancellationToken;
        using var first = ChildProgram.Start(ChildProgram.Path, "dashboard", "--port", "0", "--data", _folder["data"]);
        var port = new Uri(await first.StandardOutput.ReadLineAsync(stop) ?? "").Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var second = ChildProgram.Start(ChildProgram.Path, "dashboard", "--port", port, "--data", _folder["other"]);
        var run = ChildProgram.Finish(second);
        first.Kill();
        Assert.Equal((1, $"etrade-bot: port {port} is taken, perhaps by another dashboard: stop that, or choose one with 'etrade-bot dashboard --port N'"), (run.ExitCode, run.Error.TrimEnd()));
    }

    [Theory]
    [InlineData("--address nowhere", "etrade-bot: --address nowhere is no IP address: 127.0.0.1 for this machine, 0.0.0.0 for every network")]
    [InlineData("--port 70000", "etrade-bot: --port 70000 is no port: use 1 to 65535, or 0 for any that is free")]
    public void Where_it_cannot_listen_is_named(string options, string sentence)
    {
        var run = Cli.Run(["dashboard", "--data", _folder["data"], .. options.Split(' ')]);
        Assert.Equal((2, sentence), (run.ExitCode, run.Error.TrimEnd()));
    }

    async Task<List<HttpStatusCode>> StatusesAsync(Uri address, params string[] paths)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var path in paths)
        {
            using var answer = await _browser.GetAsync(new Uri(address, path), TestContext.Current.CancellationToken);
            statuses.Add(answer.StatusCode);
        }
        return statuses;
    }
}
