using System.Text;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Configuration;

public sealed class SettingsEditorTests : IDisposable
{
    const string Key = "sandbox-key-0123456789abcdef7890";

    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_saved_setting_counts_at_once_and_after_a_start()
    {
        IReadOnlyList<SettingChange>? heard = null;
        _desk.Effective.Changed += changes => heard = changes;
        Assert.IsType<SettingsOutcome.Saved>(await _desk.SaveAsync((SettingDefinitions.MaxRiskPerTrade, "1"), (SettingDefinitions.MaxDailyLoss, "2.5"), (SettingDefinitions.DefaultTimeframe, "5m")));
        for (var start = 0; start < 2; start++, _desk.Open())
        {
            Assert.Equal(0.01, _desk.Effective.Limits.MaxRiskPerTrade);
            Assert.Equal(0.025, _desk.Effective.Limits.MaxDailyLoss);
            Assert.Equal("5m", _desk.Effective.DefaultTimeframe.ToString());
        }
        Assert.Equal(3, heard!.Count);
    }

    [Fact]
    public void The_usual_limits_are_those_of_the_risk_manager() => Assert.Equal(new Risk.RiskLimits(), _desk.Effective.Limits);

    [Theory]
    [InlineData(SettingDefinitions.MaxRiskPerTrade, "0")]
    [InlineData(SettingDefinitions.MaxRiskPerTrade, "101")]
    [InlineData(SettingDefinitions.MaxRiskPerTrade, "1,5")]
    [InlineData(SettingDefinitions.MaxRiskPerTrade, "1.234")]
    [InlineData(SettingDefinitions.MaxRiskPerTrade, "NaN")]
    [InlineData(SettingDefinitions.MaxRiskPerTrade, "-1")]
    [InlineData(SettingDefinitions.MaxPositions, "0")]
    [InlineData(SettingDefinitions.MaxPositions, "1.5")]
    [InlineData(SettingDefinitions.AllowShort, "true")]
    [InlineData(SettingDefinitions.DefaultTimeframe, "7m")]
    [InlineData(SettingRule.Environment, "prod")]
    [InlineData(SettingRule.BaseUrl, "http://example.com")]
    [InlineData(SettingRule.ConsumerKey, " key")]
    [InlineData("no_such_setting", "1")]
    public async Task A_value_that_breaks_its_rule_is_refused_by_name_and_nothing_is_written(string name, string value)
    {
        var refused = Assert.IsType<SettingsOutcome.Refused>(await _desk.SaveAsync((name, value), (SettingDefinitions.ChartVolume, "no")));
        Assert.Equal(name, Assert.Single(refused.Problems).Name);
        Assert.False(File.Exists(SettingsFile.PathIn(_desk.State)));
    }

    [Theory]
    [InlineData((int)Role.Viewer)]
    [InlineData((int)Role.Trader)]
    public async Task Only_an_admin_may_save_undo_or_read_the_history(int role)
    {
        await _desk.SaveAsync((SettingDefinitions.ChartVolume, "no"));
        var actor = new Actor("vic", (Role)role, () => true);
        await Assert.ThrowsAsync<NotAllowedException>(() => _desk.Editor.SaveAsync(actor, _desk.Draft((SettingDefinitions.ChartVolume, "yes"))));
        await Assert.ThrowsAsync<NotAllowedException>(() => _desk.Editor.UndoAsync(actor, 1));
        Assert.Throws<NotAllowedException>(() => _desk.Editor.History(actor));
        Assert.False(_desk.Effective.IsOn(SettingDefinitions.ChartVolume));
    }

    [Fact]
    public async Task A_draft_based_on_old_settings_is_refused_with_what_others_changed()
    {
        var (first, second) = (_desk.Draft((SettingDefinitions.MaxPositions, "5")), _desk.Draft((SettingDefinitions.MaxPositions, "7")));
        Assert.IsType<SettingsOutcome.Saved>(await _desk.Editor.SaveAsync(Desk.Admin, first));
        var outdated = Assert.IsType<SettingsOutcome.Outdated>(await _desk.Editor.SaveAsync(Desk.Admin, second));
        var since = Assert.Single(outdated.Since);
        Assert.Equal((SettingDefinitions.MaxPositions, null, "5"), (since.Name, since.Old, since.New));
        Assert.Equal(5, _desk.Effective.Limits.MaxPositions);
    }

