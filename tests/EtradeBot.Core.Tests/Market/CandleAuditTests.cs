using System.Text;

namespace EtradeBot.Market;

public class CandleAuditTests
{
    [Fact]
    public void Splits_and_bad_prices_of_real_files_are_found_and_a_real_crash_is_not_called_a_split()
    {
        var raw = CheckFile("daily", "AAPL_RAW.csv");
        Assert.Equal(["2000-06-21: looks like a 2:1 split, factor 2", "2005-02-28: looks like a 2:1 split, factor 2", "2014-06-09: looks like a 7:1 split, factor 7", "2020-08-31: looks like a 4:1 split, factor 4"],
            Of(raw, "split-jump")!.Examples.Select(e => e[..e.IndexOf(", close", StringComparison.Ordinal)]));
        var ibm = CheckFile("daily", "IBM.csv");
        Assert.StartsWith("1999-05-27: looks like a 2:1 split", Of(ibm, "split-jump")!.Examples.Single(), StringComparison.Ordinal);
        Assert.StartsWith("2002-12-23: the open of open 159.58, high 159.58", Of(ibm, "price-outlier")!.Examples.Single(), StringComparison.Ordinal);
        Assert.StartsWith("2004-08-30: looks like a 2:1 split", Of(CheckFile("daily", "BAC.csv"), "split-jump")!.Examples.Single(), StringComparison.Ordinal);
        Assert.Null(Of(CheckFile("daily", "META.csv"), "split-jump"));
    }

    [Theory]
    [InlineData("daily", "AAPL.csv")]
    [InlineData("daily", "JPM.csv")]
    [InlineData("daily", "SPY.csv")]
    [InlineData("daily", "TSLA.csv")]
    [InlineData("60min", "SPY.csv")]
    public void Clean_files_of_many_years_have_no_hole_and_no_day_too_many(string folder, string file) =>
        Assert.DoesNotContain(CheckFile(folder, file), f => f.Severity != FindingSeverity.Note);

    [Fact]
    public void The_remedy_for_splits_is_the_split_file_itself()
    {
        var remedy = Of(CheckFile("daily", "AAPL_RAW.csv"), "split-jump")!.Remedy;
        var lines = remedy[(remedy.IndexOf('(', StringComparison.Ordinal) + 1)..remedy.IndexOf(')', StringComparison.Ordinal)].Replace("; ", "\n", StringComparison.Ordinal);

        Assert.Equal([2, 2, 7, 4], SplitTable.Parse(lines, "splits").Splits.Select(s => s.Factor));
    }

    [Fact]
    public void Minutes_of_a_real_split_day_show_the_split_and_the_candle_of_two_scales()
    {
        var found = CheckFile("1min", "AAPL.csv");

        Assert.StartsWith("2014-06-09T04:00:00-04:00: looks like a 7:1 split, factor 7", Of(found, "split-jump")!.Examples.Single(), StringComparison.Ordinal);
        Assert.StartsWith("2014-06-09T04:00:00-04:00: the range of open 645.57", Of(found, "price-outlier")!.Examples.Single(), StringComparison.Ordinal);
        Assert.Equal(348, Of(found, "one-price")!.Count);
        Assert.Equal(2303 - 3 * 390, Of(found, "outside-session")!.Count);
        Assert.Null(Of(found, "missing-candles"));
        Assert.Null(Of(found, "end-labels"));
        Assert.Null(Of(found, "utc-clock"));
    }

    [Fact]
    public void A_clean_week_of_minutes_has_one_finding() =>
        Assert.Equal(["zero-volume: 2019-02-11T13:09:00-05:00"], CheckFile("1min", "SPY.csv").Select(f => $"{f.Id}: {f.Examples[0]}"));

    [Fact]
    public void Candles_of_clock_hours_are_named()
    {
        var found = CheckFile("60min", "SPY.csv");

        Assert.Contains("the one at 09:00 holds only the 30 minutes from 09:30", Of(found, "clock-hours")!.Words, StringComparison.Ordinal);
        Assert.Null(Of(found, "off-grid"));
    }

