namespace EtradeBot.Execution.Journaling;

/// <summary>The journal is damaged, or is not the one that was expected. The message names the line and the remedy.</summary>
public sealed class JournalException : IOException
{
    public JournalException(string message) : base(message)
    {
    }
}

/// <summary>What the bytes of a journal say.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="Head">Hash of the last whole line.</param>
/// <param name="Length">Bytes of all whole lines.</param>
/// <param name="Torn">What follows them: a line whose writing was cut short; empty when there is none.</param>
public sealed record JournalReading(IReadOnlyList<JournalEntry> Entries, string Head, long Length, byte[] Torn)
{
    /// <summary>Reads and checks every line.</summary>
    /// <exception cref="JournalException">A line other than the last is damaged.</exception>
    public static JournalReading Of(ReadOnlySpan<byte> bytes)
    {
        var entries = new List<JournalEntry>();
        var (head, start) = (JournalFormat.Root, 0);
        while (start < bytes.Length)
        {
            var length = bytes[start..].IndexOf((byte)'\n');
            if (length < 0) break;
            if (JournalFormat.Read(bytes.Slice(start, length), entries.Count + 1, head, out var problem) is not { } entry)
            {
                // Sectors of an unfinished write arrive in any order: its end may be there without its middle. Nothing may follow it, though.
                if (start + length + 1 >= bytes.Length) break;
                throw new JournalException($"line {entries.Count + 1} of {Journal.FileName} is damaged: {problem}. Nothing is traded on it: put the file back from a backup, or move it away and start anew with a look at E*TRADE");
            }
            entries.Add(entry);
            (head, start) = (entry.Hash, start + length + 1);
        }
        return new JournalReading(entries, head, start, bytes[start..].ToArray());
    }
}
