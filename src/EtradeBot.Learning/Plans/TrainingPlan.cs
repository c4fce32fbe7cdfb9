using System.Globalization;
using System.Text.Json;

namespace EtradeBot.Learning.Plans;

/// <summary>What is trained, from which candles, into which folder.</summary>
public sealed record TrainingPlan
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

    public FitOptions Fit { get; init; } = new();

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">Not a plan.</exception>
    public static TrainingPlan FromJson(string json) => JsonSerializer.Deserialize<TrainingPlan>(json, Json) ?? throw new JsonException("an empty plan");

    /// <summary>The first thing wrong with it, in words with the option's name; null: nothing.</summary>
    public string? Problem() => this switch
    {
        { DataFolder: null, DataFile: null } => "which candles? Add --data-dir DIR or --data FILE",
        { DataFolder: not null, DataFile: not null } => "--data-dir and --data exclude each other",
        { SequenceLength: < 1 or > 500 } => $"--seq-len {SequenceLength} is not between 1 and 500",
        { Horizon: < 1 or > 100 } => $"--horizon {Horizon} is not between 1 and 100",
        { CostBasisPoints: not (>= 0 and <= 1000) } => $"--cost {Text(CostBasisPoints)} is not between 0 and 1000 basis points",
        { Folds: < 1 or > 20 } => $"--folds {Folds} is not between 1 and 20",
        _ => Fit.Problem(),
    };

    /// <summary>By their command line names, for the model card.</summary>
    public IReadOnlyDictionary<string, string> Options() => new Dictionary<string, string>
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
        ["device"] = Fit.Device,
        ["horizon"] = Text(Horizon),
        ["cost"] = Text(CostBasisPoints),
        ["folds"] = Text(Folds),
    };

    static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