    [Fact]
    public void A_clock_in_UTC_and_labels_at_the_end_are_seen_and_gone_once_the_file_is_read_right()
    {
        Assert.Contains("--zone utc", Of(CheckDirty("ninjatrader_semicolon.txt", new()), "utc-clock")!.Remedy, StringComparison.Ordinal);
        Assert.Null(Of(CheckDirty("ninjatrader_semicolon.txt", new() { TimesAreUtc = true }), "utc-clock"));
        Assert.Contains("--labels end", Of(CheckDirty("alphavantage_intraday_newest_first.csv", new()), "end-labels")!.Remedy, StringComparison.Ordinal);
        var right = CheckDirty("alphavantage_intraday_newest_first.csv", new() { TimesAreEnds = true });
        Assert.Null(Of(right, "end-labels"));
        Assert.Null(Of(right, "outside-session"));
    }

    [Fact]
    public void Holes_are_counted_by_day_with_the_longest()
    {
        var week = Minutes(new DateOnly(2025, 3, 17), 5);
        var holed = week.Where((_, i) => i is not (20 or 21 or 22 or 400 or 1949) && i / 390 != 2);

        var found = CandleAudit.Check(Series(Timeframe.M1, holed));

        var missing = Of(found, "missing-candles")!;
        Assert.Equal(4, missing.Count);
        Assert.Equal(["2025-03-17: 3 of 390 missing, longest 3 from 09:50", "2025-03-18: 1 of 390 missing, longest 1 from 09:40"], missing.Examples);
        Assert.Equal(["2025-03-19"], Of(found, "missing-sessions")!.Examples);
    }

    [Fact]
    public void Missing_days_closed_days_and_weeks_are_found()
    {
        var days = Enumerable.Range(0, 12).Select(i => new DateOnly(2025, 3, 17).AddDays(i)).Where(d => d.Day != 19 && (d.DayOfWeek != DayOfWeek.Sunday && d.DayOfWeek != DayOfWeek.Saturday || d.Day == 22));
        var found = CandleAudit.Check(Series(Timeframe.D1, days.Select(d => Day(d))));
        Assert.Equal(["2025-03-19"], Of(found, "missing-sessions")!.Examples);
        Assert.Equal(["2025-03-22 (Saturday)"], Of(found, "closed-days")!.Examples);

        Candle[] weeks = [Day(new(2025, 3, 3)), Day(new(2025, 3, 10)), Day(new(2025, 3, 24))];
        Assert.Equal(["week of 2025-03-17"], Of(CandleAudit.Check(Series(Timeframe.W1, weeks)), "missing-sessions")!.Examples);
    }

    [Fact]
    public void Candles_between_the_minutes_are_off_the_grid()
    {
        var minutes = Minutes(new DateOnly(2025, 3, 17), 1).ToList();
        minutes[7] = minutes[7] with { OpenTime = minutes[7].OpenTime.AddSeconds(13) };

        Assert.Equal(["2025-03-17T09:37:13-04:00"], Of(CandleAudit.Check(Series(Timeframe.M1, minutes)), "off-grid")!.Examples);
    }

