using CsCheck;

namespace EtradeBot.Learning.Judgement;

public sealed class ComparisonTests
{
    static readonly float[] Even = [1 / 3f, 1 / 3f, 1 / 3f];

    [Fact]
    public void Scores_are_what_a_hand_computes()
    {
        Sample[] samples = [At(1, Outcome.Up), At(2, Outcome.Down), At(3, Outcome.Up), At(4, Outcome.Flat)];
        float[] probabilities = [0.2f, 0.2f, 0.6f, 0.5f, 0.25f, 0.25f, 0.5f, 0.2f, 0.3f, 0.1f, 0.8f, 0.1f];
        var row = Comparison.Of(samples, [KeyValuePair.Create("model", probabilities)], horizon: 1).Rows[0];
        Assert.Equal(-(Math.Log(0.6) + Math.Log(0.5) + Math.Log(0.3) + Math.Log(0.8)) / 4, row.LogLoss.Value, 1e-6);
        Assert.Equal(-(Math.Log(0.75) + Math.Log(2 / 3.0) + Math.Log(0.375)) / 3, row.Direction.Value, 1e-6);
        Assert.Equal(0.75, row.Accuracy.Value);
        Assert.Equal((1 + 1 + 0.5) / 3, row.BalancedAccuracy.Value, 1e-12);
        Assert.Equal((0.24 + 0.375 + 0.78 + 0.06) / 4, row.Brier.Value, 1e-6);
    }

    [Fact]
    public void Who_knows_the_direction_has_an_edge()
    {
        var samples = Drawn();
        var verdict = Judged(samples, s => s.Label == Outcome.Up ? [0.25f, 0.3f, 0.45f] : [0.45f, 0.3f, 0.25f]);
        Assert.True(verdict.Edge, verdict.Words);
    }

    [Fact]
    public void Who_knows_only_when_nothing_will_move_has_none()
    {
        var verdict = Judged(Drawn(), s => s.Label == Outcome.Flat ? [0.1f, 0.8f, 0.1f] : [0.4f, 0.2f, 0.4f]);
        Assert.False(verdict.Edge);
        Assert.StartsWith("no edge found", verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_of_a_coin_holds_one_half_and_is_as_wide_as_statistics_say()
    {
        var samples = Drawn();
        var score = Comparison.Of(samples, [KeyValuePair.Create("coin", samples.SelectMany(_ => Even).ToArray())], horizon: 1).Rows[0].Accuracy;
        Assert.True(score.Low < 1 / 3.0 && 1 / 3.0 < score.High);
        var deviation = Math.Sqrt(1 / 3.0 * (2 / 3.0) / samples.Length);
        Assert.InRange(score.High - score.Low, 3 * deviation, 5 * deviation);
    }

    static Verdict Judged(Sample[] samples, Func<Sample, float[]> model) =>
        Comparison.Of(samples, [KeyValuePair.Create("model", samples.SelectMany(model).ToArray()), KeyValuePair.Create("coin", samples.SelectMany(_ => Even).ToArray())], horizon: 1).Verdict;

    static Sample[] Drawn()
    {
        var draws = new PCG(1, 1);
        return [.. Enumerable.Range(0, 2000).Select(i => At(i, (Outcome)(draws.Next() % 3)))];
    }

    static Sample At(int moment, Outcome label) => new(moment, 0, moment, moment + 1, label, 0);
}
