using EtradeBot.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace EtradeBot.Training.Network;

/// <summary>What a network says about samples.</summary>
static class Prediction
{
    const int BatchSize = 2048;

    /// <summary>Probabilities of a network of these weights, samples × classes.</summary>
    public static float[] Probabilities(NetworkWeights weights, SampleSet set)
    {
        using var network = new PatternNN(weights.Shape, dropout: 0);
        network.Load(weights);
        var all = new float[set.Samples.Length * NetworkShape.Classes];
        var at = 0;
        ForEach(network, set, (scores, _) =>
        {
            var values = scores.softmax(-1).data<float>().ToArray();
            values.CopyTo(all, at);
            at += values.Length;
        });
        return all;
    }

    /// <summary>Mean cross-entropy in nats.</summary>
    public static float Loss(PatternNN network, SampleSet set)
    {
        double sum = 0;
        ForEach(network, set, (scores, labels) => sum += nn.functional.cross_entropy(scores, labels, reduction: nn.Reduction.Sum).ToDouble());
        return (float)(sum / set.Samples.Length);
    }

    static void ForEach(PatternNN network, SampleSet set, Action<Tensor, Tensor> use)
    {
        network.eval();
        var device = network.parameters().First().device;
        using var _ = no_grad();
        int[] samples = [.. Enumerable.Range(0, set.Samples.Length)];
        for (var start = 0; start < samples.Length; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            var part = samples.AsSpan(start, Math.Min(BatchSize, samples.Length - start));
            use(network.call(Batch.Sequences(set, part, device)), Batch.Labels(set, part, device));
        }
    }
}
