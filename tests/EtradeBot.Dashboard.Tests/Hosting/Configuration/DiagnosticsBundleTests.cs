using System.IO.Compression;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using Microsoft.Extensions.Logging;

namespace EtradeBot.App.Hosting.Configuration;

public sealed class DiagnosticsBundleTests : IDisposable
{
    readonly Desk _desk = new(environment: [(SettingRule.OAuthToken, "token/of+the=environment"), (SettingRule.OAuthTokenSecret, "secret-of-the-environment")]);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task It_holds_what_helps_and_not_one_secret()
    {
        var names = SettingDefinitions.All.Where(definition => definition.IsSecret).Select(definition => definition.Name).ToList();
        var secrets = names.ToDictionary(name => name, name => name == NoticeRules.Pin ? "hiddenpin0" : $"https://hidden.example/{name.ToLowerInvariant()}?a=1&b");
        Assert.IsType<SettingsOutcome.Saved>(await _desk.SaveAsync([.. secrets.Select(pair => (pair.Key, (string?)pair.Value)), (SettingDefinitions.MaxPositions, "7")]));
        using var tail = new LogTail(_desk.Time);
        var log = tail.CreateLogger("Broker");
        foreach (var secret in secrets.Values.Append("token/of+the=environment").Append("secret-of-the-environment"))
            log.Log(LogLevel.Error, 0, $"GET /x?key={Uri.EscapeDataString(secret)} failed for {secret}", null, (state, _) => state);
        using var session = new LiveSession(new LiveState(), () => _desk.Effective.Current, _desk.State, _desk.Time);
        session.State.SetSession(new SessionFacts { LinkReason = $"refused {secrets[SettingRule.ConsumerKey]}" });
        var bundle = new DiagnosticsBundle(_desk.Effective, session, tail, (_desk.State, _desk.Time));

        var texts = new Dictionary<string, string>();
        using var archive = new ZipArchive(new MemoryStream(bundle.Make(Desk.Admin)));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            texts[entry.Name] = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        Assert.Contains("GET /x?key=**** failed for ****", texts["log.txt"], StringComparison.Ordinal);
        Assert.Contains("max_positions = 7", texts["settings.txt"], StringComparison.Ordinal);
        Assert.Contains("free on the disk", texts["disk.txt"], StringComparison.Ordinal);
        Assert.Contains("etrade-bot 0.", texts["versions.txt"], StringComparison.Ordinal);
        foreach (var secret in secrets.Values.Append("token/of+the=environment").Append("secret-of-the-environment"))
            foreach (var text in texts.Values)
            {
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
                Assert.DoesNotContain(Uri.EscapeDataString(secret), text, StringComparison.Ordinal);
            }
        Assert.Throws<NotAllowedException>(() => bundle.Make(new Actor("tom", Role.Trader, () => true)));
    }

    [Fact]
    public async Task Account_numbers_and_the_keys_of_services_that_are_set_outside_are_taken_out()
    {
        using var desk = new Desk(environment: [(SettingRule.SlackWebhook, "https://hooks.slack.example/T0/B0/secret"), (SettingRule.SmtpPassword, "mail-password")]);
        using var tail = new LogTail(desk.Time);
        var log = tail.CreateLogger("Broker");
        log.Log(LogLevel.Error, 0, "POST https://hooks.slack.example/T0/B0/secret with mail-password; account 84011276, accountId:987654321-XYZ", null, (state, _) => state);
        log.Log(LogLevel.Error, 0, "GET https://api.etrade.com/v1/accounts/dBZOKt9xDrtRSAOl4MSiiA/orders.json?count=25 answers 500; order 501 of 2026-03-10", new IOException("no account 84011294"), (state, _) => state);
        using var session = new LiveSession(new LiveState(), () => desk.Effective.Current, desk.State, desk.Time);
        session.State.SetSession(new SessionFacts { LinkReason = "account 84011276 is closed" });
        using var archive = new ZipArchive(new MemoryStream(new DiagnosticsBundle(desk.Effective, session, tail, (desk.State, desk.Time)).Make(Desk.Admin)));
        var all = "";
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            all += await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        foreach (var planted in new[] { "84011276", "84011294", "987654321", "dBZOKt9xDrtRSAOl4MSiiA", "hooks.slack.example", "mail-password" })
            Assert.DoesNotContain(planted, all, StringComparison.Ordinal);
        Assert.Contains("account ****1276", all, StringComparison.Ordinal);
        Assert.Contains("/v1/accounts/****/orders.json?count=25 answers 500; order 501 of 2026-03-10", all, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_keeps_its_last_lines_only()
    {
        using var tail = new LogTail(_desk.Time);
        var log = tail.CreateLogger("A");
        for (var line = 0; line < 600; line++) log.Log(LogLevel.Warning, 0, line, null, (state, _) => $"line {state}");
        Assert.Equal(500, tail.Lines.Count);
        Assert.EndsWith("line 599", tail.Lines[^1], StringComparison.Ordinal);
    }
}
