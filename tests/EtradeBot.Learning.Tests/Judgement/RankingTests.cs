namespace EtradeBot.Learning.Judgement;

public sealed class RankingTests
{
    // Leans to up: 0.6, 0.1, 0.1, -0.4, 0.3 with returns 3, 2, -1, -2, 0.5 % (flat).
    static readonly Sample[] Samples = [At(1, Outcome.Up, 0.03f), At(2, Outcome.Up, 0.02f), At(3, Outcome.Down, -0.01f), At(4, Outcome.Down, -0.02f), At(5, Outcome.Flat, 0.005f)];
    static readonly float[] Probabilities = [0.125f, 0.125f, 0.75f, 0.25f, 0.375f, 0.375f, 0.25f, 0.375f, 0.375f, 0.625f, 0.25f, 0.125f, 0.25f, 0.25f, 0.5f];

    [Fact]
    public void A_tie_between_up_and_down_is_half_a_win_and_flat_is_left_out() =>
        Assert.Equal(3.5 / 4, new Ranking(Probabilities, Samples).Auc([0, 1, 2, 3, 4]));

    [Fact]
    public void The_rank_correlation_gives_ties_their_mean_rank()
    {
        // Pearson's correlation of the ranks 5, 2.5, 2.5, 1, 4 with 5, 4, 2, 1, 3: 8 over the root of 9.5 times 10.
        Assert.Equal(8 / Math.Sqrt(9.5 * 10), new Ranking(Probabilities, Samples).RankIc([0, 1, 2, 3, 4]), 1e-12);
    }

    [Fact]
    public void A_sample_drawn_twice_counts_as_two_equal_samples()
    {
        var twice = new Ranking(Probabilities, Samples);
        var written = new Ranking([.. Probabilities, .. Probabilities[3..6]], [.. Samples, Samples[1]]);
        Assert.Equal(written.Auc([0, 1, 2, 3, 4, 5]), twice.Auc([0, 1, 1, 2, 3, 4]), 1e-12);
        Assert.Equal(written.RankIc([0, 1, 2, 3, 4, 5]), twice.RankIc([4, 1, 0, 1, 2, 3]), 1e-12);
    }

    [Fact]
    public void Who_says_always_the_same_knows_nothing()
    {
        var ranking = new Ranking([.. Samples.SelectMany(_ => (float[])[0.25f, 0.5f, 0.25f])], Samples);
        Assert.Equal(0.5, ranking.Auc([0, 1, 2, 3, 4]));
        Assert.Equal(0, ranking.RankIc([0, 1, 2, 3, 4]));
    }

    static Sample At(int moment, Outcome label, float change) => new(moment, 0, moment, moment + 1, label, change);
}
