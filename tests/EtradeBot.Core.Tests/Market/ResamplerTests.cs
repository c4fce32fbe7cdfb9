using System.Globalization;
using CsCheck;

namespace EtradeBot.Market;

public class ResamplerTests
{
    static readonly MarketCalendar Nyse = MarketCalendar.Nyse;
    static readonly Symbol Spy = Symbol.Parse("SPY");
    static readonly CandleOrigin Origin = new("made up");

    /// <summary>Gappy minutes, before, in and after the sessions of days that hold half days, holidays, weekends and both clock changes.</summary>
    static readonly Gen<CandleSeries> Minutes =
        from start in OneOf(new DateOnly(2020, 11, 25), new(2024, 3, 7), new(2024, 10, 31), new(1985, 4, 26))
        from gaps in Gen.Int[1, 400].Array[2, 60]
        from prices in Gen.Double[1, 100].Array[4 * 60]
        from volumes in Gen.Long[0, 1_000_000].Array[60]
        select Series(Timeframe.M1, gaps.Select((_, i) => RandomCandle(start, gaps, prices, volumes, i)));

    static readonly Gen<(CandleSeries Series, Timeframe Timeframe)> Cases =
        from series in Minutes
        from timeframe in OneOf([.. Timeframe.All.Skip(1)])
        select (series, timeframe);

    [Fact]
    public void Hours_begin_at_the_open_and_the_last_one_ends_with_the_session()
    {
        var hours = FullDay(new(2019, 2, 11)).Resample(Timeframe.H1);

        Assert.Equal(["09:30", "10:30", "11:30", "12:30", "13:30", "14:30", "15:30"], Times(hours));
        Assert.Equal([60, 60, 60, 60, 60, 60, 30], hours.Volume.ToArray());
    }

    [Theory]
    [InlineData("1h", "09:30 10:30 11:30 12:30")]
    [InlineData("30m", "09:30 10:00 10:30 11:00 11:30 12:00 12:30")]
    public void A_half_day_ends_at_one(string timeframe, string opens) =>
        Assert.Equal(opens, string.Join(' ', Times(FullDay(new(2020, 11, 27)).Resample(Timeframe.Parse(timeframe)))));

    [Fact]
    public void Candles_around_the_session_are_never_mixed_into_it()
    {
        var day = new DateOnly(2019, 2, 11);
        string[] opens = ["04:00", "08:29", "08:30", "09:29", "09:30", "15:59", "16:00", "16:59", "17:00", "19:59"];
        var minutes = Series(Timeframe.M1, opens.Select(open => Flat(day, open, 10)));

        var hours = minutes.Resample(Timeframe.H1);

        Assert.Equal(["03:30", "07:30", "08:30", "09:30", "15:30", "16:00", "17:00", "19:00"], Times(hours));
        Assert.Equal([10, 10, 20, 10, 10, 20, 10, 10], hours.Volume.ToArray());
        Assert.Equal(20, minutes.Resample(Timeframe.D1).Volume[0]);
        Assert.Equal(20, minutes.Resample(Timeframe.W1).Volume[0]);
    }

    [Fact]
    public void Days_without_a_session_make_no_day() =>
        Assert.Equal(0, Series(Timeframe.M1, [Flat(new(2020, 11, 26), "10:00", 5), Flat(new(2020, 11, 28), "10:00", 5)]).Resample(Timeframe.D1).Count);

    [Fact]
    public void A_week_is_labelled_by_its_first_day_with_candles()
    {
        // Monday 15 January 2024 was a holiday; Friday 19 January is missing here.
        DateOnly[] days = [new(2024, 1, 12), new(2024, 1, 16), new(2024, 1, 17), new(2024, 1, 18), new(2024, 1, 22)];

        var weeks = Series(Timeframe.D1, days.Select((day, i) => Flat(day, "09:30", i + 1))).Resample(Timeframe.W1);

        Assert.Equal(["2024-01-12", "2024-01-16", "2024-01-22"], Enumerable.Range(0, weeks.Count).Select(weeks.Label));
        Assert.Equal([1, 2 + 3 + 4, 5], weeks.Volume.ToArray());
    }

