using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EtradeBot.App.Commands;

/// <summary>What keeps the program from working is named with its remedy: by the doctor, and where it starts.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_clean_folder_is_healthy_and_stays_empty()
    {
        var run = Run(Env(""));
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("fail", run.Out, StringComparison.Ordinal);
        Assert.All(["runtime", "sqlite", "onnx", "trainer", "settings", "data folder", "disk", "permissions", "keys", "clock", "port"],
            subject => Assert.Contains(run.Lines, line => line.StartsWith($"ok    {subject}", StringComparison.Ordinal) || (subject == "disk" && line.StartsWith("warn  disk", StringComparison.Ordinal))));
        Assert.Equal([".env"], _folder.Files());
    }

    [Fact]
    public void A_mistyped_name_is_named_with_its_line_and_stops_the_start()
    {
        var file = Env("SMTP_PORT=1\nETRADE_CUSTOMER_KEY=hunter2\n");
        AssertFails(Run(file), "settings", $"{file}:2: unknown setting ETRADE_CUSTOMER_KEY; did you mean 'ETRADE_CONSUMER_KEY'?", "Correct it there");

        var start = new System.Diagnostics.ProcessStartInfo(ChildProgram.Path, ["dashboard", "--port", "0"]) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        var run = ChildProgram.Finish(System.Diagnostics.Process.Start(start)!);
        Assert.Equal((2, "etrade-bot: .env:2: unknown setting ETRADE_CUSTOMER_KEY; did you mean 'ETRADE_CONSUMER_KEY'?"), (run.ExitCode, run.Error.TrimEnd()));
    }

    [Theory]
    [InlineData("production", "ETRADE_CONSUMER_KEY")]
    [InlineData("sandbox", "ETRADE_SANDBOX_CONSUMER_KEY")]
    public void A_missing_key_is_named_with_where_to_get_it_and_stops_the_start(string environment, string name)
    {
        AssertFails(Run(Env($"ETRADE_ENV={environment}\n")), "keys", $"{name} is not set", "https://developer.etrade.com");
        var run = ChildProgram.Finish(ChildProgram.Start(ChildProgram.Path, "quote", "AAPL", "--env", environment, "--data", _folder["state"]));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"etrade-bot: {name} is not set", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_another_program_has_is_named_and_stops_the_start()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        AssertFails(Run(Env(""), port), "port", string.Create(CultureInfo.InvariantCulture, $"{port} is taken by another program"), "--port N");
        var run = ChildProgram.Finish(ChildProgram.Start(ChildProgram.Path, "dashboard", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", _folder["state"]));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"etrade-bot: port {port} is taken"), run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_dashboard_that_runs_already_is_recognised()
    {
        using var first = ChildProgram.Start(ChildProgram.Path, "dashboard", "--port", "0", "--data", _folder["state"]);
        var port = new Uri(await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "").Port;
        var run = await Task.Run(() => Run(Env(""), port), TestContext.Current.CancellationToken);
        first.Kill();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith("warn  port", StringComparison.Ordinal) && line.EndsWith("is taken by a dashboard of etrade-bot that runs already", StringComparison.Ordinal));
    }

    [Fact]
    public void A_data_folder_that_cannot_be_written_is_named_and_stops_the_start()
    {
        var file = _folder.Write("taken", "");
        AssertFails(Run(Env($"ETRADE_BOT_DATA={file}\n")), "data folder", $"{file} is a file, not a folder", "--data DIR");
        var run = ChildProgram.Finish(ChildProgram.Start(ChildProgram.Path, "dashboard", "--port", "0", "--data", file));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"etrade-bot: the data folder is of no use: {file} is a file, not a folder", run.Error, StringComparison.Ordinal);
        Assert.Contains("--data", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "ok    clock        agrees with")]
    [InlineData(60, "warn  clock        60 s behind the simulator at")]
    [InlineData(-7200, "fail  clock        7200 s ahead of the simulator at")]
    public async Task The_clock_is_compared_with_that_of_the_broker(int theirLead, string words)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        await using var broker = builder.Build();
        broker.Run(context =>
        {
            context.Response.GetTypedHeaders().Date = TimeProvider.System.GetUtcNow().AddSeconds(theirLead);
            return Task.CompletedTask;
        });
        await broker.StartAsync(TestContext.Current.CancellationToken);
        var run = await Task.Run(() => Run(Env($"ETRADE_BASE_URL={broker.Urls.First()}\n")), TestContext.Current.CancellationToken);
        // A second may begin between the two clocks.
        Assert.Contains(run.Lines, line => line.StartsWith(words, StringComparison.Ordinal) || line.StartsWith(words.Replace("60 s", "59 s", StringComparison.Ordinal).Replace("7200 s", "7201 s", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_that_others_may_read_are_named_with_the_command_that_closes_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions");
        var file = Env("");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var run = Run(file);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"warn  permissions  other users of this machine may read {file}", run.Lines);
        Assert.Contains(run.Lines, line => line.Trim() == $"chmod 600 {file}.");
    }

    [Fact]
    public void The_findings_come_as_JSON()
    {
        var run = Run(Env("SMTP_PROT=1\n"), null, "--json");
        using var list = JsonDocument.Parse(run.Out);
        var finding = list.RootElement.EnumerateArray().Single(row => row.GetProperty("level").GetString() == "fail");
        Assert.Equal((1, "settings"), (run.ExitCode, finding.GetProperty("subject").GetString()));
        Assert.False(string.IsNullOrEmpty(finding.GetProperty("remedy").GetString()));
    }

    string Env(string text)
    {
        var file = _folder.Write(".env", text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    Cli Run(string envFile, int? port = null, params string[] more)
    {
        // The folder comes as an option only where the file does not name one: an option would win.
        string[] data = File.ReadAllText(envFile).Contains("ETRADE_BOT_DATA", StringComparison.Ordinal) ? [] : ["--data", _folder["state"]];
        return Cli.Run(["doctor", "--env-file", envFile, "--port", (port ?? FreePort()).ToString(CultureInfo.InvariantCulture), .. data, .. more]);
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    static void AssertFails(Cli run, string subject, string words, string remedy)
    {
        Assert.Equal(1, run.ExitCode);
        var at = Array.FindIndex(run.Lines, line => line.StartsWith($"fail  {subject,-11}  {words}", StringComparison.Ordinal));
        Assert.True(at >= 0, run.Out);
        Assert.Contains(remedy, run.Lines[at + 1], StringComparison.Ordinal);
    }
}
