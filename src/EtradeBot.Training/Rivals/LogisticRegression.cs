using EtradeBot.Learning;
using EtradeBot.Training.Network;
using static TorchSharp.torch;

namespace EtradeBot.Training.Rivals;

/// <summary>Multinomial logistic regression over the last row of a sequence: what a straight line would have said on the same split.</summary>
static class LogisticRegression
{
    /// <summary>Strength of the ridge that keeps rare features from running away.</summary>
    const double Ridge = 1e-3;

    /// <summary>Over all samples each; the loss of so small a problem stands still long before.</summary>
    const int Iterations = 300;

    /// <summary>Fits to the training samples and predicts the test samples; both scaled.</summary>
    /// <returns>Probabilities, samples × classes.</returns>
    public static float[] Predict(SampleSet train, SampleSet test)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = (LastRows(train), Batch.Labels(train, [.. Enumerable.Range(0, train.Samples.Length)], CPU));
        var weights = nn.Parameter(zeros(train.Features.Count, NetworkShape.Classes));
        var bias = nn.Parameter(zeros(NetworkShape.Classes));
        using var search = optim.Adam([weights, bias], lr: 0.05);
        for (var k = 0; k < Iterations; k++)
        {
            using var inner = NewDisposeScope();
            search.zero_grad();
            (nn.functional.cross_entropy(inputs.matmul(weights) + bias, labels) + Ridge * weights.square().sum()).backward();
            search.step();
        }
        using var _ = no_grad();
        return (LastRows(test).matmul(weights) + bias).softmax(-1).data<float>().ToArray();
    }

    static Tensor LastRows(SampleSet set)
    {
        var features = set.Features.Count;
        var values = new float[set.Samples.Length * features];
        for (var i = 0; i < set.Samples.Length; i++)
            set.Rows.AsSpan(set.Samples[i].Row * features, features).CopyTo(values.AsSpan(i * features));
        return tensor(values, [set.Samples.Length, features]);
    }
}
