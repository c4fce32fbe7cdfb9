using System.Text.Json;
using EtradeBot.Learning.Files;
using EtradeBot.Learning.Judgement;
using EtradeBot.Learning.Samples;

namespace EtradeBot.Learning.Registry;

/// <summary>The side file of a model: what it was made of and what it is worth. Written beside the .pth and the .onnx of the same name.</summary>
/// <remarks>Holds no time of the clock, so that two runs of one seed write the same bytes; <see cref="TrainedTo"/> tells a model's age.</remarks>
public sealed record ModelCard
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    /// <summary>File name without ending: pattern_nn_v1.</summary>
    public required string Name { get; init; }

    /// <summary>shadow (judged, not trusted), champion or retired.</summary>
    public required string State { get; init; }

    public required NetworkShape Shape { get; init; }

    public required int FeatureVersion { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public required Scaler Scaler { get; init; }

    /// <summary>Meaning of the network's outputs, in order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    public required int SequenceLength { get; init; }

    /// <summary>Candles ahead that are predicted.</summary>
    public required int Horizon { get; init; }

    /// <summary>1d, 5m, ...</summary>
    public required string Timeframe { get; init; }

    /// <summary>Smallest move that is no <see cref="Outcome.Flat"/>, as a fraction.</summary>
    public required double LabelCost { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>SHA-256 over the hashes of all candles.</summary>
    public required string DataHash { get; init; }

    /// <summary>Close of the first candle that was learned from, UTC.</summary>
    public required DateTimeOffset TrainedFrom { get; init; }

    /// <summary>When the last label used (to fit or to stop the fit) was known, UTC: a backtest of the model may begin after it.</summary>
    public required DateTimeOffset TrainedTo { get; init; }

    /// <summary>The folds in words.</summary>
    public required string Split { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The options of the training, by their command line names.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Walk-forward scores, the model first, then what it has to beat.</summary>
    public required IReadOnlyList<ScoreRow> Scores { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Distribution of each scaled feature in the training part, against which drift is measured.</summary>
    public required IReadOnlyList<FeatureBins> Bins { get; init; }

    /// <summary>Of the program and the libraries.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, Json);
        stream.Write("\n"u8);
    }

    /// <exception cref="ModelFileException">Missing or damaged; names the file.</exception>
    public static ModelCard Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<ModelCard>(stream, Json) ?? throw new JsonException("it is empty");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelFileException($"{path} is no usable model card: {problem.Message}", problem);
        }
    }
}
