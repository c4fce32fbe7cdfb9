using System.Text.RegularExpressions;

namespace EtradeBot.App.Shipping;

/// <summary>The workflows call only what runs on any machine, and the image takes only what is there.</summary>
public sealed partial class WorkflowTests
{
    static readonly string[] Workflows = Directory.GetFiles(Path.Combine(TestFolders.Root, ".github", "workflows"), "*.yml");

    [Fact]
    public void Every_step_is_a_script_of_this_repository()
    {
        var steps = Workflows.SelectMany(file => File.ReadLines(file).Select(line => Step().Match(line)).Where(match => match.Success).Select(match => (File: Path.GetFileName(file), Run: match.Groups[1].Value))).ToList();
        Assert.True(steps.Count >= 15, $"only {steps.Count} steps were found");
        Assert.All(steps, step =>
        {
            var script = Path.Combine(TestFolders.Root, step.Run.Split(' ')[0]);
            Assert.True(File.Exists(script) && script.EndsWith(".sh", StringComparison.Ordinal), $"{step.File}: {step.Run}: no such script");
            Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(script) & UnixFileMode.UserExecute) != 0, $"{step.File}: {step.Run}: cannot be executed");
        });
    }

    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_every_workflow_begins_without_rights()
    {
        Assert.Equal(3, Workflows.Length);
        Assert.All(Workflows, file =>
        {
            var text = File.ReadAllText(file).ReplaceLineEndings("\n");
            Assert.Contains("\npermissions:\n  contents: read\n", text, StringComparison.Ordinal);
            Assert.All(text.Split('\n').Where(line => line.TrimStart().StartsWith("- uses:", StringComparison.Ordinal) || line.TrimStart().StartsWith("uses:", StringComparison.Ordinal)), line => Assert.Matches(Pinned(), line));
            // What a stranger writes into a title must never become a part of a script.
            Assert.DoesNotContain("run: ${{ github.event", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Everything_that_the_image_copies_exists_and_is_let_into_its_context()
    {
        var ignore = File.ReadAllLines(Path.Combine(TestFolders.Root, ".dockerignore"));
        var dockerfile = File.ReadAllLines(Path.Combine(TestFolders.Root, "Dockerfile"));
        var copied = dockerfile.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.NotEmpty(copied);
        Assert.All(copied, source =>
        {
            var name = source.TrimEnd('/');
            Assert.Contains($"!{name}", ignore);
            Assert.True(name.Contains('*', StringComparison.Ordinal) ? Directory.GetFiles(TestFolders.Root, name).Length > 0 : Path.Exists(Path.Combine(TestFolders.Root, name)), source);
        });
        var stages = dockerfile.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToList();
        Assert.All(dockerfile.Where(line => line.Contains("--from=", StringComparison.Ordinal)), line => Assert.Contains(line.Split("--from=")[1].Split(' ')[0], stages));
    }

    [Fact]
    public void No_tracked_file_holds_a_secret_and_a_planted_one_is_found()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        using var folder = new TemporaryFolder();
        var script = Path.Combine(TestFolders.Root, "build", "secrets.sh");
        var clean = ChildProgram.Finish(ChildProgram.Start(script));
        Assert.True(clean.ExitCode == 0, clean.Error);
        var key = string.Concat("ETRADE_CONSUMER", "_SECRET=", "0123456789abcdef0123456789abcdef");
        var planted = ChildProgram.Finish(ChildProgram.Start(script, folder.Write("notes.txt", $"a\n{key}\n")));
        Assert.Equal(1, planted.ExitCode);
        Assert.Contains("notes.txt:2: setting with a value", planted.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", planted.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\s*- run: (\S.*)$")]
    private static partial Regex Step();

    [GeneratedRegex(@"uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$")]
    private static partial Regex Pinned();
}
