using System.Globalization;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Protocol;

/// <summary>What is asked of the simulated clock; null leaves a thing as it is.</summary>
sealed record ClockChange(double? Speed, DateTimeOffset? JumpTo, bool? Pause)
{
    static readonly string[] Members = ["speed", "jumpTo", "pause"];

    /// <exception cref="FormatException">Something else than <c>{"speed":60,"jumpTo":"2026-03-10T14:00:00Z","pause":false}</c> or a part of it.</exception>
    public static ClockChange Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(document.RootElement);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"not well-formed JSON: {problem.Message}", problem);
        }
    }

    static ClockChange Of(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("the clock takes an object with speed, jumpTo or pause");
        var change = new ClockChange(null, null, null);
        foreach (var member in root.EnumerateObject())
        {
            change = (member.Name, member.Value.ValueKind) switch
            {
                ("speed", JsonValueKind.Number) => change with { Speed = member.Value.GetDouble() },
                ("jumpTo", JsonValueKind.String) => change with { JumpTo = Instant(member.Value.GetString()!) },
                ("pause", JsonValueKind.True or JsonValueKind.False) => change with { Pause = member.Value.GetBoolean() },
                ("speed" or "jumpTo" or "pause", _) => throw new FormatException($"{member.Name} cannot be {member.Value.GetRawText()}: use speed: 60, jumpTo: \"2026-03-10T14:00:00Z\", pause: true"),
                _ => throw new FormatException($"the clock has no '{member.Name}'.{Spelling.Question(member.Name, Members)} It has speed, jumpTo and pause."),
            };
        }
        return change;
    }

    static DateTimeOffset Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new FormatException($"jumpTo '{text}' is not an instant: write it as 2026-03-10T14:00:00Z");
}
