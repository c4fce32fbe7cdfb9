using System.Text;

namespace EtradeBot.Market;

public class CandleCsvRefusalTests
{
    const string Header = "Date,Open,High,Low,Close,Volume\n";
    const string Good = "2025-03-03,10,11,9,10.5,100\n";

    [Fact]
    public void A_file_that_leaves_something_undecided_is_refused_with_the_way_out()
    {
        foreach (var line in File.ReadAllLines(TestFolders.Golden("dirty", "refused.txt")))
        {
            var (file, words) = (line.Split('\t')[0], line.Split('\t')[1]);
            var refusal = Refusal(File.ReadAllBytes(TestFolders.Golden("dirty", file)), file, new CsvOptions { BadRows = BadRows.Skip });
            Assert.StartsWith(file, refusal, StringComparison.Ordinal);
            Assert.Contains(words, refusal, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n  \r\n", "is empty")]
    [InlineData("\uFEFF", "is empty")]
    [InlineData(Header, "has a header and no row below it")]
    [InlineData("just a word\n", "line 1: 'just a word' is no row of a table")]
    [InlineData("Date,Open,High,Low,Close,Close\n" + Good, "columns 5 and 6 are both named Close")]
    [InlineData("Date,Open,High,Low,Volume\n2025-03-03,1,2,1,5\n", "no column for close")]
    [InlineData("2025-03-03,10,11,9,10.5,100,7,8\n", "8 columns are not time, open, high, low, close, volume")]
    [InlineData("Price,Close,High,Low,Open\nTicker,ABC,XYZ,ABC,ABC\nDate,,,,\n", "several symbols (ABC, XYZ)")]
    public void A_file_without_a_table_of_candles_is_refused_in_one_sentence(string text, string words) =>
        Assert.Contains(words, Refusal(text), StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x44, 0x00 }, "UTF-16")]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08, 0x00 }, "gzip")]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04 }, "zip")]
    [InlineData(new byte[] { 0x50, 0x41, 0x52, 0x31 }, "Parquet")]
    [InlineData(new byte[] { 0x7F, 0x45, 0x4C, 0x46, 0x00, 0x01 }, "is not text")]
    public void A_binary_file_is_named_for_what_it_is(byte[] bytes, string words) =>
        Assert.Contains(words, Refusal(bytes, "file.csv", new CsvOptions()), StringComparison.Ordinal);

    [Fact]
    public void A_header_in_another_encoding_names_line_and_column() =>
        Assert.Contains("line 1, column 2: 'Er\uFFFDffnung' is not UTF-8 text", Refusal([.. "Datum;Er"u8, 0xF6, .. "ffnung;Hoch;Tief;Schluss\n"u8], "file.csv", new CsvOptions()), StringComparison.Ordinal);

    [Fact]
    public void Ten_megabytes_without_a_line_end_are_refused_without_reading_them_all()
    {
        var stream = new MemoryStream(new byte[10_000_000].Select(_ => (byte)'1').ToArray());

        var refusal = Assert.Throws<CandleDataException>(() => CandleCsv.Read(stream, "long.csv", new CsvOptions()));

        Assert.Contains("long.csv line 1: the line is longer than 65,536 bytes", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(stream.Position, 1, 1_000_000);
    }

    [Fact]
    public void A_long_line_far_down_is_refused_by_its_number()
    {
        var text = Header + string.Concat(Enumerable.Repeat(Good, 20_000)) + new string('1', 300_000);

        Assert.Contains("line 20002: the line is longer", Refusal(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_listed_by_line_column_value_and_rule_with_the_remedy()
    {
        var refusal = Refusal(Header + Good + "2025-03-04,10,9,9,10,5\n2025-03-05,10,11,9,-,5\nyesterday,10,11,9,10,5\n2025-03-06,10,11\n2025-03-07,0,11,9,10,5\n");

        Assert.Equal("""
            file.csv: 5 of 6 rows are bad:
              line 3, column High, value '9': the high lies below the open or the close
              line 4, column Close, value '-': the price is missing
              line 5, column Date, value 'yesterday': not a date or time between 1900 and 2100 in any known form
              line 6, column Low, value '2025-03-06,10,11': 3 cells, while the header has 6
              line 7, column Open, value '0': a price must be above zero
            Correct them, or leave them out with --bad-rows skip (comma-separated, header, LF, time from Date, open Open, high High, low Low, close Close, volume Volume, times like 2025-03-03).
            """.ReplaceLineEndings("\n"), refusal);
    }

    [Fact]
    public void Of_many_bad_rows_the_first_twenty_are_listed_and_all_are_counted()
    {
        var refusal = Refusal(Header + Good + string.Concat(Enumerable.Repeat("2025-03-04,,,,,\n", 1_500)));

        Assert.Contains("1,500 of 1,501 rows are bad", refusal, StringComparison.Ordinal);
        Assert.Contains("and 1,480 more", refusal, StringComparison.Ordinal);
        Assert.Equal(20, refusal.Split('\n').Count(l => l.StartsWith("  line", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_of_bad_rows_only_is_refused_even_when_they_may_be_skipped_but_can_be_inspected()
    {
        var bytes = Encoding.UTF8.GetBytes(Header + "2025-03-04,,,,,\n");

        Assert.Contains("No row is usable", Refusal(bytes, "file.csv", new CsvOptions { BadRows = BadRows.Skip }), StringComparison.Ordinal);
        var (candles, report) = CandleCsv.Inspect(new MemoryStream(bytes), "file.csv", new CsvOptions());
        Assert.Equal((0, 1L, 1L), (candles.Count, report.DataRows, report.RejectedMissing));
    }

    [Theory]
    [InlineData("time=Date,open=Nothing", "--columns names 'Nothing', but the columns are 1 'Date', 2 'Open'")]
    [InlineData("zeit=Date", "--columns 'zeit=Date': write part=column with one of date, time, open")]
    [InlineData("open=Open,open=High", "--columns names open twice")]
    [InlineData("open=9", "--columns names '9'")]
    public void A_mapping_that_does_not_fit_the_file_is_refused(string columns, string words) =>
        Assert.Contains(words, Refusal(Header + Good, new CsvOptions { Columns = columns }), StringComparison.Ordinal);

    [Theory]
    [InlineData("ymd", null, "--date-order 'ymd' is unknown")]
    [InlineData(null, "excel", "--format 'excel' is unknown")]
    [InlineData(null, "lean", "files of the lean format have none")]
    public void An_unknown_option_is_refused(string? dateOrder, string? format, string words) =>
        Assert.Contains(words, Refusal(Header + Good, new CsvOptions { DateOrder = dateOrder, Format = format }), StringComparison.Ordinal);

    [Fact]
    public void A_timeframe_that_the_rows_contradict_is_refused()
    {
        const string minutes = "time,open,high,low,close\n2025-03-03 09:30,1,1,1,1\n2025-03-03 09:31,1,1,1,1\n2025-03-03 09:32,1,1,1,1\n";

        Assert.Contains("most rows lie 1 min apart", Refusal(minutes, new CsvOptions { Timeframe = Timeframe.M5 }), StringComparison.Ordinal);
        Assert.Contains("no row has a time of day", Refusal(Header + Good, new CsvOptions { Timeframe = Timeframe.M5 }), StringComparison.Ordinal);
        Assert.Contains("say --timeframe", Refusal("time,open,high,low,close\n2025-03-03 09:30,1,1,1,1\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_name_is_no_ticker_needs_a_symbol() =>
        Assert.Contains("say --symbol", Refusal(Encoding.UTF8.GetBytes(Header + Good), "my prices (1).csv", new CsvOptions()), StringComparison.Ordinal);

    static string Refusal(string text, CsvOptions? options = null) => Refusal(Encoding.UTF8.GetBytes(text), "file.csv", options ?? new CsvOptions());

    static string Refusal(byte[] bytes, string name, CsvOptions options) =>
        Assert.Throws<CandleDataException>(() => CandleCsv.Read(new MemoryStream(bytes), name, options)).Message;
}
