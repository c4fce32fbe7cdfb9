namespace EtradeBot.Backtests;

public class SplitMix64Tests
{
    // The reference implementation, https://prng.di.unimi.it/splitmix64.c, from the state 1234567.
    [Fact]
    public void Numbers_are_those_of_the_reference()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal([6457827717110365317UL, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()).ToArray());
    }

    [Fact]
    public void A_bounded_number_is_equally_often_each()
    {
        var random = new SplitMix64(9);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) counts[random.Next(7)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }
}
