namespace EtradeBot.Market;

public class SeededRandomTests
{
    [Fact]
    public void Numbers_are_those_of_the_published_generator()
    {
        // xoshiro256** from the state 1, 2, 3, 4, as in the reference vectors of the Rust crate rand_xoshiro.
        var random = new SeededRandom(1, 2, 3, 4);

        Assert.Equal(
            [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600],
            Enumerable.Range(0, 6).Select(_ => random.Next()));
    }

    [Fact]
    public void Seeds_are_spread_by_the_published_mixer()
    {
        // SplitMix64 from 1234567, as in the Rosetta Code task "Pseudo-random numbers/Splitmix64".
        var state = 1234567UL;

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => SeededRandom.SplitMix(ref state)));
    }

    [Theory]
    [InlineData(4.5)]
    [InlineData(5)]
    [InlineData(8)]
    public void Students_t_has_mean_0_variance_1_and_the_share_of_outliers_of_its_degrees(double degrees)
    {
        var random = new SeededRandom(7);
        var draws = Enumerable.Range(0, 400_000).Select(_ => random.NextStudentT(degrees)).ToArray();

        Assert.Equal(0, draws.Average(), 0.01);
        Assert.Equal(1, draws.Average(d => d * d), 0.05);
        Assert.InRange(draws.Count(d => Math.Abs(d) > 4) / 400_000.0, 0.0005, 0.005); // a normal one: 0.00006
        Assert.All(draws, d => Assert.InRange(d, -10, 10));
    }

    [Fact]
    public void Uniform_numbers_fill_their_range()
    {
        var random = new SeededRandom(7);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToArray();

        Assert.All(draws, d => Assert.True(d is >= 0 and < 1));
        Assert.Equal(0.5, draws.Average(), 0.005);
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.Equal(0.1, draws.Count(d => (int)(d * 10) == tenth) / 100_000.0, 0.005));
    }

    [Fact]
    public void Streams_differ_by_seed_purpose_and_number()
    {
        var streams = new[]
        {
            SeededRandom.Derive(1, "days"), SeededRandom.Derive(2, "days"), SeededRandom.Derive(1, "minutes"),
            SeededRandom.Derive(1, "days", 1), SeededRandom.Derive(1, "days", 2),
        };

        Assert.Equal(streams.Length, streams.Distinct().Count());
    }
}
