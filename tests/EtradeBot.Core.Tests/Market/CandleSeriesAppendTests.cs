namespace EtradeBot.Market;

public sealed class CandleSeriesAppendTests
{
    static readonly CandleSeries Three = CandleSeries.From(Symbol.Parse("X"), Timeframe.M1, new("test"), [Candle(0), Candle(1), Candle(2)]);

    [Fact]
    public void A_series_stays_as_it_is_when_another_grows_over_its_end()
    {
        var left = Three.Append(Candle(3));
        var right = Three.Append(Candle(7));
        Assert.Equal((3, 4, 4), (Three.Count, left.Count, right.Count));
        Assert.Equal((3.0, 7.0), (left.Close[^1], right.Close[^1]));
        Assert.Equal(left.Slice(0, 3).ContentHash(), right.Slice(0, 3).ContentHash());
    }

    [Fact]
    public void A_slice_that_does_not_reach_the_end_grows_by_itself()
    {
        var grown = Three.Slice(0, 2).Append(Candle(5));
        Assert.Equal([0, 1, 5], grown.Close.ToArray());
        Assert.Equal([0, 1, 2], Three.Close.ToArray());
    }

    [Fact]
    public void A_candle_of_the_past_is_refused() => Assert.Throws<CandleDataException>(() => Three.Append(Candle(2)));

    static Candle Candle(int minute) => new(DateTimeOffset.UnixEpoch.AddMinutes(minute), minute, minute, minute, minute, 1);
}
