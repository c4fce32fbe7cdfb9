using EtradeBot.Execution.Disk;

namespace EtradeBot.Execution.Journaling;

/// <summary>Files in memory. The next writes may fail, with a part of their bytes written.</summary>
sealed class MemoryDisk : IDisk
{
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Bytes of the next writes that still arrive; null: no failure.</summary>
    public int? FailsAfter { get; set; }

    public byte[]? Read(string name) => Files.GetValueOrDefault(name);

    public void Append(string name, ReadOnlySpan<byte> bytes)
    {
        var arriving = FailsAfter is { } most && most < bytes.Length ? bytes[..most] : bytes;
        Files[name] = [.. Files.GetValueOrDefault(name) ?? [], .. arriving];
        if (FailsAfter is not null) throw new IOException("the disk is full");
    }

    public void Replace(string name, ReadOnlySpan<byte> bytes) => Files[name] = FailsAfter is null ? bytes.ToArray() : throw new IOException("the disk is full");

    public void Truncate(string name, long length) => Files[name] = FailsAfter is null ? Files[name][..(int)length] : throw new IOException("the disk is full");
}
