using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EtradeBot.App.Broker;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Faults;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Commands;

/// <summary>The built program against a simulator over HTTP.</summary>
public sealed partial class LoginCommandTests : IAsyncDisposable
{
    RunningSimulator _simulator = null!;

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null) await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task A_script_at_the_other_end_of_the_pipes_logs_in()
    {
        await StartAsync();
        using var login = _simulator.Begin("login");
        var page = await ReadPageAsync(login);
        await login.StandardInput.WriteLineAsync($"  {await CodeOfAsync(page)} ");
        var run = ChildProgram.Finish(login);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Lines, line => Regex.IsMatch(line, $@"^Logged in: SIMULATED, the simulator at {Regex.Escape(_simulator.Url.AbsoluteUri.TrimEnd('/'))}, until midnight New York time \(\d{{4}}-\d\d-\d\d 00:00\)\.$"));
        Assert.Equal(3, run.Lines.Count(line => Regex.IsMatch(line, @"^\*{4}\d{4}  ")));
        Assert.DoesNotContain(run.Lines[..^1], line => Regex.IsMatch(line, @"\d{9}")); // the last line names the file
        Assert.True(File.Exists(_simulator.TokenFile));
        Assert.Equal(0, _simulator.Run("accounts").ExitCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:1/callback?from=here")]
    public async Task The_simulators_page_can_be_read_without_a_person(string? callback)
    {
        await StartAsync(new SimulatorOptions { Callback = callback is null ? null : new Uri(callback) });
        var run = _simulator.Run("login --auto");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Lines, line => line.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && Uri.IsWellFormedUriString(line, UriKind.Absolute));
        Assert.Equal($"Kept, encrypted, in {_simulator.TokenFile.Replace(_simulator.Folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}", run.Lines[^1]);
    }

    [Fact]
    public async Task A_typing_error_may_be_mended_before_it_spends_the_page()
    {
        await StartAsync();
        using var login = _simulator.Begin("login --no-browser");
        var page = await ReadPageAsync(login);
        await login.StandardInput.WriteLineAsync(page.AbsoluteUri);
        await login.StandardInput.WriteLineAsync("");
        await login.StandardInput.WriteLineAsync(await CodeOfAsync(page));
        var run = ChildProgram.Finish(login);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("That is no code: it has 4 to 32 letters and digits, such as WXYZ89. 2 tries left:", run.Lines);
        Assert.Contains("That is no code: it has 4 to 32 letters and digits, such as WXYZ89. 1 try left:", run.Lines);
    }

    [Theory]
    [InlineData("", "the input ended before a code came: nobody is logged in. Open the page, and type its code or pipe it in")]
    [InlineData("a b\n", "the input ended before a code came: nobody is logged in. Open the page, and type its code or pipe it in")]
    [InlineData("x\ny\nz\nWXYZ89\n", "no code came in three tries: nobody is logged in. Run login again for a new page")]
    public async Task Without_a_code_nobody_is_logged_in(string input, string message)
    {
        await StartAsync();
        var run = _simulator.Run("login", input, []);
        Assert.Equal((2, $"etrade-bot: {message}"), (run.ExitCode, run.Error.TrimEnd()));
        Assert.Empty(_simulator.Folder.Files());
    }

    [Fact]
    public async Task A_mistyped_code_says_to_start_again()
    {
        await StartAsync();
        _simulator.Refused("login", "WRONG9\n", "the code is wrong, was used before, or is older than five minutes", "Start again with './etrade-bot login --env simulator'.");
        Assert.Empty(_simulator.Folder.Files());
    }

    [Fact]
    public async Task A_code_of_six_minutes_ago_says_so()
    {
        await StartAsync();
        using var login = _simulator.Begin("login");
        var code = await CodeOfAsync(await ReadPageAsync(login));
        _simulator.Broker.Clock.JumpTo(_simulator.Broker.Clock.GetUtcNow().AddMinutes(6));
        await login.StandardInput.WriteLineAsync(code);
        var run = ChildProgram.Finish(login);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("older than five minutes", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulator_with_keys_of_its_own_wants_them_once()
    {
        await StartAsync(new SimulatorOptions { ConsumerKey = "own-key", ConsumerSecret = "own-secret" });
        _simulator.Refused("login --auto", "", "does not accept the consumer key", "log in with them: --consumer-key K --consumer-secret S.");
        _simulator.Refused("login --auto --consumer-key own-key --consumer-secret wrong", "", "does not accept the signature", "--consumer-key K");
        var login = _simulator.Run("login --auto --consumer-key own-key --consumer-secret own-secret");
        Assert.Equal((0, ""), (login.ExitCode, login.Error));
        Assert.Equal(0, _simulator.Run("accounts").ExitCode);
        Assert.Equal(0, _simulator.Run("login --renew").ExitCode);
        Assert.Equal(0, _simulator.Run("logout").ExitCode);
    }

    [Theory]
    [InlineData("login --consumer-key k", 2, "--consumer-key and --consumer-secret belong together: give both")]
    [InlineData("login --renew --auto", 2, "--renew goes on with today's login: leave out --auto and the keys")]
    [InlineData("login --auto --env production", 2, "--auto is for the simulator only: a person has to log in to the server at")]
    [InlineData("login --consumer-key k --consumer-secret s --env sandbox", 2, "--consumer-key and --consumer-secret are for the simulator only")]
    [InlineData("login --env live", 2, "--env 'live' is unknown: use simulator or sandbox or production")]
    public async Task Options_that_contradict_each_other_are_refused(string command, int exitCode, string message)
    {
        await StartAsync();
        var keys = command.Contains("--env", StringComparison.Ordinal) ? new[] { ("ETRADE_CONSUMER_KEY", "k"), ("ETRADE_CONSUMER_SECRET", "s") } : [];
        var run = _simulator.Run(command, keys);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"etrade-bot: {message}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("production", "ETRADE_CONSUMER_KEY")]
    [InlineData("sandbox", "ETRADE_SANDBOX_CONSUMER_KEY")]
    public async Task A_key_of_the_wrong_environment_is_refused_with_the_setting(string environment, string setting)
    {
        await StartAsync();
        var run = _simulator.Run($"login --env {environment}", (setting, "other"), (setting.Replace("KEY", "SECRET", StringComparison.Ordinal), "hunter2"));
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("does not accept the consumer key", run.Error, StringComparison.Ordinal);
        Assert.Contains("Check ETRADE_CONSUMER_KEY and ETRADE_CONSUMER_SECRET: they have to be those of the server at", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_server_stands_in_for_production_and_is_named_in_the_heading()
    {
        await StartAsync();
        (string, string)[] settings = [("ETRADE_CONSUMER_KEY", SimulatorOptions.DefaultConsumerKey), ("ETRADE_CONSUMER_SECRET", SimulatorOptions.DefaultConsumerSecret), ("ETRADE_ENV", "production")];
        using var login = _simulator.Begin("login", settings);
        await login.StandardInput.WriteLineAsync(await CodeOfAsync(await ReadPageAsync(login)));
        Assert.Equal(0, ChildProgram.Finish(login).ExitCode);
        Assert.Equal($"LIVE accounts of the server at {_simulator.Url.AbsoluteUri.TrimEnd('/')}", _simulator.Run("accounts", settings).Lines[0]);
        // Each environment has a session of its own.
        _simulator.Refused("accounts", "", "not logged in to the simulator", "./etrade-bot login --env simulator");
    }

    [Fact]
    public async Task A_clock_that_is_ten_minutes_off_is_named()
    {
        await StartAsync(wall: new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-10)));
        _simulator.Refused("login --auto", "", "the clock of this machine is about 10 minutes fast", "Set the clock of this machine right");
    }

    [Fact]
    public async Task A_simulator_that_is_not_there_is_to_be_started()
    {
        await StartAsync();
        var port = _simulator.Url.Port;
        await _simulator.StopAsync();
        foreach (var command in new[] { "login", "quote AAPL", "accounts", "orders", "portfolio" })
            _simulator.Refused(command, "", $"the simulator at {_simulator.Url.AbsoluteUri.TrimEnd('/')} does not answer", $"'./etrade-bot simulator --port {port}'.");
    }

    [Fact(Timeout = RunningSimulator.HangMilliseconds)]
    public async Task A_simulator_that_stops_in_mid_call_is_said_to_be_gone()
    {
        await StartAsync();
        _simulator.Broker.AddFault(new Fault("lost-answer") { Call = "request-token" });
        using var login = _simulator.Begin("login");
        await RunningSimulator.UntilAsync(() => _simulator.Broker.Faults.Count == 0, TestContext.Current.CancellationToken);
        await _simulator.StopAsync();
        var run = ChildProgram.Finish(login);
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("etrade-bot: Could not begin the login: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Start the simulator in another terminal with './etrade-bot simulator --port", run.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = RunningSimulator.HangMilliseconds)]
    [InlineData("login", true)]
    [InlineData("login --no-browser", false)]
    public async Task On_a_desktop_terminal_the_page_opens_by_itself(string command, bool opens)
    {
        await StartAsync();
        var opened = _simulator.Folder["opened"];
        _simulator.Folder.Write("bin/xdg-open", $"#!/bin/sh\necho noise\necho \"$1\" > '{opened}.part' && mv '{opened}.part' '{opened}'\n");
        using var login = BeginOnTerminal($"chmod +x bin/xdg-open; PATH=\"$PWD/bin:$PATH\" DISPLAY=:9 '{ChildProgram.Path}' {command}");
        var lines = new List<string>();
        while (!lines.Exists(line => line.Contains("Type the code here", StringComparison.Ordinal)))
            lines.Add((await login.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException(string.Join('\n', lines))).TrimEnd());
        var page = lines.Single(line => line.StartsWith("http", StringComparison.Ordinal));
        Assert.DoesNotContain("noise", lines);
        if (opens)
        {
            await RunningSimulator.UntilAsync(() => File.Exists(opened), TestContext.Current.CancellationToken);
            Assert.Equal(page, (await File.ReadAllTextAsync(opened, TestContext.Current.CancellationToken)).TrimEnd());
        }
        await login.StandardInput.WriteLineAsync(await CodeOfAsync(new Uri(page)));
        await login.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Logged in: SIMULATED", await login.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(opens, File.Exists(opened));
    }

    [Fact(Timeout = RunningSimulator.HangMilliseconds)]
    public async Task Ctrl_C_ends_a_login_that_waits_for_its_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill -INT");
        await StartAsync();
        using var login = _simulator.Begin("login");
        await ReadPageAsync(login);
        using (var kill = ChildProgram.Start("kill", "-INT", login.Id.ToString(CultureInfo.InvariantCulture))) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var run = ChildProgram.Finish(login);
        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        Assert.Empty(_simulator.Folder.Files());
    }

    async Task StartAsync(SimulatorOptions? options = null, TimeProvider? wall = null) =>
        _simulator = await RunningSimulator.StartAsync((options ?? new SimulatorOptions()) with { Start = RunningSimulator.Start }, wall ?? TimeProvider.System);

    /// <summary>A command line with a terminal of its own.</summary>
    Process BeginOnTerminal(string line)
    {
        using var probe = OperatingSystem.IsLinux() ? ChildProgram.Start("sh", "-c", "command -v script") : null;
        probe?.WaitForExit();
        Assert.SkipUnless(probe?.ExitCode == 0, "needs script of util-linux");
        var start = new ProcessStartInfo("script", ["-qec", line, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = _simulator.Folder.Path };
        start.Environment["ETRADE_BASE_URL"] = _simulator.Url.AbsoluteUri;
        return Process.Start(start)!;
    }

    /// <summary>The address on a line of its own, and the program waiting for the code.</summary>
    static async Task<Uri> ReadPageAsync(Process login)
    {
        Uri? page = null;
        while (await login.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("http", StringComparison.Ordinal)) page = new Uri(line);
            if (line.StartsWith("Type the code here", StringComparison.Ordinal)) return page ?? throw new InvalidOperationException("no page was named");
        }
        throw new InvalidOperationException(await login.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>As a browser does it: opens the page, presses its button, reads the code.</summary>
    static async Task<string> CodeOfAsync(Uri page)
    {
        using var browser = new HttpClient();
        var fields = page.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1])));
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await browser.PostAsync(page.GetLeftPart(UriPartial.Path), form, TestContext.Current.CancellationToken);
        return CodeField().Match(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
    }

    [GeneratedRegex("id=\"oauth_verifier\"[^>]*value=\"([A-Z0-9]+)\"")]
    private static partial Regex CodeField();
}
