using EtradeBot.Learning;
using EtradeBot.Market;

namespace EtradeBot.Training;

/// <summary>Samples of random rows whose label follows a rule as often as asked.</summary>
static class Planted
{
    public const int SequenceLength = 6;

    /// <param name="signal">Fraction of labels that follow the rule (the sign of one feature three rows before the end); the others are drawn.</param>
    public static SampleSet Samples(int count, double signal, ulong seed = 1)
    {
        var draws = new SeededRandom(seed);
        string[] features = ["planted", "noise", "more noise"];
        var rows = new float[(count + SequenceLength) * features.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = (float)((draws.NextDouble() * 2) - 1);
        var samples = new Sample[count];
        for (var i = 0; i < count; i++)
        {
            var row = i + SequenceLength - 1;
            var sign = rows[(row - 3) * features.Length];
            var label = draws.NextDouble() < signal ? sign > 0.33 ? Outcome.Up : sign < -0.33 ? Outcome.Down : Outcome.Flat : (Outcome)(int)(draws.NextDouble() * 3);
            samples[i] = new(row, 0, i, i + 1, label, 0);
        }
        return new() { Features = features, Rows = rows, SequenceLength = SequenceLength, Samples = samples };
    }

    /// <summary>The first three quarters, and the rest.</summary>
    public static (SampleSet Train, SampleSet Validation) Split(SampleSet set)
    {
        var cut = set.Samples.Length * 3 / 4;
        return (set.With(set.Samples[..cut]), set.With(set.Samples[cut..]));
    }
}
