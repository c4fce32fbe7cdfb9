using System.Text.Json;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>That a trader lives: a small file in its trading folder, written anew every few seconds, and read by another process.</summary>
/// <param name="At">This machine's time of the last look.</param>
/// <param name="BeatAt">This machine's time at which the order path was last seen to have done a round.</param>
/// <param name="Decided">When the last decision was made; null before the first.</param>
/// <param name="Held">Symbols with shares of the program.</param>
/// <param name="HasEnded">It was stopped by a person: silence from here on is no alarm.</param>
sealed record TraderPulse(DateTimeOffset At, DateTimeOffset BeatAt, DateTimeOffset? Decided, int Process, int Held, bool HasEnded)
{
    /// <summary>A bot runs, or was asked for.</summary>
    public bool HasBot { get; init; }

    public const string FileName = "pulse.json";

    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(PathIn(folder), stream => JsonSerializer.Serialize(stream, this));
    }

    /// <returns>Null where nobody has traded from the folder since pulses are kept, or the file cannot be read now.</returns>
    public static TraderPulse? Read(string folder)
    {
        try
        {
            return File.Exists(PathIn(folder)) ? JsonSerializer.Deserialize<TraderPulse>(File.ReadAllBytes(PathIn(folder))) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
