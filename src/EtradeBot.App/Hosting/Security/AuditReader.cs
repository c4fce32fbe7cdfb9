using System.Text;
using System.Text.Json;

namespace EtradeBot.App.Hosting.Security;

/// <summary>Where the audit log does not fit together.</summary>
/// <param name="Line">From 1.</param>
sealed record AuditFault(int Line, string Why);

/// <param name="Entries">Newest first.</param>
/// <param name="Faults">Empty when every line follows from the one before.</param>
sealed record AuditReport(IReadOnlyList<AuditEntry> Entries, IReadOnlyList<AuditFault> Faults);

/// <summary>Reads the audit log and checks its chain.</summary>
/// <remarks>The chain shows lines that were changed, put in or taken out from between. It cannot show that the end was cut off, or that somebody who may
/// write the file made the whole chain anew: whoever wants to be safe from that keeps a copy elsewhere.</remarks>
static class AuditReader
{
    const int MostFaults = 20;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AuditReport Read(AuditLog log)
    {
        if (!File.Exists(log.Path)) return new([], []);
        var entries = new List<AuditEntry>();
        var faults = new List<AuditFault>();
        var previous = AuditLog.HashOf([]);
        var number = 0;
        foreach (var line in Lines(log))
        {
            number++;
            if (Parse(line) is { } parsed)
            {
                if (parsed.Previous != previous && faults.Count < MostFaults) faults.Add(new(number, number == 1 ? "lines before it are missing" : $"it does not follow from line {number - 1}: that one was changed, or lines between were taken out or put in"));
                else if (!parsed.IsUnchanged && faults.Count < MostFaults) faults.Add(new(number, "it was changed"));
                entries.Add(new AuditEntry(parsed.At, parsed.Actor, parsed.Action, parsed.Detail));
            }
            else if (faults.Count < MostFaults)
            {
                faults.Add(new(number, "it is damaged, or the program was stopped while it was written"));
            }
            previous = AuditLog.HashOf(Encoding.UTF8.GetBytes(line));
        }
        entries.Reverse();
        return new(entries, faults);
    }

    static IEnumerable<string> Lines(AuditLog log)
    {
        using var file = log.OpenToRead();
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line) yield return line;
    }

    static AuditLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditLine>(line) is { Actor: not null, Action: not null, Detail: not null, Previous: not null } parsed ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
