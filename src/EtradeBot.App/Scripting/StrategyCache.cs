using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EtradeBot.App.Storage;
using EtradeBot.Strategies;

namespace EtradeBot.App.Scripting;

/// <summary>Keeps compiled strategy files, so that an unchanged file starts without the compiler.</summary>
/// <remarks>One file for each strategy file: the key, a hash of the rest, the length of the assembly, the assembly, its symbols.
/// What does not fit its key or its hash is compiled anew and replaced.</remarks>
sealed class StrategyCache(string folder)
{
    /// <summary>The kept form of the file, or a new one made by <paramref name="compile"/>.</summary>
    public CompiledStrategy GetOrAdd(StrategyFile file, Func<StrategyFile, CompiledStrategy> compile)
    {
        var key = KeyOf(file);
        var path = Path.Combine(folder, Path.GetFileNameWithoutExtension(file.Name) + ".compiled");
        if (Read(path, key) is { } kept) return kept;
        var compiled = compile(file);
        try
        {
            Write(path, key, compiled);
        }
        catch (IOException)
        {
            // A full or read-only disk costs the next start its second, and this run nothing.
        }
        return compiled;
    }

    /// <summary>Changes with the text, its name (it is in the symbols), this program and the library the text is compiled against.</summary>
    static byte[] KeyOf(StrategyFile file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(StrategyCache).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(typeof(Strategy).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(Encoding.UTF8.GetBytes($"{Environment.Version}\0{file.Name}\0{file.Text}"));
        return hash.GetHashAndReset();
    }

    static CompiledStrategy? Read(string path, byte[] key)
    {
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path).AsSpan();
        const int hash = SHA256.HashSizeInBytes;
        if (bytes.Length < 2 * hash + sizeof(int) || !bytes[..hash].SequenceEqual(key)) return null;
        var rest = bytes[(2 * hash)..];
        if (!SHA256.HashData(rest).AsSpan().SequenceEqual(bytes.Slice(hash, hash))) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        return new CompiledStrategy(rest.Slice(sizeof(int), length).ToArray(), rest[(sizeof(int) + length)..].ToArray());
    }

    static void Write(string path, byte[] key, CompiledStrategy compiled)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, compiled.Assembly.Length);
        byte[] rest = [.. length, .. compiled.Assembly, .. compiled.Symbols];
        AtomicFile.Write(path, stream =>
        {
            stream.Write(key);
            stream.Write(SHA256.HashData(rest));
            stream.Write(rest);
        });
    }
}
