namespace EtradeBot.Learning.Registry;

/// <summary>How one scaled feature was distributed in the training part.</summary>
/// <param name="Edges">Deciles, without repetitions; a value belongs to the number of edges below it.</param>
/// <param name="Shares">Part of the training rows in each of the bins, one more than edges.</param>
public sealed record FeatureBins(IReadOnlyList<float> Edges, IReadOnlyList<double> Shares)
{
    const int Bins = 10;

    /// <summary>The bins of every feature over the rows that the samples end with.</summary>
    public static IReadOnlyList<FeatureBins> Of(SampleSet scaled)
    {
        ArgumentNullException.ThrowIfNull(scaled);
        var features = scaled.Features.Count;
        return [.. Enumerable.Range(0, features).Select(k => Of([.. scaled.Samples.Select(s => scaled.Rows[(s.Row * features) + k]).Order()]))];
    }

    static FeatureBins Of(float[] sorted)
    {
        float[] edges = [.. Enumerable.Range(1, Bins - 1).Select(b => sorted[sorted.Length * b / Bins]).Distinct()];
        var shares = new double[edges.Length + 1];
        foreach (var value in sorted) shares[edges.Count(edge => edge < value)] += 1.0 / sorted.Length;
        return new(edges, shares);
    }
}
