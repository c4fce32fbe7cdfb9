namespace EtradeBot.Learning;

public sealed class SampleSetTests
{
    [Fact]
    public void A_part_of_a_set_shares_its_rows()
    {
        var set = new SampleSet { Features = ["a"], Rows = [1, 2, 3], SequenceLength = 2, Samples = [new(1, 0, 10, 20, Outcome.Up, 0.5f), new(2, 0, 20, 30, Outcome.Down, -0.5f)] };
        var part = set.With([set.Samples[1]]);
        Assert.Same(set.Rows, part.Rows);
        Assert.Equal(Outcome.Down, Assert.Single(part.Samples).Label);
        Assert.Equal([2f, 4f, 6f], set.With([2f, 4f, 6f]).Rows);
    }
}
