using System.Text;

namespace EtradeBot.Market;

public class CandleCsvOptionsTests
{
    const string Minutes = "time,open,high,low,close,volume\n2025-03-07 14:31,10,11,9,10,1\n2025-03-07 14:32,10,11,9,10,1\n2025-03-10 13:31,10,11,9,10,1\n";

    [Theory]
    [InlineData(false, false, "2025-03-07T14:31:00-05:00", "2025-03-10T13:31:00-04:00", "times without an offset taken as New York")]
    [InlineData(true, false, "2025-03-07T09:31:00-05:00", "2025-03-10T09:31:00-04:00", "times without an offset taken as UTC, as asked")]
    [InlineData(true, true, "2025-03-07T09:30:00-05:00", "2025-03-10T09:30:00-04:00", "times taken as the ends of candles, as asked")]
    public void The_user_says_what_a_clock_without_an_offset_means(bool areUtc, bool areEnds, string first, string last, string assumption)
    {
        var (candles, report) = Read(Minutes, new CsvOptions { TimesAreUtc = areUtc, TimesAreEnds = areEnds });

        Assert.Equal((first, last, Timeframe.M1), (candles.Label(0), candles.Label(2), candles.Timeframe));
        Assert.Contains(assumption, report.Assumptions);
    }

    [Fact]
    public void An_offset_in_the_file_wins_over_what_is_said_about_clocks_without_one()
    {
        var text = Minutes.Replace(",10,11", "-05:00,10,11", StringComparison.Ordinal);

        Assert.Equal("2025-03-07T14:31:00-05:00", Read(text, new CsvOptions { TimesAreUtc = true }).Candles.Label(0));
    }

    [Fact]
    public void A_row_with_an_offset_among_rows_without_is_bad()
    {
        var report = Read(Minutes + "2025-03-10T13:32:00Z,10,11,9,10,1\n", new CsvOptions { BadRows = BadRows.Skip }).Report;

        Assert.Equal("line 5, column time, value '2025-03-10T13:32:00Z': an offset, while the rows before have none", report.BadRows.Single().ToString());
    }

    [Fact]
    public void Dates_follow_the_evidence_of_the_whole_file_even_when_it_comes_last()
    {
        var (candles, report) = Read("Date,Open,High,Low,Close\n03/04/2025,1,1,1,1\n04/04/2025,1,1,1,1\n17/04/2025,1,1,1,1\n");

        Assert.Equal(["2025-04-03", "2025-04-04", "2025-04-17"], Labels(candles));
        Assert.Contains("dates are day/month/year because line 4 has 17/04/2025", report.Assumptions);
    }

    [Fact]
    public void The_proof_may_stand_in_a_row_that_is_bad_for_another_reason() =>
        Assert.Equal(["2025-04-03", "2025-04-04"], Labels(Read("Date,Open,High,Low,Close\n03/04/2025,1,1,1,1\n04/04/2025,1,1,1,1\n17/04/2025,,,,\n", new CsvOptions { BadRows = BadRows.Skip }).Candles));

    [Fact]
    public void With_the_order_given_a_date_that_does_not_fit_is_a_bad_row()
    {
        var report = Read("Date,Open,High,Low,Close\n03/04/2025,1,1,1,1\n03/17/2025,1,1,1,1\n", new CsvOptions { DateOrder = "dmy", BadRows = BadRows.Skip }).Report;

        Assert.Equal("not a date with the day first, as --date-order dmy says", report.BadRows.Single().Rule);
    }

    [Fact]
    public void Dates_that_read_the_same_both_ways_need_no_order() =>
        Assert.Equal(["2025-03-03", "2025-04-04"], Labels(Read("Date,Open,High,Low,Close\n03/03/2025,1,1,1,1\n04/04/2025,1,1,1,1\n").Candles));

    [Theory]
    [InlineData("Date;Open;High;Low;Close\n2025-03-03;1,234;1,240;1,200;1,210\n", true)]
    [InlineData("Date,Open,High,Low,Close\n2025-03-03,\"1,234\",\"1,240\",\"1,200\",\"1,210\"\n", true)]
    [InlineData("\"Date\",Open,High,Low,Close\n\"Mar 3, 2025\",1234,1240,1200,1210\n", false)]
    [InlineData("Date,Open,High,Low,Close\n2025-03-03,1234,1240,1200,1210\n", false)]
    public void A_comma_taken_for_a_thousands_separator_is_said(string text, bool said)
    {
        var (candles, report) = Read(text);

        Assert.Equal(1234, candles.Open[0]);
        Assert.Equal(said, report.Assumptions.Contains("commas inside numbers taken as thousands separators"));
    }

