using EtradeBot.Learning;
using EtradeBot.Learning.Judgement;
using EtradeBot.Learning.Plans;
using EtradeBot.Learning.Samples;
using EtradeBot.Market;
using EtradeBot.Training.Network;
using EtradeBot.Training.Rivals;

namespace EtradeBot.Training.Pipeline;

/// <summary>A whole training: candles, folds, one network each, judgement beside the rivals, and the network that is saved.</summary>
sealed class TrainingRun
{
    readonly TrainingPlan _plan;
    readonly RunFolder _folder;
    readonly Action<TrainingEvent> _say;
    readonly IReadOnlyList<CandleSeries> _series;
    readonly SampleOptions _options;
    readonly SampleSet _samples;
    readonly IReadOnlyList<Fold> _folds;
    readonly ProgressReport _progress;

    /// <exception cref="CandleDataException">The candles cannot be used.</exception>
    /// <exception cref="TrainingException">They cannot be learned from as planned.</exception>
    public TrainingRun(TrainingPlan plan, RunFolder folder, Action<TrainingEvent> say, TimeProvider time)
    {
        (_plan, _folder, _say) = (plan, folder, say);
        _series = CandleFiles.Read(plan, note => say(new() { Stage = "reading candles", Note = note }));
        _options = new(plan.SequenceLength, plan.Horizon, plan.CostBasisPoints / 10_000);
        _samples = SampleBuilder.Build(_series, _options);
        DataHash = CandleFiles.Hash(_series);
        folder.Bind(DataHash);
        // The last is for the network that is saved.
        _folds = [.. Fold.Walk(_samples.Samples, plan.Folds), Fold.Final(_samples.Samples)];
        if (_folds.FirstOrDefault(f => f.Train.Length == 0 || f.Validation.Length == 0) is not null)
            throw new TrainingException($"{_samples.Samples.Length} samples are too few for {plan.Folds} folds: give more candles or fewer --folds");
        _progress = new(plan, say, [.. _folds.Select(f => f.Train.Length)], time);
    }

    public string DataHash { get; }

    public TrainedModel Run(CancellationToken stop)
    {
        var tested = new List<Sample>();
        var predictions = new OrderedDictionary<string, List<float>> { ["model"] = [], ["majority"] = [], ["persistence"] = [], ["logistic regression"] = [] };
        for (var k = 0; k < _plan.Folds; k++)
        {
            var (train, validation, test, _) = Scaled(_folds[k]);
            var result = Fitted(k, train, validation, stop);
            tested.AddRange(test.Samples);
            predictions["model"].AddRange(Prediction.Probabilities(result.Weights, test));
            predictions["majority"].AddRange(Baselines.Majority(train, test));
            predictions["persistence"].AddRange(Baselines.Persistence(_samples.With(train.Samples), _samples.With(test.Samples), feature: 0, _options.Label));
            predictions["logistic regression"].AddRange(LogisticRegression.Predict(train, test));
        }
        _say(new() { Stage = "judging" });
        var comparison = Comparison.Of([.. tested], [.. predictions.Select(p => KeyValuePair.Create(p.Key, p.Value.ToArray()))], _plan.Horizon);
        var last = Scaled(_folds[^1]);
        var final = Fitted(_plan.Folds, last.Train, last.Validation, stop);
        return new(_plan, DataHash, _series, final)
        {
            Train = last.Train,
            Validation = last.Validation,
            Scaler = last.Scaler,
            Comparison = comparison,
            FoldsInWords = string.Join("; ", _folds.Take(_plan.Folds).Select(InWords)),
        };
    }

    /// <summary>The parts of a fold, scaled by what its training part looked like.</summary>
    (SampleSet Train, SampleSet Validation, SampleSet Test, Scaler Scaler) Scaled(Fold fold)
    {
        var scaler = Scaler.Fit(_samples.With(fold.Train));
        var scaled = _samples.With(scaler.Apply(_samples.Rows));
        return (scaled.With(fold.Train), scaled.With(fold.Validation), scaled.With(fold.Test), scaler);
    }

    FitResult Fitted(int network, SampleSet train, SampleSet validation, CancellationToken stop)
    {
        using var fit = new Fit(_plan.Fit, train, validation);
        return fit.Run(_folder.CheckpointPath(network + 1), losses => _progress.Epoch(network, losses), stop);
    }

    static string InWords(Fold fold) =>
        $"learned {Days(fold.Train)}, stopped by {Days(fold.Validation)}, tested {Days(fold.Test)}";

    static string Days(Sample[] samples) => $"{Day(samples[0].DecidedAt)} to {Day(samples[^1].DecidedAt)}";

    static string Day(long utcTicks) => MarketCalendar.Nyse.DayOf(utcTicks).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
