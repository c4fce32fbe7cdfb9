using System.Text.Json;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_setting_stands_there_once_with_its_value_and_where_that_comes_from()
    {
        var file = _folder.Write("bot.env", "# mail\nSMTP_PORT=465\n");
        _folder.Write("state/settings.json", """{"format":1,"version":1,"values":{"max_positions":"3"},"secrets":{},"last_changes":[]}""");
        using var list = JsonDocument.Parse(Run("config", "show", "--env", "sandbox", "--env-file", file, "--data", _folder["state"], "--json").Out);
        var rows = list.RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!, row => (row.GetProperty("value").GetString(), row.GetProperty("origin").GetString()));
        Assert.Equal(("sandbox", "command line"), rows[SettingRule.Environment]);
        Assert.Equal(("465", $"{file}:2"), rows[SettingRule.SmtpPort]);
        Assert.Equal(("3", "settings.json"), rows[SettingDefinitions.MaxPositions]);
        Assert.Equal(("0", "default"), rows[SettingRule.Debug]);
        Assert.Equal((_folder["state"], "command line"), rows[SettingRule.DataFolder]);
        Assert.Superset(SettingRule.All.Select(rule => rule.Name).ToHashSet(), rows.Keys.ToHashSet());
    }

    [Fact]
    public void The_environment_is_named_as_the_origin()
    {
        var run = ChildProgram.Finish(ChildProgram.Start(ChildProgram.Path, [("SMTP_SERVER", "mail.example.com")], "config", "show", "--data", _folder["state"]));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["SMTP_SERVER", "mail.example.com", "environment"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    public void No_secret_is_shown(string option)
    {
        var hidden = SettingRule.All.Where(rule => !rule.IsPublic).ToList();
        var file = _folder.Write(".env", string.Concat(hidden.Select(rule => $"{rule.Name}={Sample(rule)}\n")));
        var run = Run(["config", "show", "--env-file", file, "--data", _folder["state"], .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(0, run.ExitCode);
        Assert.All(hidden, rule => Assert.Contains(rule.Name, run.Out, StringComparison.Ordinal));
        Assert.All(hidden, rule => Assert.DoesNotContain(Sample(rule), run.Out, StringComparison.Ordinal));

        static string Sample(SettingRule rule) =>
            ((string[])["hunter2hunter2", "+15551234567", "https://hooks.example.com/hunter2"]).First(rule.IsValid);
    }

    [Fact]
    public void A_name_that_sounds_secret_is_hidden() =>
        Assert.All(
            SettingRule.All.Where(rule => ((string[])["KEY", "SECRET", "TOKEN", "PASS", "WEBHOOK", "SID", "ACCOUNT"]).Any(word => rule.Name.Contains(word, StringComparison.Ordinal))),
            rule => Assert.False(rule.IsPublic, rule.Name));

    [Fact]
    public void A_mistyped_name_is_refused_with_what_was_meant()
    {
        var file = _folder.Write("bot.env", "ETRADE_CUSTOMER_KEY=hunter2\nSMTP_PROT=1\n");
        var run = Run("config", "check", "--env-file", file, "--data", _folder["state"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Equal($"etrade-bot: {file}:1: unknown setting ETRADE_CUSTOMER_KEY; did you mean 'ETRADE_CONSUMER_KEY'?\n{file}:2: unknown setting SMTP_PROT; did you mean 'SMTP_PORT'?", run.Error.TrimEnd().ReplaceLineEndings("\n"));
        using var answer = JsonDocument.Parse(Run("config", "check", "--env-file", file, "--data", _folder["state"], "--json").Out);
        Assert.False(answer.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(2, answer.RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public void A_key_that_the_environment_needs_is_missed()
    {
        var file = _folder.Write("bot.env", "ETRADE_ENV=production\nETRADE_CONSUMER_KEY=k\n");
        var run = Run("config", "check", "--env-file", file, "--data", _folder["state"]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("etrade-bot: ETRADE_CONSUMER_SECRET is not set", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_in_order_are_said_to_be()
    {
        var file = _folder.Write("bot.env", "SMTP_PORT=465\n");
        var run = Run("config", "check", "--env-file", file, "--data", _folder["state"]);
        Assert.Equal((0, "The settings can be used: 2 set, the others as usual; SIMULATED, the simulator at http://127.0.0.1:8600."), (run.ExitCode, run.Out.TrimEnd()));
    }

    [Fact]
    public void A_file_that_is_named_must_exist()
    {
        var run = Run("config", "check", "--env-file", _folder["none.env"]);
        Assert.Equal((2, $"etrade-bot: {_folder["none.env"]}: there is no such file"), (run.ExitCode, run.Error.TrimEnd()));
    }

    static Cli Run(params string[] args) => Cli.Run(args);
}
