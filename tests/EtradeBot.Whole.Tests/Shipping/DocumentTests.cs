using System.Diagnostics;
using System.Text.RegularExpressions;
using EtradeBot.App.Commands;

namespace EtradeBot.App.Shipping;

/// <summary>What the documents tell a reader to type works. Blocks marked <c>sh</c> are run; all others are read for commands and options that exist.</summary>
public sealed partial class DocumentTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> RunnableBlocks => [.. DocumentPages.Blocks().Where(block => block.Language == "sh").Select(block => block.Place)];

    [Theory]
    [MemberData(nameof(RunnableBlocks))]
    public void Every_block_marked_sh_runs_line_by_line_in_an_empty_folder(string place)
    {
        var block = DocumentPages.Blocks().Single(block => block.Place == place);
        foreach (var line in block.Lines.Where(line => line.Length > 0))
        {
            var command = DocumentPages.CommandOf(line) ?? throw new InvalidOperationException($"{place}: a block marked sh holds commands of etrade-bot only, not: {line}");
            var start = new ProcessStartInfo(ChildProgram.Path, command.Split(' ', StringSplitOptions.RemoveEmptyEntries)) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
            var run = ChildProgram.Finish(Process.Start(start)!);
            Assert.True(run.ExitCode == 0, $"{place}: {line}: exit code {run.ExitCode}: {run.Error}{run.Out}");
        }
    }

    [Fact]
    public void Every_command_shown_has_a_name_and_options_that_exist()
    {
        var shown = DocumentPages.Blocks().Where(block => block.Language is "" or "sh" or "console")
            .SelectMany(block => block.Lines.Select(line => (block.Place, Command: DocumentPages.CommandOf(line))).Where(found => found.Command is not null)).ToList();
        var wrong = shown.Select(found => (found.Place, found.Command, Problem: ProblemOf(found.Command!))).Where(found => found.Problem is not null).ToList();
        Assert.True(shown.Count > 40, $"only {shown.Count} commands were found");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(found => $"{found.Place}: etrade-bot {found.Command}: {found.Problem}")));
    }

    [Fact]
    public void Every_command_there_is_stands_in_the_README()
    {
        var readme = File.ReadAllText(DocumentPages.Files[0]);
        Assert.All(CommandLine.Root().Subcommands, command => Assert.Contains($"`{command.Name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_setting_there_is_stands_in_the_page_about_configuration()
    {
        var page = File.ReadAllText(Path.Combine(TestFolders.Root, "docs", "configuration.md"));
        // One row speaks for all of the watchdog's, which are the usual names behind WATCH_.
        Assert.Contains("`WATCH_`", page, StringComparison.Ordinal);
        Assert.All(Settings.SettingRule.All.Where(rule => !rule.Name.StartsWith("WATCH_", StringComparison.Ordinal)), rule => Assert.Contains($"`{rule.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_is_reached_from_the_index_and_every_link_leads_somewhere()
    {
        var index = File.ReadAllText(Path.Combine(TestFolders.Root, "docs", "README.md"));
        var pages = DocumentPages.Files.Where(file => file.Contains("docs", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Path.Combine(TestFolders.Root, "docs"), file).Replace('\\', '/')).Where(page => page.EndsWith(".md", StringComparison.Ordinal) && page != "README.md" && !page.StartsWith("..", StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains($"]({page})", index, StringComparison.Ordinal));
        var dead = DocumentPages.Files.SelectMany(file => Link().Matches(File.ReadAllText(file)).Select(link => (File: file, Target: link.Groups[1].Value)))
            .Where(link => !link.Target.StartsWith("http", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.File)!, link.Target)));
        Assert.Empty(dead);
    }

    /// <summary>Brackets say that something may be left out, bars that one of several is meant: neither is typed.</summary>
    static string? ProblemOf(string command)
    {
        if (command.Contains('|', StringComparison.Ordinal) || command.Contains("...", StringComparison.Ordinal)) return null;
        var words = command.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        return CommandLine.Root().Parse(words).Errors is [var first, ..] ? first.Message : null;
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