    [Fact]
    public void Columns_of_a_file_without_a_header_are_mapped_by_number()
    {
        var (candles, report) = Read("AAA;2025-03-03;1;4;2;1;3;77\nAAA;2025-03-04;1;4;2;1;3;78\n", new CsvOptions { Columns = "symbol=1,date=2,open=5,high=4,low=6,close=7,volume=8" });

        Assert.Equal(("AAA", 2, 4, 1, 3, 77L), (candles.Symbol.Ticker, (int)candles.Open[0], (int)candles.High[0], (int)candles.Low[0], (int)candles.Close[0], candles.Volume[0]));
        Assert.Empty(report.Assumptions);
    }

    [Fact]
    public void A_mapping_may_correct_one_column_of_a_known_header()
    {
        var (candles, _) = Read("Date,Open,High,Low,Close,Adj Close,Volume\n2025-03-03,10,11,4,10,5,100\n", new CsvOptions { Columns = "close=Adj Close,open=adj close" });

        Assert.Equal((5.0, 5.0), (candles.Close[0], candles.Open[0]));
    }

    [Fact]
    public void Scaled_prices_of_Lean_are_divided_exactly() =>
        Assert.Equal(242.8, Read("20200403 00:00,2428000,2457500,2389700,2414100,31059630\n", new CsvOptions { Format = "lean" }).Candles.Open[0]);

    [Theory]
    [InlineData("Ticker,Date,Open,High,Low,Close\nbrk.b.US,2025-03-03,1,1,1,1\n", null, "BRK.B", null)]
    [InlineData("Ticker,Date,Open,High,Low,Close\nABC,2025-03-03,1,1,1,1\n", "XYZ", "XYZ", "the file names ABC; read as XYZ, as asked")]
    [InlineData("Price,Close,High,Low,Open\nTicker,ABC,ABC,ABC,ABC\nDate,,,,\n2025-03-03,1,1,1,1\n", null, "ABC", null)]
    [InlineData("Date,Open,High,Low,Close\n2025-03-03,1,1,1,1\n", null, "PRICES", "symbol PRICES taken from the file's name")]
    public void The_symbol_comes_from_the_user_the_file_or_its_name(string text, string? asked, string symbol, string? assumption)
    {
        var (candles, report) = Read(text, new CsvOptions { Symbol = asked is null ? null : Symbol.Parse(asked) });

        Assert.Equal(symbol, candles.Symbol.Ticker);
        if (assumption is not null) Assert.Contains(assumption, report.Assumptions);
    }

    [Fact]
    public void Weeks_begin_with_their_first_session_whatever_day_labels_them()
    {
        const string monday = "Date,Open,High,Low,Close\n2024-01-01,1,1,1,1\n2024-01-08,1,1,1,1\n2024-01-15,1,1,1,1\n2024-01-22,1,1,1,1\n";
        var friday = monday.Replace("-01-01,", "-01-05,", StringComparison.Ordinal).Replace("-01-08", "-01-12", StringComparison.Ordinal).Replace("-01-15", "-01-19", StringComparison.Ordinal).Replace("-01-22", "-01-26", StringComparison.Ordinal);
        var (candles, report) = Read(monday);

        Assert.Equal(("2024-01-02", "2024-01-08", Timeframe.W1), (candles.Label(0), candles.Label(1), candles.Timeframe));
        Assert.Equal("no row has a time of day, and the rows lie a week apart", report.TimeframeFound);
        Assert.Equal(Labels(candles), Labels(Read(friday).Candles));
    }

    [Fact]
    public void Days_labelled_by_midnight_in_New_York_written_in_UTC_keep_their_day()
    {
        var (candles, report) = Read("time,open,high,low,close\n2025-03-07T05:00:00Z,1,1,1,1\n2025-03-10T04:00:00Z,1,1,1,1\n2025-03-11T04:00:00Z,1,1,1,1\n");

        Assert.Equal(["2025-03-07", "2025-03-10", "2025-03-11"], Labels(candles));
        Assert.Equal(("every day has one row", Timeframe.D1), (report.TimeframeFound, candles.Timeframe));
    }

    [Fact]
    public void The_report_accounts_for_every_row()
    {
        foreach (var line in File.ReadLines(TestFolders.Golden("dirty", "expected.csv")).Skip(1))
        {
            var file = line.Split(',')[0];
            if (file.EndsWith("_asked.csv", StringComparison.Ordinal) || file.EndsWith("_mapped.csv", StringComparison.Ordinal)) continue;
            var report = CandleCsv.Inspect(File.OpenRead(TestFolders.Golden("dirty", file)), file, new CsvOptions { Symbol = Symbol.Parse("TEST") }).Report;
            Assert.Equal(report.DataRows, report.Kept + report.Rejected + report.DuplicatesIdentical + report.DuplicatesConflicting);
        }
    }

    static CsvReadResult Read(string text, CsvOptions? options = null) =>
        CandleCsv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "prices.csv", options ?? new CsvOptions());

    static string[] Labels(CandleSeries candles) => [.. Enumerable.Range(0, candles.Count).Select(candles.Label)];
}
