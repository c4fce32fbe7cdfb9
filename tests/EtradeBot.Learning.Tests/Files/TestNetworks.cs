using CsCheck;

namespace EtradeBot.Learning.Files;

static class TestNetworks
{
    /// <summary>A network of random weights, the same for the same seed.</summary>
    public static NetworkWeights Random(NetworkShape shape, uint seed = 1)
    {
        var pcg = new PCG(seed, 1);
        return new(shape, NetworkFile.Layout(shape).ToDictionary(t => t.Name, t => new WeightTensor(t.Dimensions,
            [.. Enumerable.Range(0, t.Dimensions.Aggregate((a, b) => a * b)).Select(_ => (pcg.Next() / (float)uint.MaxValue) - 0.5f)])));
    }
}