    [Theory]
    [InlineData(100, 50.5, "2:1 split, factor 2")]
    [InlineData(100, 33, "3:1 split, factor 3")]
    [InlineData(100, 66.5, "3:2 split, factor 1.5")]
    [InlineData(100, 5.05, "20:1 split, factor 20")]
    [InlineData(10, 101, "1:10 reverse split, factor 0.1")]
    [InlineData(100, 55, null)]
    [InlineData(100, 64, null)]
    [InlineData(100, 80, null)]
    public void A_jump_in_the_ratio_of_a_split_names_its_factor(double before, double after, string? words)
    {
        var found = Of(CandleAudit.Check(Series(Timeframe.D1, [Day(new(2025, 3, 17), before), Day(new(2025, 3, 18), after), Day(new(2025, 3, 19), after)])), "split-jump");

        Assert.Equal(words is null, found is null);
        if (words is not null) Assert.Contains(words, found!.Examples.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_jump_that_is_taken_back_is_an_outlier_and_no_split()
    {
        var found = CandleAudit.Check(Series(Timeframe.D1, [Day(new(2025, 3, 17), 100), Day(new(2025, 3, 18), 50), Day(new(2025, 3, 19), 100)]));

        Assert.Contains("2025-03-18: the close of", Of(found, "price-outlier")!.Examples.Single(), StringComparison.Ordinal);
        Assert.Null(Of(found, "split-jump"));
    }

    [Fact]
    public void What_the_reader_met_is_reported()
    {
        var text = "Date,Open,High,Low,Close\n2025-03-18,10,11,9,10\n2025-03-18,10,11,9,10\n2025-03-17,10,11,9,10\n2025-03-19,10,11,9,10\n2025-03-19,10,11,9,10.5\n2025-03-20,,,,\n";
        var (candles, report) = CandleCsv.Inspect(new MemoryStream(Encoding.ASCII.GetBytes(text)), "ABC.csv", new CsvOptions());

        var found = CandleAudit.Check(candles, report);

        Assert.Equal(["2025-03-18"], Of(found, "duplicates-identical")!.Examples);
        Assert.Equal(["2025-03-19"], Of(found, "duplicates-conflicting")!.Examples);
        Assert.Equal(FindingSeverity.Warning, Of(found, "file-order")!.Severity);
        Assert.Equal(["line 7, column Open, value '': the price is missing"], Of(found, "rejected-rows")!.Examples);
        Assert.Equal(["no volume column: every volume is 0", "symbol ABC taken from the file's name"], Of(found, "assumptions")!.Examples);
        Assert.Equal(found.OrderByDescending(f => f.Severity), found);
    }

    [Fact]
    public void Simulated_candles_are_named_and_mixed_sources_compared()
    {
        var real = Series(Timeframe.D1, [Day(new(2025, 3, 17)), Day(new(2025, 3, 18))]);
        var model = Series(Timeframe.D1, [Day(new(2025, 3, 18), 98)]).With(real.Symbol, new CandleOrigin("demo", IsSimulated: true));

        Assert.Equal(1, Of(CandleAudit.Check(model), "simulated")!.Count);
        var mixed = CandleAudit.CheckTogether([real, model]);
        Assert.Equal(["contradicting-sources", "mixed-simulated", "mixed-sources"], mixed.Select(f => f.Id).Order(StringComparer.Ordinal));
        Assert.Equal("2025-03-18: close 100 in test, 98 in demo", Of(mixed, "contradicting-sources")!.Examples.Single());
        Assert.Empty(CandleAudit.CheckTogether([real, real]));
    }

    [Fact]
    public void No_candles_and_one_candle_pass()
    {
        Assert.Empty(CandleAudit.Check(Series(Timeframe.D1, [])));
        Assert.Empty(CandleAudit.Check(Series(Timeframe.M1, Minutes(new DateOnly(2025, 3, 17), 1).Take(1))));
    }

    static CandleFinding? Of(IReadOnlyList<CandleFinding> findings, string id) => findings.SingleOrDefault(f => f.Id == id);

    static IReadOnlyList<CandleFinding> CheckFile(params string[] parts) => CheckFile(TestFolders.Shared(["data", "ohlcv", .. parts]), new CsvOptions { Symbol = Symbol.Parse("TEST") });

    static IReadOnlyList<CandleFinding> CheckDirty(string file, CsvOptions options) =>
        CheckFile(TestFolders.Shared("data", "dirty", file), options with { Symbol = Symbol.Parse("TEST") });

    static IReadOnlyList<CandleFinding> CheckFile(string path, CsvOptions options)
    {
        using var file = File.OpenRead(path);
        var (candles, report) = CandleCsv.Read(file, path, options);
        return CandleAudit.Check(candles, report);
    }

    static CandleSeries Series(Timeframe timeframe, IEnumerable<Candle> candles) => CandleSeries.From(Symbol.Parse("TEST"), timeframe, new CandleOrigin("test"), candles);

    static Candle Day(DateOnly day) => Day(day, 100);

    static Candle Day(DateOnly day, double price) => new(MarketCalendar.Nyse.DailyOpen(day), price, price * 1.01, price * 0.99, price, 1000);

    static IEnumerable<Candle> Minutes(DateOnly first, int days) =>
        from day in Enumerable.Range(0, days)
        from minute in Enumerable.Range(0, 390)
        select new Candle(MarketCalendar.Nyse.DailyOpen(first.AddDays(day)).AddMinutes(minute), 100, 101, 99, 100, 1000);
}
