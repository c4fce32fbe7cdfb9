using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EtradeBot.Execution.World;

/// <summary>Everything that happened in a world, in order: a line each, with the true time since its beginning.</summary>
sealed class WorldTrace(Func<TimeSpan> passed)
{
    readonly StringBuilder _text = new();

    /// <summary>The line added last.</summary>
    public string Last { get; private set; } = "";

    public void Add(string what)
    {
        Last = what;
        _text.Append(CultureInfo.InvariantCulture, $"{passed().TotalSeconds:0.000000} {what}\n");
    }

    public void Add(string what, string name, ReadOnlySpan<byte> bytes) => Add($"{what} {name}: {Sum(bytes)}");

    public override string ToString() => _text.ToString();

    /// <summary>Length and hash.</summary>
    public static string Sum(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return $"{bytes.Length.ToString(CultureInfo.InvariantCulture)}:{Convert.ToHexStringLower(hash[..6])}";
    }
}
