using System.Globalization;
using EtradeBot.Learning;
using EtradeBot.Learning.Features;
using EtradeBot.Learning.Files;
using EtradeBot.Learning.Judgement;
using EtradeBot.Learning.Plans;
using EtradeBot.Learning.Registry;
using EtradeBot.Learning.Samples;
using EtradeBot.Market;
using EtradeBot.Training.Network;

namespace EtradeBot.Training.Pipeline;

/// <summary>What a training ends with.</summary>
/// <param name="Final">The network that is saved.</param>
sealed record TrainedModel(TrainingPlan Plan, string DataHash, IReadOnlyList<CandleSeries> Series, FitResult Final)
{
    const string Stem = "pattern_nn_v";

    /// <summary>Scaled; of the saved network.</summary>
    public required SampleSet Train { get; init; }

    /// <inheritdoc cref="Train"/>
    public required SampleSet Validation { get; init; }

    public required Scaler Scaler { get; init; }

    public required Comparison Comparison { get; init; }

    public required string FoldsInWords { get; init; }

    /// <summary>Writes the next version into a folder. The card comes last: what has a card is whole.</summary>
    /// <returns>The card's path.</returns>
    public string Save(string folder)
    {
        var name = $"{Stem}{1 + Directory.EnumerateFiles(folder, Stem + "*").Max(Version).GetValueOrDefault()}";
        var path = Path.Combine(folder, name);
        WholeFile.Write(path + ".pth", stream => NetworkFile.Write(stream, Final.Weights));
        WholeFile.Write(path + ".onnx", stream => OnnxFile.Write(stream, Final.Weights));
        WholeFile.Write(path + ".json", Card(name).Write);
        return path + ".json";
    }

    ModelCard Card(string name) => new()
    {
        Name = name,
        State = "shadow",
        Shape = Final.Weights.Shape,
        FeatureVersion = FeatureTable.Version,
        Features = Train.Features,
        Scaler = Scaler,
        Classes = Enum.GetNames<Outcome>(),
        SequenceLength = Plan.SequenceLength,
        Horizon = Plan.Horizon,
        Timeframe = Series[0].Timeframe.ToString(),
        LabelCost = Plan.CostBasisPoints / 10_000,
        Symbols = [.. Series.Select(s => s.Symbol.Ticker)],
        DataHash = DataHash,
        TrainedFrom = new(Train.Samples[0].DecidedAt, TimeSpan.Zero),
        TrainedTo = new(Math.Max(Train.Samples.Max(s => s.KnownAt), Validation.Samples.Max(s => s.KnownAt)), TimeSpan.Zero),
        Split = FoldsInWords,
        Seed = Plan.Fit.Seed,
        Options = Plan.Options(),
        Scores = Comparison.Rows,
        Verdict = Comparison.Verdict,
        Bins = FeatureBins.Of(Train),
        Versions = new Dictionary<string, string>
        {
            ["etrade-bot"] = Of(typeof(FeatureTable)),
            ["TorchSharp"] = Of(typeof(TorchSharp.torch)),
        },
    };

    static int? Version(string path) =>
        int.TryParse(Path.GetFileName(path)[Stem.Length..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    static string Of(Type type) => type.Assembly.GetName().Version!.ToString(3);
}
