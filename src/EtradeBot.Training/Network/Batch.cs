using EtradeBot.Learning;
using static TorchSharp.torch;

namespace EtradeBot.Training.Network;

/// <summary>Samples as tensors.</summary>
static class Batch
{
    /// <summary>The sequences of the samples: batch × sequence × features.</summary>
    public static Tensor Sequences(SampleSet set, ReadOnlySpan<int> samples, Device device)
    {
        var features = set.Features.Count;
        // The rows of a sequence lie together, so a sequence is one copy.
        var length = set.SequenceLength * features;
        var values = new float[samples.Length * length];
        for (var i = 0; i < samples.Length; i++)
        {
            var end = (set.Samples[samples[i]].Row + 1) * features;
            set.Rows.AsSpan(end - length, length).CopyTo(values.AsSpan(i * length));
        }
        return tensor(values, [samples.Length, set.SequenceLength, features], device: device);
    }

    /// <summary>The classes of the samples.</summary>
    public static Tensor Labels(SampleSet set, ReadOnlySpan<int> samples, Device device)
    {
        var labels = new long[samples.Length];
        for (var i = 0; i < labels.Length; i++) labels[i] = (long)set.Samples[samples[i]].Label;
        return tensor(labels, device: device);
    }
}
