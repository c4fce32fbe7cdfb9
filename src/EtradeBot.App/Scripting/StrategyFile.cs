using System.Text;
using EtradeBot.Strategies;

namespace EtradeBot.App.Scripting;

/// <summary>The text of one strategy file.</summary>
/// <param name="Name">As messages show it: relative to the working folder where that is shorter.</param>
sealed record StrategyFile(string Name, string Text)
{
    const int LargestBytes = 1 << 20;

    static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="StrategyException">No text, or far too long for a strategy.</exception>
    public static StrategyFile Read(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        var name = (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
        if (new FileInfo(path).Length > LargestBytes) throw new StrategyException($"{name}: a strategy file has at most 1 MB");
        try
        {
            return new StrategyFile(name, StrictUtf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException)
        {
            throw new StrategyException($"{name}: is not UTF-8 text");
        }
    }

    /// <summary>Whether it declares a class that would be listed under this name: a look at the text, without a compiler.</summary>
    public bool Declares(string strategyName)
    {
        const string keyword = "class";
        for (var at = 0; (at = Text.IndexOf(keyword, at, StringComparison.Ordinal)) >= 0;)
        {
            at += keyword.Length;
            var rest = Text.AsSpan(at).TrimStart();
            var length = 0;
            while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_')) length++;
            if (StrategyEntry.NameOf(rest[..length].ToString()).Equals(strategyName, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
