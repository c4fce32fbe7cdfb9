using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.Market;

namespace EtradeBot.Execution.Journaling;

/// <summary>One event a line: <c>{"n":1,"at":"...","event":{...},"hash":"..."}</c>. Each hash covers the one before, so that no line can be
/// altered, added or taken away unnoticed, but at the end.</summary>
static class JournalFormat
{
    /// <summary>Before the first line.</summary>
    public static readonly string Root = Convert.ToHexStringLower(SHA256.HashData("etrade-bot journal 1"u8));

    static readonly byte[] HashField = Encoding.ASCII.GetBytes(",\"hash\":\"");
    static readonly byte[] End = Encoding.ASCII.GetBytes("\"}");
    static readonly int SealLength = HashField.Length + Root.Length + End.Length;

    static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(), new SymbolConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The line with its end, and its hash.</summary>
    public static (byte[] Line, string Hash) Write(long number, DateTimeOffset at, JournalEvent what, string previous)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{number},\"at\":\"{at.UtcDateTime:O}\",\"event\":{JsonSerializer.Serialize(what, Options)}");
        var hash = HashOf(previous, Encoding.UTF8.GetBytes(body));
        return (Encoding.UTF8.GetBytes($"{body},\"hash\":\"{hash}\"}}\n"), hash);
    }

    /// <param name="line">Without its end.</param>
    /// <param name="problem">Why it is not the line that belongs here, in a few words; empty when it is.</param>
    public static JournalEntry? Read(ReadOnlySpan<byte> line, long number, string previous, out string problem)
    {
        problem = "";
        if (line.Length <= SealLength || !line.EndsWith(End) || !line[^SealLength..].StartsWith(HashField)) return Bad("it is not whole", out problem);
        var body = line[..^SealLength];
        var hash = Encoding.ASCII.GetString(line[(body.Length + HashField.Length)..^End.Length]);
        if (hash != HashOf(previous, body)) return Bad("its hash does not fit: it, or a line before it, was altered or is missing", out problem);
        try
        {
            var parts = JsonSerializer.Deserialize<Envelope>(Encoding.UTF8.GetString(body) + "}", Options);
            if (parts?.Event is null || parts.N != number) return Bad("it is not the next event", out problem);
            return new JournalEntry(number, parts.At, parts.Event, hash);
        }
        catch (Exception cause) when (cause is JsonException or NotSupportedException or FormatException)
        {
            // The hash is right: it was written so, by a later version of the program.
            return Bad("this version of the program does not know it: " + cause.Message, out problem);
        }
    }

    public static bool IsSame(JournalEvent one, JournalEvent other) => JsonSerializer.Serialize(one, Options) == JsonSerializer.Serialize(other, Options);

    static string HashOf(string previous, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(previous));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static JournalEntry? Bad(string words, out string problem)
    {
        problem = words;
        return null;
    }

    sealed record Envelope(long N, DateTimeOffset At, JournalEvent Event);

    sealed class SymbolConverter : JsonConverter<Symbol>
    {
        public override Symbol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Symbol.TryParse(reader.GetString() ?? "", out var symbol) ? symbol : throw new JsonException("not a symbol");

        public override void Write(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) => writer.WriteStringValue(value.Ticker);
    }
}
