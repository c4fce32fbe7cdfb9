using System.Security.Cryptography;
using System.Text;

namespace EtradeBot.Execution.World;

/// <summary>What lies on the disk of the virtual machine, over all lives of the program.</summary>
sealed class VirtualDisk
{
    readonly SortedDictionary<string, List<Part>> _files = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>As the running program sees it: what it has written, flushed or not. Null without such a file.</summary>
    public byte[]? Read(string name) => _files.TryGetValue(name, out var parts) ? [.. parts.SelectMany(part => part.Bytes)] : null;

    /// <summary>What is sure to be there after a power cut; empty without such a file.</summary>
    public byte[] Safe(string name) => _files.TryGetValue(name, out var parts) ? [.. parts.Where(part => part.IsSafe).SelectMany(part => part.Bytes)] : [];

    /// <summary>Adds bytes that nobody can count on until <see cref="Flush"/>.</summary>
    public void Add(string name, ReadOnlySpan<byte> bytes)
    {
        if (!_files.TryGetValue(name, out var parts)) _files[name] = parts = [];
        parts.Add(new Part(bytes.ToArray(), false));
    }

    /// <summary>The bytes added last are safe. What an earlier flush has failed for stays in doubt: a later one does not write it again.</summary>
    public void Flush(string name)
    {
        var parts = _files[name];
        if (parts.Count > 1 && parts[^2].IsSafe)
        {
            // Journals grow by small pieces: kept as one, reading them stays cheap.
            parts[^2] = new Part([.. parts[^2].Bytes, .. parts[^1].Bytes], true);
            parts.RemoveAt(parts.Count - 1);
            return;
        }
        parts[^1] = parts[^1] with { IsSafe = true };
    }

    public void Put(string name, ReadOnlySpan<byte> bytes) => _files[name] = [new Part(bytes.ToArray(), true)];

    public void Cut(string name, long length) => Put(name, Read(name).AsSpan(0, (int)length));

    /// <summary>The machine stopped: of each piece in doubt the beginning is left. In the middle of a file what is lost reads as zeros.</summary>
    public void Settle(Dice dice)
    {
        foreach (var (name, parts) in _files.ToList())
        {
            if (parts.TrueForAll(part => part.IsSafe)) continue;
            var left = new List<byte>();
            for (var i = 0; i < parts.Count; i++)
            {
                var part = parts[i];
                var kept = part.IsSafe ? part.Bytes.Length : dice.Below(part.Bytes.Length + 1);
                left.AddRange(part.Bytes[..kept]);
                if (parts.Skip(i + 1).Any(later => later.IsSafe)) left.AddRange(new byte[part.Bytes.Length - kept]);
                else if (kept < part.Bytes.Length) break;
            }
            Put(name, left.ToArray());
        }
    }

    /// <summary>Something went wrong at the end of a file: cut, overwritten with zeros, or rubbish behind it.</summary>
    /// <returns>What was done; null when nothing is written yet.</returns>
    public string? SpoilTail(Dice dice)
    {
        if (AnyFile(dice) is not { } name) return null;
        var bytes = Read(name)!;
        var count = 1 + dice.Below(Math.Min(80, bytes.Length));
        switch (dice.Below(3))
        {
            case 0:
                Put(name, bytes.AsSpan(0, bytes.Length - count));
                return $"{name}: the last {count} bytes are missing";
            case 1:
                bytes.AsSpan(bytes.Length - count).Clear();
                Put(name, bytes);
                return $"{name}: the last {count} bytes are zeros";
            default:
                Put(name, [.. bytes, .. Enumerable.Range(0, count).Select(_ => (byte)dice.Next())]);
                return $"{name}: {count} bytes of rubbish at the end";
        }
    }

    /// <summary>A bit is flipped within the first three quarters of a file.</summary>
    /// <inheritdoc cref="SpoilTail"/>
    public string? SpoilMiddle(Dice dice)
    {
        if (AnyFile(dice) is not { } name) return null;
        var bytes = Read(name)!;
        var place = dice.Below(Math.Max(1, bytes.Length * 3 / 4));
        bytes[place] ^= (byte)(1 << dice.Below(8));
        var follow = bytes.AsSpan(place + 1).Count((byte)'\n');
        Put(name, bytes);
        return $"{name}: a bit of byte {place} of {bytes.Length} is flipped, {follow} ends of lines follow";
    }

    /// <summary>Of names and contents, for comparing two runs.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in _files.Keys)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            hash.AppendData(SHA256.HashData(Read(name)!));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    string? AnyFile(Dice dice)
    {
        var names = _files.Keys.Where(name => Read(name)!.Length > 0).ToList();
        return names.Count == 0 ? null : dice.Of(names);
    }

    readonly record struct Part(byte[] Bytes, bool IsSafe);
}