    [Fact]
    public async Task Each_entry_of_the_history_can_be_undone_and_the_undoing_too()
    {
        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "5"));
        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "4"));
        await _desk.Editor.UndoAsync(Desk.Admin, 2);
        Assert.Equal(5, _desk.Effective.Limits.MaxPositions);
        await _desk.Editor.UndoAsync(Desk.Admin, 1);
        Assert.Equal(20, _desk.Effective.Limits.MaxPositions);
        await _desk.Editor.UndoAsync(Desk.Admin, 4);
        Assert.Equal(5, _desk.Effective.Limits.MaxPositions);
        Assert.Equal([5L, 4, 3, 2, 1], _desk.Editor.History(Desk.Admin).Select(change => change.Id));
        Assert.All(_desk.Editor.History(Desk.Admin), change => Assert.Equal(("ada", _desk.Time.GetUtcNow()), (change.Actor, change.At)));
    }

    [Fact]
    public async Task A_secret_is_nowhere_in_the_clear_and_shows_its_last_four_only()
    {
        await _desk.SaveAsync((SettingRule.SandboxConsumerKey, Key), (SettingRule.SandboxConsumerSecret, "12345678"));
        await _desk.SaveAsync((SettingRule.SandboxConsumerKey, Key + "x"));
        await _desk.SaveAsync((SettingRule.SandboxConsumerKey, Key));
        Assert.Equal(Key, _desk.Effective.Current.SandboxConsumerKey!.Reveal());
        Assert.Equal("set, ends with 7890", _desk.Effective.StateOf(SettingRule.SandboxConsumerKey).Words);
        Assert.Equal("set", _desk.Effective.StateOf(SettingRule.SandboxConsumerSecret).Words);
        Assert.Equal(["changed", "changed", "set", "set"], _desk.Editor.History(Desk.Admin).Select(change => change.New));
        foreach (var file in _desk.Folder.Files()) Assert.DoesNotContain("0123456789", Encoding.UTF8.GetString(File.ReadAllBytes(_desk.Folder[file])), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SettingsFile.PathIn(_desk.State)));
        await _desk.SaveAsync((SettingRule.SandboxConsumerKey, null));
        Assert.Null(_desk.Effective.Current.SandboxConsumerKey);
        Assert.IsType<SettingsOutcome.Refused>(await _desk.Editor.UndoAsync(Desk.Admin, _desk.Editor.History(Desk.Admin)[0].Id));
    }

    [Fact]
    public async Task The_command_line_sees_the_keys_entered_here_and_stronger_sources_win()
    {
        await _desk.SaveAsync((SettingRule.SandboxConsumerKey, Key), (SettingRule.Environment, "sandbox"));
        Assert.Equal(Key, BotSettings.Load(_desk.Sources).SandboxConsumerKey!.Reveal());
        Assert.Equal("sandbox", BotSettings.Load(_desk.Sources).Environment);
        _desk.Folder.Write(".env", "ETRADE_SANDBOX_CONSUMER_KEY=of-the-file\n\nETRADE_ENV=production\n");
        Assert.Equal("of-the-file", BotSettings.Load(_desk.Sources).SandboxConsumerKey!.Reveal());
        _desk.Open();
        var state = _desk.Effective.StateOf(SettingRule.Environment);
        Assert.Equal("set in .env (line 3): change it there", state.OriginWords);
        var refused = Assert.IsType<SettingsOutcome.Refused>(await _desk.SaveAsync((SettingRule.Environment, "simulator")));
        Assert.Contains(".env (line 3)", Assert.Single(refused.Problems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_read_from_the_folder_that_the_stronger_sources_name()
    {
        _desk.Folder.Write("other/settings.json", """{ "format": 1, "version": 1, "values": { "ETRADE_ENV": "sandbox" } }""");
        _desk.Folder.Write(".env", "ETRADE_BOT_DATA=other\n");
        Assert.Equal("sandbox", BotSettings.Load(_desk.Sources with { StateFolder = null }).Environment);
    }

    [Theory]
    [InlineData("{ \"format\": 1,\n \"version\": 3, \"val", "line 2")]
    [InlineData("{ \"format\": 2 }", "newer etrade-bot")]
    [InlineData("{ \"format\": 1, \"values\": { \"max_position\": \"1\" } }", "unknown setting max_position")]
    [InlineData("{ \"format\": 1, \"values\": { \"max_positions\": \"0\" } }", "max_positions must be a whole number")]
    [InlineData("{ \"format\": 1, \"values\": { \"ETRADE_CONSUMER_KEY\": \"leaked\" } }", "unknown setting ETRADE_CONSUMER_KEY")]
    [InlineData("null", "cannot be read")]
    public void A_damaged_file_is_refused_by_place_and_without_its_values(string text, string words)
    {
        _desk.Folder.Write("state/settings.json", text);
        var problem = Assert.Throws<UsageException>(_desk.Open);
        Assert.Contains("settings.json", problem.Message, StringComparison.Ordinal);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("leaked", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_between_settings_and_history_loses_no_entry()
    {
        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "5"));
        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "4"));
        var file = _desk.Folder["state", SettingsHistory.FileName];
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text[..(text.IndexOf('\n', StringComparison.Ordinal) + 20)], TestContext.Current.CancellationToken);
        _desk.Open();
        Assert.Equal(["4", "5"], _desk.Editor.History(Desk.Admin).Select(change => change.New));
    }

    [Fact]
    public void Loosening_is_told_from_tightening()
    {
        (string Name, string Value, bool Loosens)[] cases =
        [
            (SettingDefinitions.MaxRiskPerTrade, "2.5", true), (SettingDefinitions.MaxRiskPerTrade, "1", false), (SettingDefinitions.MaxPositions, "21", true),
            (SettingDefinitions.MaxDailyLoss, "50", false), (SettingDefinitions.AllowShort, "yes", true), (SettingRule.Environment, "production", true), (SettingRule.Environment, "sandbox", false),
        ];
        foreach (var (name, value, loosens) in cases) Assert.Equal(loosens, Assert.Single(_desk.Editor.Differences(_desk.Draft((name, value)))).Loosens);
    }

    [Fact]
    public async Task Once_there_are_users_loosening_asks_for_the_password_and_tightening_counts_at_once()
    {
        const string password = "four own words here";
        Directory.CreateDirectory(_desk.State);
        using (var accounts = new UserAccounts(_desk.State, _desk.Time)) await accounts.AddAsync("ada", Role.Admin, password);
        _desk.Open();
        Assert.True(_desk.Editor.AsksForPassword);
        Assert.IsType<SettingsOutcome.Saved>(await _desk.SaveAsync((SettingDefinitions.MaxRiskPerTrade, "1")));
        var looser = _desk.Draft((SettingDefinitions.MaxRiskPerTrade, "3"));
        await Assert.ThrowsAsync<NotAllowedException>(() => _desk.Editor.SaveAsync(Desk.Admin, looser));
        await Assert.ThrowsAsync<NotAllowedException>(() => _desk.Editor.SaveAsync(Desk.Admin, looser, "another password"));
        Assert.Equal(0.01, _desk.Effective.Limits.MaxRiskPerTrade);
        Assert.IsType<SettingsOutcome.Saved>(await _desk.Editor.SaveAsync(Desk.Admin, looser, password));
        Assert.Equal(0.03, _desk.Effective.Limits.MaxRiskPerTrade);
    }

    [Fact]
    public async Task Taking_a_daily_limit_away_loosens()
    {
        await _desk.SaveAsync((SettingDefinitions.MaxDailyLoss, "2"));
        var difference = Assert.Single(_desk.Editor.Differences(_desk.Draft((SettingDefinitions.MaxDailyLoss, null))));
        Assert.Equal(("2 %", "no limit", true), (difference.Old, difference.New, difference.Loosens));
    }

    [Fact]
    public async Task Every_change_stands_in_the_audit_before_it_counts()
    {
        await _desk.SaveAsync((SettingDefinitions.MaxPositions, "5"), (SettingRule.TiingoKey, Key));
        var lines = await File.ReadAllLinesAsync(_desk.Folder["state", "audit.jsonl"], TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.DoesNotContain(lines, line => line.Contains(Key, StringComparison.Ordinal));
        File.Delete(_desk.Folder["state", "audit.jsonl"]);
        Directory.CreateDirectory(_desk.Folder["state", "audit.jsonl"]);
        await Assert.ThrowsAnyAsync<SystemException>(() => _desk.SaveAsync((SettingDefinitions.MaxPositions, "6")));
        Assert.Equal(5, _desk.Effective.Limits.MaxPositions);
    }
}
