using EtradeBot.Learning;
using EtradeBot.Learning.Plans;

namespace EtradeBot.Training.Network;

public sealed class FitTests : IDisposable
{
    static readonly FitOptions Options = new() { Hidden = 8, Epochs = 6, BatchSize = 64, LearningRate = 1e-2, Dropout = 0.2 };

    readonly string _folder = Directory.CreateTempSubdirectory("etrade-bot-fit").FullName;

    string Checkpoint => Path.Combine(_folder, "checkpoint.pth");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_planted_rule_is_learned_to_nine_tenths_of_what_can_be_reached()
    {
        // Four labels of five follow the rule, and a third of the others by chance.
        const double reachable = 0.8 + (0.2 / 3);
        var (train, validation) = Planted.Split(Planted.Samples(4000, signal: 0.8));
        var weights = Run(Options with { Epochs = 15 }, train, validation).Weights;
        var fresh = Planted.Samples(2000, signal: 0.8, seed: 2);
        Assert.InRange(Accuracy(weights, fresh), 0.9 * reachable, 1);
    }

    [Fact]
    public void Noise_stops_early_and_predicts_no_better_than_chance()
    {
        var (train, validation) = Planted.Split(Planted.Samples(2000, signal: 0));
        var result = Run(Options with { Epochs = 60, Patience = 4 }, train, validation);
        Assert.InRange(result.Losses.Count, 5, 59);
        Assert.Equal(result.BestEpoch + 4, result.Losses.Count);
        Assert.InRange(Accuracy(result.Weights, Planted.Samples(2000, signal: 0, seed: 2)), 0.28, 0.39);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_gives_others()
    {
        var (train, validation) = Planted.Split(Planted.Samples(600, signal: 0.8));
        var first = Run(Options, train, validation);
        Same(first, Run(Options, train, validation));
        Assert.NotEqual(first.Weights.Tensors["fc.bias"].Values, Run(Options with { Seed = 2 }, train, validation).Weights.Tensors["fc.bias"].Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_stopped_run_continues_to_the_same_weights(int stopAfter)
    {
        var (train, validation) = Planted.Split(Planted.Samples(600, signal: 0.8));
        var undisturbed = Run(Options, train, validation);
        using var stop = new CancellationTokenSource();
        using (var fit = new Fit(Options, train, validation))
            Assert.Throws<OperationCanceledException>(() => fit.Run(Checkpoint, losses => { if (losses.Count == stopAfter) stop.Cancel(); }, stop.Token));
        using var again = new Fit(Options, train, validation);
        Same(undisturbed, again.Run(Checkpoint, _ => { }, CancellationToken.None));
    }

    [Fact]
    public void A_finished_run_continues_with_its_result()
    {
        var (train, validation) = Planted.Split(Planted.Samples(600, signal: 0.8));
        using var fit = new Fit(Options, train, validation);
        var result = fit.Run(Checkpoint, _ => { }, CancellationToken.None);
        using var again = new Fit(Options, train, validation);
        Same(result, again.Run(Checkpoint, _ => Assert.Fail("no epoch was left"), CancellationToken.None));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_with_the_remedy()
    {
        var (train, validation) = Planted.Split(Planted.Samples(600, signal: 0.8));
        train.Rows[1000] = float.NaN;
        using var fit = new Fit(Options, train, validation);
        Assert.Contains("--lr", Assert.Throws<TrainingException>(() => fit.Run(null, _ => { }, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    static FitResult Run(FitOptions options, SampleSet train, SampleSet validation)
    {
        using var fit = new Fit(options, train, validation);
        return fit.Run(null, _ => { }, CancellationToken.None);
    }

    static void Same(FitResult expected, FitResult actual)
    {
        Assert.Equal(expected.Losses, actual.Losses);
        Assert.Equal(expected.BestEpoch, actual.BestEpoch);
        foreach (var (name, tensor) in expected.Weights.Tensors) Assert.Equal(tensor.Values, actual.Weights.Tensors[name].Values);
    }

    static double Accuracy(NetworkWeights weights, SampleSet set)
    {
        var probabilities = Prediction.Probabilities(weights, set);
        return set.Samples.Select((s, i) => (int)s.Label == Largest(probabilities.AsSpan(i * 3, 3)) ? 1 : 0).Average();
    }

    static int Largest(ReadOnlySpan<float> values) => values[0] > values[1] ? values[0] > values[2] ? 0 : 2 : values[1] > values[2] ? 1 : 2;
}
