using System.Diagnostics;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Notices;

/// <summary>The built program and its owner: over real HTTP, with servers that answer as the providers document it.</summary>
public sealed class NotifyCommandTests : IAsyncLifetime
{
    const long Ada = 4711;
    const string Pin = "geheim42";

    readonly TemporaryFolder _folder = new();
    MessageServer _server = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await MessageServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    string Data => _folder["data"];

    (string, string) Slack => ("SLACK_WEBHOOK_URL", $"{_server.Address}/services/T/B/x");

    (string, string)[] Telegram => [("TELEGRAM_BOT_TOKEN", "123456:secret-of-the-bot"), ("TELEGRAM_CHAT_ID", "4711"), ("TELEGRAM_BASE_URL", _server.Address), ("NOTIFY_PIN", Pin)];

    Cli Run((string, string)[] environment, params string[] args)
    {
        using var process = ChildProgram.Start(ChildProgram.Path, environment, [.. args, "--data", Data]);
        return ChildProgram.Finish(process);
    }

    [Fact]
    public void The_test_says_what_each_provider_answered_and_fails_where_one_does_not_take_it()
    {
        (string, string)[] twilio = [("TWILIO_ACCOUNT_SID", "AC0123456789"), ("TWILIO_AUTH_TOKEN", "token-of-twilio"), ("TWILIO_FROM_NUMBER", "+15551234567"), ("TWILIO_TO_NUMBER", "+15550000000"), ("TWILIO_BASE_URL", _server.Address)];
        var fine = Run([Slack], "notify", "--mode", "test");
        Assert.Equal((0, ""), (fine.ExitCode, fine.Error));
        Assert.Matches(@"^slack +ok +\d+ ms", fine.Out);
        var half = Run([Slack, .. twilio], "notify", "--mode", "test");
        Assert.Equal(1, half.ExitCode);
        Assert.Contains("21211", half.Out, StringComparison.Ordinal);
        Assert.Contains("Invalid 'To' Phone Number", half.Out, StringComparison.Ordinal);
        Assert.Equal((2, 1), (_server.Slack.Count, _server.Twilio.Count));
        Assert.DoesNotContain("token-of-twilio", half.Out + half.Error, StringComparison.Ordinal);
        var missing = Run([("TWILIO_AUTH_TOKEN", "token-of-twilio")], "notify", "list");
        Assert.Contains("incomplete: TWILIO_ACCOUNT_SID and TWILIO_FROM_NUMBER and TWILIO_TO_NUMBER are not set", missing.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sent_stands_in_the_outbox_and_a_critical_one_is_acknowledged_once()
    {
        var sent = Run([Slack], "notify", "send", "Hello from afar", "--text", "The key 987654321 is no secret, an account's number is", "--level", "critical");
        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.Contains("****4321", Assert.Single(_server.Slack), StringComparison.Ordinal);
        var listed = Run([Slack], "notify", "outbox", "--open");
        Assert.Matches(@"slack +sent +critical Hello from afar", listed.Out);
        Assert.Contains("1 acknowledged", Run([Slack], "notify", "ack").Out, StringComparison.Ordinal);
        Assert.Contains("nothing waits", Run([Slack], "notify", "ack").Out, StringComparison.Ordinal);
        Assert.Equal(2, Run([Slack], "notify", "retry", "1").ExitCode);
    }

    [Fact]
    public async Task A_stranger_or_no_PIN_do_nothing_and_flatten_with_the_PIN_sells_everything()
    {
        // The owner has switched it on: by default a phone may only ask.
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "settings.json"), """{"values":{"phone_commands":"status flatten"}}""", Stop);
        using var trader = ChildProgram.Start(ChildProgram.Path, Telegram, "trade", "--speed", "60", "--timeframe", "1m", "--symbols", "MSFT,VOLTAR,COBALT,PIXELS", "--for", "300s", "--data", Data);
        var said = trader.StandardOutput.ReadToEndAsync(Stop);
        await UntilAsync(() => _server.Answers.Any(answer => answer.Text.Contains("opened at", StringComparison.Ordinal)), 90);
        _server.FromPhone(666, $"/flatten {Pin}");
        _server.FromPhone(Ada, "/flatten");
        _server.FromPhone(Ada, "/flatten 000000");
        await UntilAsync(() => _server.Answers.Any(answer => answer.Text.Contains("the PIN is wrong", StringComparison.Ordinal)), 30);
        Assert.DoesNotContain(_server.Answers, answer => answer.Chat == 666);
        Assert.DoesNotContain(Kills(), kill => kill.IsKilled);
        _server.FromPhone(Ada, $"/flatten {Pin}");
        await UntilAsync(() => Kills().Any(kill => kill is { IsKilled: true, Flatten: true }), 30);
        await UntilAsync(() => _server.Answers.Any(answer => answer.Text.Contains("KILLED: entries are cancelled", StringComparison.Ordinal)), 30);
        // The trader does the work; this only waits for it.
        var flat = Run([], "kill", "--flatten", "--wait", "120");
        Assert.True(flat.ExitCode == 0, flat.Out + flat.Error);
        trader.Kill();
        await trader.WaitForExitAsync(Stop);
        await said;
        Assert.Contains("nothing is held", flat.Out, StringComparison.Ordinal);
        var audit = await File.ReadAllTextAsync(Path.Combine(Data, "audit.jsonl"), Stop);
        foreach (var verdict in (string[])["phone.stranger", "phone.nopin", "phone.wrongpin", "phone.done"]) Assert.Contains(verdict, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(Pin, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_trader_is_told_within_a_minute_and_one_that_was_stopped_is_not()
    {
        using var watchdog = ChildProgram.Start(ChildProgram.Path, [("WATCH_SLACK_WEBHOOK_URL", Slack.Item2)], "watch", "--kill", "--for", "100s", "--data", Data);
        var told = watchdog.StandardOutput.ReadToEndAsync(Stop);
        using var trader = ChildProgram.Start(ChildProgram.Path, "trade", "--speed", "30", "--timeframe", "1m", "--symbols", "MSFT,VOLTAR", "--for", "120s", "--data", Data);
        var said = trader.StandardOutput.ReadToEndAsync(Stop);
        // With a bot: a desk that nobody trades at is missed by nobody.
        await UntilAsync(() => TradingFolder.In(Data).Any(folder => Hosting.Notices.TraderPulse.Read(folder.Path) is { HasBot: true }), 60);
        trader.Kill();
        var killed = Stopwatch.GetTimestamp();
        await UntilAsync(() => !_server.Slack.IsEmpty, 60);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"told after {Stopwatch.GetElapsedTime(killed).TotalSeconds:0} s"));
        Assert.Contains("the trader has been silent", _server.Slack.First(), StringComparison.Ordinal);
        Assert.Contains(Kills(), kill => kill is { IsKilled: true, Flatten: false });
        await said;
        Assert.Equal(0, Run([], "trade", "--speed", "30", "--timeframe", "1m", "--symbols", "MSFT", "--for", "6s").ExitCode);
        await UntilAsync(() => _server.Slack.Any(text => text.Contains("stopped by a person", StringComparison.Ordinal) || text.Contains("lives again", StringComparison.Ordinal)), 60);
        watchdog.Kill();
        await watchdog.WaitForExitAsync(Stop);
        await told;
    }

    IEnumerable<KillFacts> Kills()
    {
        foreach (var folder in TradingFolder.In(Data))
        {
            using var disk = new EtradeBot.Execution.Disk.FolderDisk(folder.Path);
            yield return new KillFlag(disk, TimeProvider.System).Read();
        }
    }

    static async Task UntilAsync(Func<bool> isThere, int seconds)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!isThere())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds, $"it did not happen within {seconds} s");
            await Task.Delay(100, Stop);
        }
    }
}