    [Theory]
    [InlineData(2026, 3, 6)]
    [InlineData(2026, 10, 30)]
    public void Both_sides_of_a_clock_change_begin_at_half_past_nine(int year, int month, int day)
    {
        var friday = new DateOnly(year, month, day);
        var minutes = Series(Timeframe.M1, Candles(FullDay(friday)).Concat(Candles(FullDay(friday.AddDays(3)))));

        var hours = minutes.Resample(Timeframe.H1);

        Assert.Equal(14, hours.Count);
        Assert.Equal("09:30", Times(hours)[0]);
        Assert.Equal("09:30", Times(hours)[7]);
        Assert.Equal([390, 390], minutes.Resample(Timeframe.D1).Volume.ToArray());
    }

    [Fact]
    public void Days_before_the_calendar_begins_have_the_usual_hours()
    {
        var minutes = Series(Timeframe.M1, [Flat(new(1985, 12, 3), "09:29", 1), Flat(new(1985, 12, 3), "15:59", 2), Flat(new(1985, 12, 3), "16:00", 4)]);

        var day = Assert.Single(Candles(minutes.Resample(Timeframe.D1)));

        Assert.Equal((Nyse.DailyOpen(new(1985, 12, 3)), 2), (day.OpenTime, day.Volume));
    }

    [Fact]
    public void Clock_hours_make_the_same_day_as_their_session()
    {
        var hours = SharedCandles.Hours("SPY");
        var daily = SharedCandles.Daily("SPY");

        var days = hours.Resample(Timeframe.D1);

        Assert.Equal(Nyse.Sessions(new(2015, 1, 2), new(2021, 3, 31)).Select(s => s.Day), Candles(days).Select(c => Nyse.DayOf(c.OpenTime)));
        Assert.Equal(hours.Volume.ToArray().Sum(), days.Volume.ToArray().Sum());
        var offset = daily.IndexAtOrAfter(days.OpenTime(0));
        for (var i = 0; i < days.Count; i++) Assert.Equal(daily.High[offset + i], days.High[i], 0.005 * daily.High[offset + i]);
    }

    [Fact]
    public void Real_minutes_make_days_of_their_sums_and_extremes()
    {
        var minutes = SharedCandles.Minutes("SPY");

        var days = minutes.Resample(Timeframe.D1);

        Assert.Equal(5, days.Count);
        foreach (var day in Candles(days))
        {
            var within = Candles(minutes).Where(c => Nyse.DayOf(c.OpenTime) == Nyse.DayOf(day.OpenTime)).ToArray();
            Assert.Equal(within[0].Open, day.Open);
            Assert.Equal(within.Max(c => c.High), day.High);
            Assert.Equal(within.Min(c => c.Low), day.Low);
            Assert.Equal(within[^1].Close, day.Close);
            Assert.Equal(within.Sum(c => c.Volume), day.Volume);
        }
    }

    [Fact]
    public void Real_minutes_with_early_and_late_trading_make_days_of_390_of_them()
    {
        var minutes = SharedCandles.Minutes("AAPL");
        var regular = Candles(minutes).Where(c => Nyse.SessionOn(Nyse.DayOf(c.OpenTime)) is { } s && c.OpenTime >= s.Open && c.OpenTime < s.Close).ToArray();

        Assert.Equal(3 * 390, regular.Length);
        Assert.Equal(regular.Sum(c => c.Volume), minutes.Resample(Timeframe.D1).Volume.ToArray().Sum());
        Assert.Equal(minutes.Volume.ToArray().Sum(), minutes.Resample(Timeframe.M30).Volume.ToArray().Sum());
    }

    [Fact]
    public void Volume_and_extremes_are_kept_within_the_day() => Cases.Sample(c =>
    {
        var longer = c.Series.Resample(c.Timeframe);
        var counted = c.Timeframe.IsIntraday ? Candles(c.Series) : Candles(c.Series).Where(IsRegular);
        Assert.Equal(counted.Sum(m => m.Volume), longer.Volume.ToArray().Sum());
        Assert.Equal(counted.Select(m => m.High).DefaultIfEmpty().Max(), longer.High.ToArray().DefaultIfEmpty().Max());
        Assert.Equal(counted.Select(m => m.Low).DefaultIfEmpty().Min(), longer.Low.ToArray().DefaultIfEmpty().Min());
    });

