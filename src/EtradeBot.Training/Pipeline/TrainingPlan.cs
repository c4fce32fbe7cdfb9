using System.Globalization;
using System.Text.Json;
using EtradeBot.Training.Network;

namespace EtradeBot.Training.Pipeline;

/// <summary>What is trained, from which candles, into which folder.</summary>
sealed record TrainingPlan
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Folder of SYMBOL.csv files; null when <see cref="DataFile"/> is given.</summary>
    public string? DataFolder { get; init; }

    public string? DataFile { get; init; }

    public int SequenceLength { get; init; } = 10;

    public int Horizon { get; init; } = 1;

    /// <summary>Smallest move that counts, in hundredths of a percent.</summary>
    public double CostBasisPoints { get; init; } = 10;

    public int Folds { get; init; } = 3;

    /// <summary>Networks a fold, each of another seed; their probabilities are averaged.</summary>
    public int Seeds { get; init; } = 1;

    public FitOptions Fit { get; init; } = new();

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static TrainingPlan FromJson(string json) => JsonSerializer.Deserialize<TrainingPlan>(json, Json) ?? throw new JsonException("an empty plan");

    /// <summary>By their command line names, for the model card.</summary>
    public Dictionary<string, string> Options() => new()
    {
        ["epochs"] = Text(Fit.Epochs),
        ["seq-len"] = Text(SequenceLength),
        ["lr"] = Text(Fit.LearningRate),
        ["batch-size"] = Text(Fit.BatchSize),
        ["hidden"] = Text(Fit.Hidden),
        ["layers"] = Text(Fit.Layers),
        ["dropout"] = Text(Fit.Dropout),
        ["patience"] = Text(Fit.Patience),
        ["seed"] = Text(Fit.Seed),
        ["seeds"] = Text(Seeds),
        ["device"] = Fit.Device,
        ["horizon"] = Text(Horizon),
        ["cost"] = Text(CostBasisPoints),
        ["folds"] = Text(Folds),
    };

    static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
