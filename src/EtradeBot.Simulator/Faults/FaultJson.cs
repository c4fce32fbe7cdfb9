using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Faults;

/// <summary>Faults as JSON: one object or an array of them, with the names of <see cref="Fault"/> in camel case.</summary>
public static class FaultJson
{
    static readonly string[] Members = ["name", "call", "symbol", "skip", "times", "probability", "seconds", "value", "text", "id"];

    /// <exception cref="FormatException">Not JSON, or not faults of the catalogue; the message says which and what was meant.</exception>
    public static IReadOnlyList<Fault> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(Fault)] : [Fault(root)];
        }
        catch (JsonException problem)
        {
            throw new FormatException($"not well-formed JSON: {problem.Message}", problem);
        }
    }

    /// <summary>A file of faults.</summary>
    /// <exception cref="FormatException">As <see cref="Parse"/>; names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<Fault> ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{path}: {problem.Message}", problem);
        }
    }

    internal static void Write(Utf8JsonWriter json, Fault fault)
    {
        json.WriteStartObject();
        json.WriteNumber("id", fault.Id);
        json.WriteString("name", fault.Name);
        json.WriteString("call", fault.Call);
        json.WriteString("symbol", fault.Symbol);
        json.WriteNumber("skip", fault.Skip);
        WriteNumber(json, "times", fault.Times);
        json.WriteNumber("probability", fault.Probability);
        WriteNumber(json, "seconds", fault.Seconds);
        WriteNumber(json, "value", fault.Value);
        json.WriteString("text", fault.Text);
        json.WriteEndObject();
    }

    static Fault Fault(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException("a fault is an object such as {\"name\":\"lost-answer\",\"call\":\"place\"}");
        foreach (var member in element.EnumerateObject())
            if (!Members.Contains(member.Name)) throw new FormatException($"a fault has no '{member.Name}'.{Spelling.Question(member.Name, Members)} It has {string.Join(' ', Members)}.");
        var fault = new Fault(Text(element, "name") ?? throw new FormatException("a fault needs a name"))
        {
            Call = Text(element, "call") ?? "*",
            Symbol = Text(element, "symbol"),
            Skip = Whole(element, "skip") ?? 0,
            // Missing is once, null is until taken back.
            Times = element.TryGetProperty("times", out _) ? Whole(element, "times") : 1,
            Probability = Number(element, "probability") ?? 1,
            Seconds = Number(element, "seconds"),
            Value = Number(element, "value"),
            Text = Text(element, "text"),
        };
        return FaultRules.Problem(fault) is { } problem ? throw new FormatException(problem) : fault;
    }

    static string? Text(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => throw new FormatException($"{name} must be a text"),
    };

    static double? Number(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        _ => throw new FormatException($"{name} must be a number"),
    };

    static int? Whole(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetInt32(out var number) => number,
        _ => throw new FormatException($"{name} must be a whole number"),
    };

    static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
