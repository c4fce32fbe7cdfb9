namespace EtradeBot.App.Feeds.History;

public sealed class ChunkLengthTests
{
    [Fact]
    public void Every_cut_covers_each_day_once_and_lies_on_the_grid()
    {
        foreach (var length in new[] { ChunkLength.Whole, ChunkLength.Years(1), ChunkLength.Years(5), ChunkLength.Month, ChunkLength.Of(1), ChunkLength.Of(3), ChunkLength.Of(30) })
            for (var from = new DateOnly(2019, 12, 1); from < new DateOnly(2020, 3, 5); from = from.AddDays(7))
                for (var to = from; to < new DateOnly(2021, 2, 1); to = to.AddDays(13))
                {
                    var cuts = length.Cut(new DayRange(from, to)).ToList();
                    Assert.Equal((from, to), (cuts[0].From, cuts[^1].To));
                    for (var i = 1; i < cuts.Count; i++) Assert.Equal(cuts[i - 1].To.AddDays(1), cuts[i].From);
                    Assert.All(cuts.SkipLast(1), cut => Assert.Equal(length.EndOf(cut.From), cut.To));
                }
    }

    [Fact]
    public void Years_and_months_end_where_the_calendar_says()
    {
        Assert.Equal(new DateOnly(2024, 12, 31), ChunkLength.Years(5).EndOf(new DateOnly(2020, 1, 1)));
        Assert.Equal(new DateOnly(2021, 12, 31), ChunkLength.Years(1).EndOf(new DateOnly(2021, 5, 5)));
        Assert.Equal(new DateOnly(2024, 2, 29), ChunkLength.Month.EndOf(new DateOnly(2024, 2, 3)));
    }

    [Fact]
    public void Nothing_is_cut_into_nothing() => Assert.Empty(ChunkLength.Month.Cut(new DayRange(new DateOnly(2024, 2, 3), new DateOnly(2024, 2, 2))));
}