    [Fact]
    public void Every_candle_opens_before_and_closes_after_what_it_holds() => Cases.Sample(c =>
    {
        var longer = c.Series.Resample(c.Timeframe);
        for (var i = 0; i < longer.Count; i++)
        {
            var (open, close) = (longer.OpenTicks[i], Nyse.CloseTicks(longer.OpenTicks[i], c.Timeframe));
            // The hour that midnight cuts (00:00 to 00:30) is the only one whose nominal end reaches into the next candle.
            if (i + 1 < longer.Count) close = Math.Min(close, longer.OpenTicks[i + 1]);
            var held = Candles(c.Series).Where(m => m.OpenTime.UtcTicks >= open && m.OpenTime.UtcTicks < close && (c.Timeframe.IsIntraday || IsRegular(m))).ToArray();
            Assert.Equal(held.Max(m => m.High), longer.High[i]);
            Assert.Equal(held.Sum(m => m.Volume), longer.Volume[i]);
            Assert.Equal((held[0].Open, held[^1].Close), (longer.Open[i], longer.Close[i]));
        }
    });

    [Fact]
    public void A_future_never_changes_earlier_closed_candles() => Gen.Select(Cases, Gen.Double[0, 1]).Sample((c, part) =>
    {
        var all = c.Series.Resample(c.Timeframe);
        var past = c.Series.Slice(0, (int)(part * c.Series.Count)).Resample(c.Timeframe);
        Assert.Equal(Candles(all).Take(Math.Max(0, past.Count - 1)), Candles(past).SkipLast(1));
    });

    [Fact]
    public void Two_steps_make_the_same_as_one() => Minutes.Sample(minutes =>
        Assert.Equal(Candles(minutes.Resample(Timeframe.W1)), Candles(minutes.Resample(Timeframe.M5).Resample(Timeframe.M30).Resample(Timeframe.D1).Resample(Timeframe.W1))));

    [Fact]
    public void The_same_timeframe_is_the_series_itself()
    {
        var minutes = FullDay(new(2019, 2, 11));

        Assert.Same(minutes, minutes.Resample(Timeframe.M1));
        Assert.Same(Origin, minutes.Resample(Timeframe.D1).Origin);
    }

    [Theory]
    [InlineData("1d", "1h", "SPY: 1d candles cannot be split into shorter 1h candles; start from candles of 1h or less")]
    [InlineData("2m", "5m", "SPY: 2m candles do not fit into 5m candles without a rest; start from 1m candles")]
    public void What_cannot_be_made_is_refused_in_plain_words(string from, string to, string message) =>
        Assert.Equal(message, Assert.Throws<CandleDataException>(() => Series(Timeframe.Parse(from), []).Resample(Timeframe.Parse(to))).Message);

    [Fact]
    public void A_candle_that_straddles_the_grid_is_refused()
    {
        var odd = Series(Timeframe.M5, [Flat(new(2019, 2, 11), "09:38", 1), Flat(new(2019, 2, 11), "09:43", 1)]);

        var refusal = Assert.Throws<CandleDataException>(() => odd.Resample(Timeframe.M15));

        Assert.Equal("SPY 5m: the candle at 2019-02-11T09:43:00-05:00 reaches past 2019-02-11T09:45:00-05:00, where a 15m candle ends; resample from 1m candles, which always fit", refusal.Message);
    }

    static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static bool IsRegular(Candle minute) => Nyse.RegularHours(Nyse.DayOf(minute.OpenTime)) is { } session && minute.OpenTime >= session.Open && minute.OpenTime < session.Close;

    static Candle RandomCandle(DateOnly start, int[] gaps, double[] prices, long[] volumes, int i)
    {
        var p = prices.AsSpan(4 * i, 4).ToArray();
        var open = Nyse.At(start, new(4, 0)).AddMinutes(gaps.Take(i).Sum());
        return new(open, p[0], p.Max(), p.Min(), p[3], volumes[i]);
    }

    static CandleSeries FullDay(DateOnly day)
    {
        var session = Nyse.SessionOn(day) ?? throw new InvalidOperationException();
        return Series(Timeframe.M1, Enumerable.Range(0, (int)session.Length.TotalMinutes).Select(m => new Candle(session.Open.AddMinutes(m), 10, 11, 9, 10, 1)));
    }

    static Candle Flat(DateOnly day, string time, long volume) =>
        new(Nyse.At(day, TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)), 10, 10, 10, 10, volume);

    static CandleSeries Series(Timeframe timeframe, IEnumerable<Candle> candles) => CandleSeries.From(Spy, timeframe, Origin, candles);

    static IEnumerable<Candle> Candles(CandleSeries series) => Enumerable.Range(0, series.Count).Select(i => series[i]);

    static string[] Times(CandleSeries series) => [.. Enumerable.Range(0, series.Count).Select(i => series.Label(i)[11..16])];
}
