namespace EtradeBot.Learning.Judgement;

/// <summary>Predictors that know next to nothing; a model that does not beat them knows nothing either.</summary>
public static class Baselines
{
    /// <summary>Always the shares that the classes had in the training part.</summary>
    public static float[] Majority(SampleSet train, SampleSet test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var shares = new float[NetworkShape.Classes];
        foreach (var sample in train.Samples) shares[(int)sample.Label] += 1f / train.Samples.Length;
        return [.. test.Samples.SelectMany(_ => shares)];
    }

    /// <summary>What came last comes again: the shares that followed a candle that fell, stayed or rose, in the training part.</summary>
    /// <param name="feature">Index of the one-candle return among the (unscaled) features.</param>
    /// <param name="label">The class of a return.</param>
    public static float[] Persistence(SampleSet train, SampleSet test, int feature, Func<double, Outcome> label)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var features = train.Features.Count;
        var counts = new float[NetworkShape.Classes, NetworkShape.Classes];
        foreach (var sample in train.Samples) counts[Last(sample), (int)sample.Label]++;
        return [.. test.Samples.SelectMany(sample => Shares(Last(sample)))];

        int Last(Sample sample) => (int)label(Math.Exp(train.Rows[(sample.Row * features) + feature]) - 1);

        // One imagined case of each class, so that nothing is impossible.
        float[] Shares(int last)
        {
            var total = counts[last, 0] + counts[last, 1] + counts[last, 2] + NetworkShape.Classes;
            return [(counts[last, 0] + 1) / total, (counts[last, 1] + 1) / total, (counts[last, 2] + 1) / total];
        }
    }
}
