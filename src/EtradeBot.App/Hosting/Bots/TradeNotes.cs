using System.Text.Encodings.Web;
using System.Text.Json;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>What a person thinks of a trade.</summary>
/// <param name="Tags">Such as <c>chased</c>; lower case, each once.</param>
public sealed record TradeNote(string Text, IReadOnlyList<string> Tags, string By, DateTimeOffset At);

/// <summary><c>notes.json</c> of a trading folder: notes and tags by the name of the entry. Safe for several threads.</summary>
sealed class TradeNotes(TradingRecord record, AuditLog audit, TimeProvider time)
{
    public const string FileName = "notes.json";

    const int LongestNote = 4_000, MostTags = 12, LongestTag = 32;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Lock _gate = new();

    /// <summary>By the name of the entry.</summary>
    /// <exception cref="IOException">The file is damaged or cannot be read.</exception>
    public IReadOnlyDictionary<string, TradeNote> Read()
    {
        lock (_gate) return record.Folder is { } folder ? Load(PathIn(folder)) : [];
    }

    /// <summary>Keeps a note; an empty one without tags is taken away.</summary>
    /// <param name="tags">With commas or spaces between them.</param>
    /// <exception cref="NotAllowedException">Not a trader.</exception>
    /// <exception cref="FormatException">It is too long; nothing has changed.</exception>
    /// <exception cref="IOException">It cannot be kept, or what is there cannot be read; nothing has changed.</exception>
    public void Save(Actor actor, string entry, string text, string tags)
    {
        actor.Require(Role.Trader);
        var words = tags.Split([',', ' ', ';', '#'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.ToLowerInvariant()).Distinct().ToList();
        if (text.Length > LongestNote) throw new FormatException($"a note has at most {LongestNote} letters, this has {text.Length}");
        if (words.Count > MostTags || words.Any(word => word.Length > LongestTag)) throw new FormatException($"a trade has at most {MostTags} tags of {LongestTag} letters each");
        if (record.Folder is not { } folder) throw new IOException("nothing has been traded yet");
        lock (_gate)
        {
            var notes = Load(PathIn(folder));
            if (text.Trim().Length == 0 && words.Count == 0) notes.Remove(entry);
            else notes[entry] = new TradeNote(text.Trim(), words, actor.Name, time.GetUtcNow());
            audit.Write(actor, "trade.note", $"{entry}: {(words.Count > 0 ? string.Join(", ", words) : "no tags")}, {text.Trim().Length} letters");
            AtomicFile.Write(PathIn(folder), stream => JsonSerializer.Serialize(stream, notes, Json));
        }
    }

    static string PathIn(Execution.Sessions.TradingFolder folder) => Path.Combine(folder.Path, FileName);

    static SortedDictionary<string, TradeNote> Load(string path)
    {
        if (!File.Exists(path)) return new(StringComparer.Ordinal);
        try
        {
            return JsonSerializer.Deserialize<SortedDictionary<string, TradeNote>>(File.ReadAllBytes(path), Json) ?? new(StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is JsonException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be read: {problem.Message}. Mend it, or move it away", problem);
        }
    }
}
