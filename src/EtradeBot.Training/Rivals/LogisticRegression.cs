using EtradeBot.Learning;
using EtradeBot.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace EtradeBot.Training.Rivals;

/// <summary>Multinomial logistic regression over the last row of a sequence: what a straight line would have said on the same split.</summary>
static class LogisticRegression
{
    /// <summary>Strength of the ridge that keeps rare features from running away.</summary>
    const double Ridge = 1e-3;

    const int Iterations = 100;

    /// <summary>Fits to the training samples and predicts the test samples; both scaled.</summary>
    /// <returns>Probabilities, samples × classes.</returns>
    public static float[] Predict(SampleSet train, SampleSet test)
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = (LastRows(train), Batch.Labels(train, [.. Enumerable.Range(0, train.Samples.Length)], CPU));
        var weights = nn.Parameter(zeros(train.Features.Count, NetworkShape.Classes));
        var bias = nn.Parameter(zeros(NetworkShape.Classes));
        using var search = optim.LBFGS([weights, bias], lr: 1, max_iter: Iterations, line_search_fn: optim.LBFGS_line_search.strong_wolfe);
        search.step(() =>
        {
            search.zero_grad();
            var loss = nn.functional.cross_entropy(inputs.matmul(weights) + bias, labels) + Ridge * weights.square().sum();
            loss.backward();
            return loss;
        });
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
