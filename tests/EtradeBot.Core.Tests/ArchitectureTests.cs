using System.Text.RegularExpressions;

namespace EtradeBot;

/// <summary>The walls that keep the core simple, read off the source itself.</summary>
public partial class ArchitectureTests
{
    /// <summary>A folder of the core may use only folders to its left.</summary>
    static readonly string[] LeftToRight = ["Market", "Analysis", "Trading", "Strategies", "Risk", "Brokers", "Engine", "Backtests"];

    static IEnumerable<string> CoreFiles => Directory.EnumerateFiles(Path.Combine(TestFolders.Root, "src", "EtradeBot.Core"), "*.cs", SearchOption.AllDirectories);

    [Fact]
    public void A_folder_of_the_core_uses_only_folders_to_its_left()
    {
        var offences =
            from file in CoreFiles
            let folder = Path.GetFileName(Path.GetDirectoryName(file))!
            from Match use in Mentions().Matches(File.ReadAllText(file))
            where Array.IndexOf(LeftToRight, use.Groups[1].Value) > Array.IndexOf(LeftToRight, folder)
            select $"{Path.GetRelativePath(TestFolders.Root, file)}: {use.Value.Trim()}";
        Assert.Empty(offences);
    }

    [Fact]
    public void A_namespace_is_its_folder() =>
        Assert.All(CoreFiles, file => Assert.Contains($"namespace EtradeBot.{Path.GetFileName(Path.GetDirectoryName(file))};", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void The_core_references_no_package_and_no_project()
    {
        var project = File.ReadAllText(Path.Combine(TestFolders.Root, "src", "EtradeBot.Core", "EtradeBot.Core.csproj"));
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
    }

    [Fact]
    public void The_core_opens_no_file_and_no_connection() =>
        Assert.All(CoreFiles, file => Assert.DoesNotMatch(@"\b(File\.(Open|Read|Write|Create)|Directory\.|HttpClient|Socket\b|Process\.)", File.ReadAllText(file)));

    [GeneratedRegex(@"^\s*using (?:static )?EtradeBot\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Mentions();
}
