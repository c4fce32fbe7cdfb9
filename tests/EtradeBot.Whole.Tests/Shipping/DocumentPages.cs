using System.Text.RegularExpressions;

namespace EtradeBot.App.Shipping;

/// <summary>A fenced block of a document.</summary>
/// <param name="Place">File and line, for messages.</param>
/// <param name="Language">Behind the fence; empty where nothing stands there.</param>
sealed record DocumentBlock(string Place, string Language, IReadOnlyList<string> Lines);

/// <summary>README and every page below docs.</summary>
static partial class DocumentPages
{
    public static IReadOnlyList<string> Files { get; } =
        [.. ((string[])["README.md", "CONTRIBUTING.md", "SECURITY.md"]).Select(name => Path.Combine(TestFolders.Root, name)), .. Directory.GetFiles(Path.Combine(TestFolders.Root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<DocumentBlock> Blocks() => [.. Files.SelectMany(BlocksOf)];

    /// <summary>The command of a line without prompt and remark; null for any other line.</summary>
    public static string? CommandOf(string line)
    {
        var match = Command().Match(line.Trim());
        if (!match.Success) return null;
        var rest = match.Groups["rest"].Value;
        var remark = rest.IndexOf("  ", StringComparison.Ordinal);
        return (remark >= 0 ? rest[..remark] : rest).Split(" #")[0].Trim();
    }

    static IEnumerable<DocumentBlock> BlocksOf(string file)
    {
        var (language, lines, start, number) = ((string?)null, new List<string>(), 0, 0);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }
            if (language is not null) yield return new DocumentBlock($"{Path.GetRelativePath(TestFolders.Root, file)}:{start}", language, lines);
            (language, lines, start) = (language is null ? line.Trim()[3..] : null, [], number);
        }
    }

    [GeneratedRegex(@"^(\$ )?(\./)?etrade-bot(?<rest>| .*)$")]
    private static partial Regex Command();
}
