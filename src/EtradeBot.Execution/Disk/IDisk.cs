namespace EtradeBot.Execution.Disk;

/// <summary>The files of one folder, as the order path needs them. What a method has written survives the end of the process and of the machine
/// once the method has returned.</summary>
/// <remarks>After an <see cref="IOException"/> nobody knows what the disk holds: only reading it anew tells.</remarks>
public interface IDisk
{
    /// <returns>All bytes; null when there is no such file.</returns>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    byte[]? Read(string name);

    /// <summary>Adds bytes at the end of a file, which comes into being with the first.</summary>
    /// <exception cref="IOException">The bytes are not surely on the disk; a part of them may be.</exception>
    void Append(string name, ReadOnlySpan<byte> bytes);

    /// <summary>Puts a whole file in the place of another: afterwards, and after any failure, there is the old one or the new one.</summary>
    /// <exception cref="IOException">The new one is not surely on the disk.</exception>
    void Replace(string name, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the end of a file off.</summary>
    /// <exception cref="IOException">The file may have its old length still.</exception>
    void Truncate(string name, long length);
}
