using EtradeBot.Market;

namespace EtradeBot.App.Commands;

public sealed class CommandLineTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Help_succeeds_and_lists_the_commands()
    {
        var run = Cli.Run("--help");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("data", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dta", "Unrecognized command or argument 'dta'. Did you mean 'data'? See 'etrade-bot --help'.")]
    [InlineData("data lst", "Unrecognized command or argument 'lst'. Did you mean 'list'? See 'etrade-bot data --help'.")]
    [InlineData("data list --jsno", "Unrecognized command or argument '--jsno'. Did you mean '--json'? See 'etrade-bot data list --help'.")]
    [InlineData("data list --xyzzy", "Unrecognized command or argument '--xyzzy'. See 'etrade-bot data list --help'.")]
    [InlineData("data demo --seed many", "Cannot parse argument 'many' for option '--seed' as a whole number. See 'etrade-bot data demo --help'.")]
    public void A_wrong_command_line_gets_one_line_and_exit_code_2(string line, string message)
    {
        var run = Cli.Run(line.Split(' '));
        Assert.Equal((2, "", $"etrade-bot: {message}"), (run.ExitCode, run.Out, run.Error.TrimEnd()));
    }

    [Fact]
    public void A_name_that_begins_with_an_at_sign_is_a_name()
    {
        var run = Cli.Run("data", "check", _folder["@file"]);
        Assert.Contains("no file", run.Out, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public void Failures_have_their_exit_codes_and_no_trace()
    {
        Assert.Equal((2, "etrade-bot: u\n"), Report(new UsageException("u")));
        Assert.Equal((3, "etrade-bot: d\n"), Report(new CandleDataException("d")));
        Assert.Equal((1, "etrade-bot: i\n"), Report(new IOException("i")));
        Assert.Equal((1, "etrade-bot: a\n"), Report(new UnauthorizedAccessException("a")));
        var (exitCode, text) = Report(new InvalidCastException("odd"));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("etrade-bot: unexpected: InvalidCastException: odd\nThis is a defect", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_a_file_never_reach_the_terminal() =>
        Assert.Equal((3, "etrade-bot: x?[31my\n"), Report(new CandleDataException("x\u001b[31my")));

    [Fact]
    public void A_trace_is_printed_when_asked_for()
    {
        var run = ChildProgram.Finish(ChildProgram.Start(ChildProgram.Path, [("ETRADE_BOT_DEBUG", "1")], "data", "check", "--symbol", "NONE", "--data", _folder.Path));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("   at EtradeBot.App.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("data list --help")]
    [InlineData("data list")]
    public void A_command_loads_only_what_it_needs(string line)
    {
        var list = _folder["assemblies.txt"];
        var environment = new[] { ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), (StartupHook.FileVariable, list) };
        var run = ChildProgram.Finish(ChildProgram.Start(ChildProgram.Path, environment, [.. line.Split(' '), .. line == "data list" ? new[] { "--data", _folder.Path } : []]));
        Assert.Equal(0, run.ExitCode);
        var loaded = File.ReadAllLines(list);
        Assert.Contains("System.CommandLine", loaded);
        Assert.DoesNotContain(loaded, name => name.StartsWith("Parquet", StringComparison.Ordinal) || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || name.StartsWith("Spectre", StringComparison.Ordinal));
    }

    static (int ExitCode, string Text) Report(Exception problem)
    {
        using var error = new StringWriter { NewLine = "\n" };
        return (CommandLine.Report(problem, error), error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_stop_by_the_user_is_no_defect()
    {
        using var error = new StringWriter();
        Assert.Equal(130, CommandLine.Report(new OperationCanceledException(), error));
        Assert.Equal("etrade-bot: stopped; no file was written or changed", error.ToString().Trim());
    }
}
