using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.Execution.Disk;

namespace EtradeBot.Execution.Sessions;

/// <summary>Whether a person, or a loss limit, has pulled the brake.</summary>
/// <param name="By">Who did so, or who took it back.</param>
/// <param name="Flatten">Positions of this program are to be sold, too.</param>
public sealed record KillFacts(bool IsKilled, string By, string Reason, bool Flatten, DateTimeOffset At)
{
    public static readonly KillFacts None = new(false, "", "", false, default);
}

/// <summary>The brake: a small file, written before anything else is done about it. Whoever may send orders looks at it right before each; it outlives
/// every restart, and works from another process, whether this program runs or not.</summary>
public sealed class KillFlag(IDisk disk, TimeProvider time)
{
    /// <summary>Strict, since a name spoiled by the disk must not read as "not killed".</summary>
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>As the disk has it now. A file that cannot be read may say "killed": it counts so.</summary>
    public KillFacts Read()
    {
        try
        {
            if (disk.Read(TradingFolder.KillFile) is not { } bytes) return KillFacts.None;
            return JsonSerializer.Deserialize<KillFacts>(bytes, Options) ?? Unreadable("it is empty");
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            return Unreadable(problem.Message);
        }
    }

    /// <exception cref="IOException">It is not surely on the disk: a restart might forget it.</exception>
    public void Raise(string by, string reason, bool flatten) => Write(new KillFacts(true, by, reason, flatten, time.GetUtcNow()));

    /// <exception cref="IOException">It stays as it is.</exception>
    public void Clear(string by) => Write(new KillFacts(false, by, "", false, time.GetUtcNow()));

    void Write(KillFacts facts) => disk.Replace(TradingFolder.KillFile, JsonSerializer.SerializeToUtf8Bytes(facts, Options));

    KillFacts Unreadable(string why) => new(true, "", $"{TradingFolder.KillFile} cannot be read ({why.TrimEnd('.')}), and it may say so: clear it when you are sure", false, time.GetUtcNow());
}
