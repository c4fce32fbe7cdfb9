using System.Globalization;

namespace EtradeBot.Market;

/// <summary>Sessions, judged by published calendars and by the days that real candle files hold.</summary>
public class MarketCalendarSessionTests
{
    static readonly MarketCalendar Nyse = MarketCalendar.Nyse;

    [Fact]
    public void Sessions_2018_to_2028_are_those_the_exchange_published()
    {
        var published = GoldenLines("nyse-2018-2028.txt").Select(line => $"{line[0]} {line[1]}");

        var ours = Days(new(2018, 1, 1), new(2028, 12, 31))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select(day => (Day: day, Session: Nyse.SessionOn(day)))
            .Where(d => d.Session is not { IsShortened: false })
            .Select(d => $"{Text(d.Day)} {(d.Session is { } session ? NewYork(session.Close) : "closed")}");

        Assert.Equal(published, ours);
    }

    [Fact]
    public void Shortened_sessions_1990_to_2017_are_those_of_the_exchanges_list()
    {
        var published = GoldenLines("nyse-shortened-1990-2017.txt").Select(line => $"{line[0]} {line[1]}");

        var ours = Nyse.Sessions(new(1990, 1, 1), new(2017, 12, 31))
            .Where(session => session.IsShortened)
            .Select(session => $"{Text(session.Day)} {NewYork(session.Open)}-{NewYork(session.Close)}");

        Assert.Equal(published, ours);
    }

    [Theory]
    [InlineData("SPY")]
    [InlineData("AAPL")]
    [InlineData("JPM")]
    public void Every_day_of_a_real_daily_file_is_a_session_and_every_session_is_in_it(string name)
    {
        var candles = SharedCandles.Daily(name);
        var days = Enumerable.Range(0, candles.Count).Select(i => Nyse.DayOf(candles.OpenTime(i))).ToArray();

        Assert.Equal(Nyse.Sessions(days[0], days[^1]).Select(session => session.Day), days);
    }

    [Fact]
    public void Real_hourly_candles_end_where_the_sessions_close()
    {
        var candles = SharedCandles.Hours("SPY");
        var lastOpens = new Dictionary<DateOnly, DateTimeOffset>();
        for (var i = 0; i < candles.Count; i++) lastOpens[Nyse.DayOf(candles.OpenTime(i))] = candles.OpenTime(i);

        Assert.Equal(
            Nyse.Sessions(lastOpens.Keys.Min(), lastOpens.Keys.Max()).Select(session => session.Close),
            lastOpens.Values.Select(open => open.AddHours(1)));
    }

    [Fact]
    public void Real_minutes_fill_the_sessions_exactly()
    {
        var candles = SharedCandles.Minutes("SPY");

        var expected = Nyse.Sessions(new(2019, 2, 11), new(2019, 2, 15))
            .SelectMany(session => Enumerable.Range(0, (int)session.Length.TotalMinutes).Select(m => session.Open.AddMinutes(m)));

        Assert.Equal(expected, Enumerable.Range(0, candles.Count).Select(candles.OpenTime));
    }

    [Theory]
    [InlineData("1993-12-31")] // New Year's Day 1994 fell on a Saturday
    [InlineData("1997-01-20")] // before Martin Luther King Day was kept
    [InlineData("2021-06-18")] // before Juneteenth was kept
    [InlineData("2021-12-31")]
    public void Days_near_a_holiday_that_the_exchange_did_not_keep_are_sessions(string day) =>
        Assert.True(Nyse.IsSession(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("1994-04-27")]
    [InlineData("2001-09-11")]
    [InlineData("2001-09-14")]
    [InlineData("2004-06-11")]
    [InlineData("2007-01-02")]
    [InlineData("2012-10-29")]
    [InlineData("2012-10-30")]
    public void One_off_closures_are_known(string day) =>
        Assert.Null(Nyse.SessionOn(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Fact]
    public void Next_and_previous_sessions_skip_closed_days()
    {
        Assert.Equal(new(2001, 9, 17), Nyse.NextSession(new(2001, 9, 10)));
        Assert.Equal(new(2001, 9, 10), Nyse.PreviousSession(new(2001, 9, 17)));
        Assert.Equal(new(2001, 9, 17), Nyse.NextSession(new(2001, 9, 13)));
        Assert.Equal(new(1990, 1, 2), Nyse.NextSession(new(1970, 1, 1)));
        Assert.Equal(new(2035, 12, 31), Nyse.PreviousSession(new(2050, 1, 1)));
    }

    [Fact]
    public void Beyond_its_years_the_calendar_says_that_it_does_not_know()
    {
        Assert.False(Nyse.Covers(new(1989, 12, 29)));
        Assert.True(Nyse.Covers(new(1990, 1, 1)));
        Assert.True(Nyse.Covers(new(2035, 12, 31)));
        Assert.False(Nyse.Covers(new(2036, 1, 1)));
        Assert.False(Nyse.IsSession(new(1989, 12, 29)));
        Assert.Null(Nyse.SessionOn(new(2036, 1, 2)));
        Assert.Empty(Nyse.Sessions(new(1980, 1, 1), new(1989, 12, 31)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nyse.NextSession(new(2035, 12, 31)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nyse.PreviousSession(new(1990, 1, 2)));
    }

    [Fact]
    public void Periods_per_year_are_counted_from_the_sessions()
    {
        var sessions = Nyse.Sessions(new(1990, 1, 1), new(2035, 12, 31)).ToArray();
        var years = 16_801 / 365.2425;

        Assert.Equal(sessions.Length / years, Nyse.PeriodsPerYear(Timeframe.D1), 1e-9);
        Assert.InRange(Nyse.PeriodsPerYear(Timeframe.D1), 251.5, 252);
        Assert.Equal(365.2425 / 7, Nyse.PeriodsPerYear(Timeframe.W1), 1e-9);
        Assert.Equal(sessions.Sum(s => s.Length.TotalMinutes) / years, Nyse.PeriodsPerYear(Timeframe.M1), 1e-6);
        Assert.Equal(sessions.Sum(s => Math.Ceiling(s.Length.TotalHours)) / years, Nyse.PeriodsPerYear(Timeframe.H1), 1e-6);
    }

    static IEnumerable<string[]> GoldenLines(string name) =>
        File.ReadLines(TestFolders.Golden("calendar", name)).Where(line => line[0] != '#').Select(line => line.Split(' '));

    static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) =>
        Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1).Select(DateOnly.FromDayNumber);

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string NewYork(DateTimeOffset instant) => Nyse.Label(instant, Timeframe.M1)[11..16];
}
