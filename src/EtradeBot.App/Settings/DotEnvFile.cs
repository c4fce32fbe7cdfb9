using System.Globalization;
using System.Text;
using EtradeBot.App.Commands;

namespace EtradeBot.App.Settings;

/// <summary>One line of a settings file.</summary>
sealed record DotEnvEntry(string Name, string Value, int Line);

/// <summary>Reads settings files: one NAME=VALUE a line.</summary>
/// <remarks>
/// <c>export</c> before a name and <c>#</c> comments (whole lines, or after a blank) are left out. 'Single quotes' keep everything as it
/// is; in "double quotes" \n \r \t \" \$ and \\ stand for one character. Nothing is expanded: a $ is a $. Values are never part of a
/// message, since they may be secret.
/// </remarks>
static class DotEnvFile
{
    const int LargestBytes = 1 << 20;
    const int MostProblems = 10;

    static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">The file's name in messages.</param>
    /// <exception cref="UsageException">Lines that cannot be read: each with file, line, column and remedy.</exception>
    public static IReadOnlyList<DotEnvEntry> Read(string path, string name)
    {
        if (new FileInfo(path).Length > LargestBytes) throw new UsageException($"{name}: is larger than 1 MB; a settings file has a line for each setting");
        try
        {
            return Parse(StrictUtf8.GetString(File.ReadAllBytes(path)), name);
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"{name}: is not UTF-8 text");
        }
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<DotEnvEntry> Parse(string text, string name)
    {
        var entries = new List<DotEnvEntry>();
        var problems = new List<string>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            number++;
            var reader = new DotEnvLine(line);
            if (reader.IsEmpty) continue;
            if (reader.Read() is not var (key, value))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}:{number}:{reader.Column}: {reader.Problem}"));
            else if (entries.Find(e => e.Name == key) is { } earlier)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{name}:{number}:1: {key} is set in line {earlier.Line} already; keep one of the two"));
            else
                entries.Add(new DotEnvEntry(key, value, number));
        }
        if (problems.Count == 0) return entries;
        var more = problems.Count > MostProblems ? $"\n{name}: and {problems.Count - MostProblems} more" : "";
        throw new UsageException(string.Join('\n', problems.Take(MostProblems)) + more);
    }
}
