using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EtradeBot.Simulator.Market;
using EtradeBot.Simulator.Protocol.OAuth;

namespace EtradeBot.Simulator.Hosting;

/// <summary>All that a restart must not forget. Prints as ****, for it holds the tokens.</summary>
/// <param name="World">Which market the books belong to.</param>
/// <param name="Books">The broker's own document.</param>
sealed record KeptState(string World, ClockState Clock, string Books)
{
    public required int TokensDrawn { get; init; }

    public required IReadOnlyList<AccessToken> Tokens { get; init; }

    public required IReadOnlyCollection<long> AlertsRead { get; init; }

    public required IReadOnlyCollection<long> AlertsDeleted { get; init; }

    public override string ToString() => "****";
}

/// <summary>The state file: JSON, always whole, readable by its owner only.</summary>
/// <remarks>Written beside the target and renamed over it, so that a process killed at any moment leaves the old file or the new one.</remarks>
static class StateFile
{
    const string Format = "etrade-bot simulator state";
    const int Version = 1;

    /// <exception cref="IOException">The file cannot be written; the one before is unchanged.</exception>
    public static void Write(string path, KeptState state)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(temporary, options))
            using (var json = new Utf8JsonWriter(stream))
                Document(state).WriteTo(json);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw new IOException($"cannot write the state file {path}: {problem.Message.TrimEnd('.')}; what was there before is unchanged", problem);
        }
    }

    /// <summary>Null when there is no such file yet.</summary>
    /// <exception cref="FormatException">The file is damaged, or of another version; it is left as it is.</exception>
    public static KeptState? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return Parse(JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new FormatException("it holds no object"));
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw Damaged(path, problem);
        }
    }

    public static FormatException Damaged(string path, Exception problem) =>
        new($"the state file {path} cannot be used: {problem.Message.TrimEnd('.')}. It was left as it is: name another with --state, or move it away to begin anew", problem);

    static JsonObject Document(KeptState state) => new()
    {
        ["format"] = Format,
        ["version"] = Version,
        ["world"] = state.World,
        ["clock"] = new JsonObject { ["now"] = state.Clock.Now, ["speed"] = state.Clock.Speed, ["paused"] = state.Clock.IsPaused },
        ["tokensDrawn"] = state.TokensDrawn,
        ["tokens"] = new JsonArray([.. state.Tokens.Select(token => (JsonNode)new JsonObject
        {
            ["value"] = token.Value, ["secret"] = token.Secret, ["issuedAt"] = token.IssuedAt, ["usedAt"] = token.UsedAt, ["dead"] = token.IsDead,
        })]),
        ["alertsRead"] = Numbers(state.AlertsRead),
        ["alertsDeleted"] = Numbers(state.AlertsDeleted),
        ["books"] = JsonNode.Parse(state.Books),
    };

    static KeptState Parse(JsonObject document)
    {
        if ((string?)document["format"] != Format) throw new FormatException("it is no state of this simulator");
        if ((int)Part(document, "version") != Version) throw new FormatException($"it has version {document["version"]}, this program reads version {Version}");
        var clock = Part(document, "clock").AsObject();
        return new KeptState(
            (string)Part(document, "world")!,
            new ClockState((DateTimeOffset)Part(clock, "now"), (double)Part(clock, "speed"), (bool)Part(clock, "paused")),
            Part(document, "books").ToJsonString())
        {
            TokensDrawn = (int)Part(document, "tokensDrawn"),
            Tokens = [.. Objects(document, "tokens").Select(Token)],
            AlertsRead = [.. Part(document, "alertsRead").AsArray().Select(id => (long)id!)],
            AlertsDeleted = [.. Part(document, "alertsDeleted").AsArray().Select(id => (long)id!)],
        };
    }

    static AccessToken Token(JsonObject token) =>
        new((string)Part(token, "value")!, (string)Part(token, "secret")!, (DateTimeOffset)Part(token, "issuedAt"))
        {
            UsedAt = (DateTimeOffset)Part(token, "usedAt"),
            IsDead = (bool)Part(token, "dead"),
        };

    static IEnumerable<JsonObject> Objects(JsonObject document, string name) => Part(document, name).AsArray().Select(entry => entry!.AsObject());

    static JsonNode Part(JsonObject document, string name) => document[name] ?? throw new FormatException($"it has no {name}");

    static JsonArray Numbers(IEnumerable<long> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);
}
