using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.App.Reports;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Candles of a run as they were.</summary>
sealed record RequestData(string Symbol, string Timeframe, string Source, long Candles, string Sha256);

/// <summary>request.json: what was asked for, by what code, on what candles. Enough to run it again exactly, or to say what has changed.</summary>
sealed record RunRequest
{
    public const string FileName = "request.json";

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public int Format { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required string By { get; init; }

    public string? AgainOf { get; init; }

    public required RunState State { get; init; }

    public string Problem { get; init; } = "";

    /// <summary>Every field of the form, defaults included.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>Every parameter of the strategy as it ran, defaults included.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public string EngineVersion { get; init; } = "";

    /// <summary>Another build, another identity, whatever the version says.</summary>
    public string EngineBuild { get; init; } = "";

    /// <summary>File of an own strategy; empty for a built-in one.</summary>
    public string StrategyFile { get; init; } = "";

    /// <summary>SHA-256 of that file's text; empty for a built-in one.</summary>
    public string StrategySha256 { get; init; } = "";

    public IReadOnlyList<RequestData> Data { get; init; } = [];

    [JsonIgnore]
    public BacktestForm Form => BacktestForm.Of(Fields);

    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, Json);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Null where there is none, or none that can be read.</summary>
    public static RunRequest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<RunRequest>(stream, Json);
        }
        catch (JsonException)
        {
            // Edited by hand: the results beside it are shown, and it cannot be run again.
            return null;
        }
    }

    /// <summary>The same request with what was really run.</summary>
    public RunRequest With(RunRecord run, RunCode code) => this with
    {
        State = RunState.Finished,
        Parameters = run.Parameters.ToDictionary(parameter => parameter.Name, parameter => JsonValues.Words(parameter.Value)),
        EngineVersion = run.EngineVersion,
        EngineBuild = code.Build,
        StrategyFile = code.StrategyFile,
        StrategySha256 = code.StrategySha256,
        Data = [.. run.Result.Candles.Select(series => new RequestData(series.Symbol.Ticker, series.Timeframe.ToString(), series.Origin.Source, series.Count, run.DataHashes[series.Symbol]))],
    };
}

/// <summary>The code of a run.</summary>
/// <param name="Build">Identity of the engine's build.</param>
sealed record RunCode(string Build, string StrategyFile, string StrategySha256)
{
    public static string EngineBuild { get; } = typeof(EtradeBot.Backtests.Backtest).Module.ModuleVersionId.ToString("N");

    public static RunCode Of(Strategies.StrategyEntry strategy)
    {
        var hash = StrategyShelf.SourceHash(strategy);
        return new(EngineBuild, hash.Length > 0 ? strategy.Origin : "", hash);
    }
}
