using EtradeBot.Learning;
using EtradeBot.Learning.Plans;
using EtradeBot.Market;
using TorchSharp;
using static TorchSharp.torch;

namespace EtradeBot.Training.Network;

/// <summary>Fits one network to training samples and stops when samples it never trained on say so.</summary>
/// <remarks>
/// All randomness of an epoch (order, dropout) is drawn from the seed and the epoch's number, so an epoch depends on the state before it and on nothing else:
/// a run continued from a checkpoint ends with the same weights, to the bit, as one that was never interrupted (on one machine; kernels differ between CPU types).
/// </remarks>
sealed class Fit : IDisposable
{
    /// <summary>Gradients are shortened to this length: a single wild batch must not throw an LSTM off.</summary>
    const double LongestGradient = 1;

    readonly FitOptions _options;
    readonly SampleSet _train, _validation;
    readonly PatternNN _network;
    readonly Adam _adam;
    readonly List<EpochLoss> _losses = [];
    NetworkWeights _best;

    public Fit(FitOptions options, SampleSet train, SampleSet validation)
    {
        if (train.Samples.Length == 0 || validation.Samples.Length == 0) throw new ArgumentException("fitting needs samples to train on and others to stop by");
        (_options, _train, _validation) = (options, train, validation);
        random.manual_seed(Seed("weights"));
        _network = new(new(train.Features.Count, options.Hidden, options.Layers), options.Dropout);
        _network.to(options.Device);
        _adam = new(_network, options.LearningRate);
        _best = _network.Weights();
    }

    /// <summary>Runs epochs until patience or their number ends.</summary>
    /// <param name="checkpoint">Written after each epoch; continued from where it exists. Null: none.</param>
    /// <param name="report">Told after each epoch, when its checkpoint is on the disk.</param>
    /// <exception cref="OperationCanceledException">Stopped; the checkpoint of the last whole epoch is kept.</exception>
    public FitResult Run(string? checkpoint, Action<IReadOnlyList<EpochLoss>> report, CancellationToken stop)
    {
        if (checkpoint is not null && File.Exists(checkpoint)) Continue(Checkpoint.Read(checkpoint, _network.Shape));
        while (_losses.Count < _options.Epochs && _losses.Count - BestEpoch < _options.Patience)
        {
            _losses.Add(new(TrainEpoch(stop), Prediction.Loss(_network, _validation)));
            if (!float.IsFinite(_losses[^1].Train + _losses[^1].Validation))
                throw new TrainingException($"the loss became {_losses[^1].Train} in epoch {_losses.Count}: try a smaller --lr than {_options.LearningRate}");
            if (BestEpoch == _losses.Count) _best = _network.Weights();
            if (checkpoint is not null) new Checkpoint(_network.Weights(), _best, [.. _adam.Save()], _adam.Steps) { Losses = _losses }.Write(checkpoint);
            report(_losses);
        }
        return new(_best, BestEpoch, _losses);
    }

    /// <summary>The first epoch of the lowest validation loss, from 1; 0 before the first.</summary>
    int BestEpoch => _losses.Count == 0 ? 0 : 1 + _losses.FindIndex(l => l.Validation == _losses.Min(x => x.Validation));

    void Continue(Checkpoint from)
    {
        _network.Load(from.Weights);
        _adam.Load(from.Moments.ToDictionary(), from.Steps);
        _best = from.Best;
        _losses.AddRange(from.Losses);
    }

    float TrainEpoch(CancellationToken stop)
    {
        var epoch = _losses.Count + 1;
        var order = Order(epoch);
        random.manual_seed(Seed("dropout", epoch));
        _network.train();
        double sum = 0;
        for (var start = 0; start < order.Length; start += _options.BatchSize)
        {
            stop.ThrowIfCancellationRequested();
            var part = order.AsSpan(start, Math.Min(_options.BatchSize, order.Length - start));
            sum += Step(part) * part.Length;
        }
        return (float)(sum / order.Length);
    }

    /// <returns>The batch's mean loss before the step.</returns>
    double Step(ReadOnlySpan<int> samples)
    {
        using var scope = NewDisposeScope();
        var device = _options.Device;
        _network.zero_grad();
        var scores = _network.call(Batch.Sequences(_train, samples, device));
        var loss = nn.functional.cross_entropy(scores, Batch.Labels(_train, samples, device));
        loss.backward();
        nn.utils.clip_grad_norm_(_network.parameters(), LongestGradient);
        _adam.Step();
        return loss.ToDouble();
    }

    int[] Order(int epoch)
    {
        var draws = new SeededRandom(SeededRandom.Derive(_options.Seed, "order", epoch));
        int[] order = [.. Enumerable.Range(0, _train.Samples.Length)];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)(draws.NextDouble() * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    long Seed(string purpose, int number = 0) => (long)(SeededRandom.Derive(_options.Seed, purpose, number) >> 1);

    public void Dispose()
    {
        _adam.Dispose();
        _network.Dispose();
    }
}
