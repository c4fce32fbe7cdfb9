namespace EtradeBot.Learning.Samples;

/// <summary>Brings every feature to mean 0 and deviation 1, as they were in the training part.</summary>
public sealed record Scaler(IReadOnlyList<float> Means, IReadOnlyList<float> Deviations)
{
    /// <summary>Values further out are cut, in deviations: one flash crash must not speak louder than a year.</summary>
    public const float Furthest = 8;

    /// <summary>Fitted to the rows that the samples end with, and to no other.</summary>
    public static Scaler Fit(SampleSet train)
    {
        ArgumentNullException.ThrowIfNull(train);
        var features = train.Features.Count;
        var (means, deviations) = (new float[features], new float[features]);
        for (var k = 0; k < features; k++)
        {
            double mean = 0, square = 0, count = train.Samples.Length;
            foreach (var sample in train.Samples) mean += train.Rows[(sample.Row * features) + k] / count;
            foreach (var sample in train.Samples) square += Math.Pow(train.Rows[(sample.Row * features) + k] - mean, 2) / count;
            means[k] = (float)mean;
            // A feature that never changes says nothing and must not be blown up.
            deviations[k] = square > 1e-16 ? (float)Math.Sqrt(square) : 1;
        }
        return new(means, deviations);
    }

    /// <summary>Scaled copies of rows; NaN of the warm-up stays.</summary>
    public float[] Apply(ReadOnlySpan<float> rows)
    {
        var scaled = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var k = i % Means.Count;
            scaled[i] = Math.Clamp((rows[i] - Means[k]) / Deviations[k], -Furthest, Furthest);
        }
        return scaled;
    }
}
