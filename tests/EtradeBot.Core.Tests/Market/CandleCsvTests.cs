using System.Globalization;

namespace EtradeBot.Market;

public class CandleCsvTests
{
    /// <summary>Files whose own bytes cannot say what they are, and what the user has to say.</summary>
    static CsvOptions OptionsFor(string file) => new()
    {
        Symbol = Symbol.Parse("TEST"),
        BadRows = BadRows.Skip,
        Format = file.StartsWith("lean_", StringComparison.Ordinal) ? "lean" : null,
        DateOrder = file.EndsWith("_asked.csv", StringComparison.Ordinal) ? "dmy" : null,
        Columns = file.EndsWith("_mapped.csv", StringComparison.Ordinal) ? "time=Zeit,open=Eroeffnung,high=Hoch,low=4,close=Schluss,volume=Stueck" : null,
    };

    [Fact]
    public void Files_found_in_the_wild_read_as_their_table_says() =>
        CompareWithTable(TestFolders.Shared("data", "dirty"), 17);

    [Fact]
    public void Invented_files_of_every_dialect_and_defect_read_as_their_table_says() =>
        CompareWithTable(TestFolders.Golden("dirty"), 20);

    static void CompareWithTable(string folder, int files)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "expected.csv"));
        var columns = lines[0].Split(',');
        foreach (var line in lines.Skip(1))
        {
            var wanted = columns.Zip(line.Split(',')).ToDictionary(p => p.First, p => p.Second);
            var result = ReadFile(Path.Combine(folder, wanted["File"]), OptionsFor(wanted["File"]));
            var found = Table(result);
            foreach (var (column, value) in wanted)
                if (column != "File") Assert.True(Same(column, value, found[column]), $"{wanted["File"]} {column}: wanted {value}, found {found[column]}");
        }
        Assert.Equal(files, lines.Length - 1);
    }

    static bool Same(string column, string wanted, string found) =>
        column.StartsWith("First", StringComparison.Ordinal) || column.StartsWith("Last", StringComparison.Ordinal)
            ? column.EndsWith("Bar", StringComparison.Ordinal) ? wanted == found : double.Parse(wanted, CultureInfo.InvariantCulture).Equals(double.Parse(found, CultureInfo.InvariantCulture))
            : wanted == found;

    static Dictionary<string, string> Table(CsvReadResult result)
    {
        var (candles, report) = (result.Candles, result.Report);
        var last = candles.Count - 1;
        string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            ["DataRows"] = Whole(report.DataRows),
            ["BarsKept"] = Whole(candles.Count),
            ["RejectedCells"] = Whole(report.RejectedCells),
            ["RejectedDate"] = Whole(report.RejectedDate),
            ["RejectedMissing"] = Whole(report.RejectedMissing),
            ["RejectedNonPositive"] = Whole(report.RejectedNonPositive),
            ["RejectedOhlc"] = Whole(report.RejectedOhlc),
            ["DuplicatesIdentical"] = Whole(report.DuplicatesIdentical),
            ["DuplicatesConflicting"] = Whole(report.DuplicatesConflicting),
            ["FileOrder"] = report.Order.ToString().ToLowerInvariant(),
            ["FirstBar"] = AsLabelled(candles, 0),
            ["LastBar"] = AsLabelled(candles, last),
            ["FirstOpen"] = Text(candles.Open[0]),
            ["FirstClose"] = Text(candles.Close[0]),
            ["LastOpen"] = Text(candles.Open[last]),
            ["LastClose"] = Text(candles.Close[last]),
            ["LastVolume"] = Whole(candles.Volume[last]),
            ["Timeframe"] = candles.Timeframe.ToString(),
        };
    }

    static string AsLabelled(CandleSeries candles, int index) => candles.Label(index) is { Length: > 19 } label ? label[..19] : candles.Label(index);

    [Theory]
    [InlineData("daily", "AAPL", 3853, "1d")]
    [InlineData("daily", "MSFT", 3853, "1d")]
    [InlineData("daily", "NVDA", 3853, "1d")]
    [InlineData("daily", "TSLA", 3731, "1d")]
    [InlineData("daily", "META", 3254, "1d")]
    [InlineData("daily", "JPM", 3853, "1d")]
    [InlineData("daily", "SPY", 5849, "1d")]
    [InlineData("daily", "IBM", 5849, "1d")]
    [InlineData("daily", "BAC", 5849, "1d")]
    [InlineData("daily", "AAPL_RAW", 5849, "1d")]
    [InlineData("daily", "GOOG", 2148, "1d")]
    [InlineData("1min", "SPY", 1950, "1m")]
    [InlineData("1min", "AAPL", 2303, "1m")]
    [InlineData("60min", "SPY", 10965, "1h")]
    public void A_clean_file_reads_whole_and_equals_a_plain_parse_of_its_text(string folder, string symbol, int rows, string timeframe)
    {
        var path = TestFolders.Shared("data", "ohlcv", folder, symbol + ".csv");
        var (candles, report) = ReadFile(path, new CsvOptions());

        Assert.Equal((rows, symbol, timeframe), (candles.Count, candles.Symbol.Ticker, candles.Timeframe.ToString()));
        Assert.Equal((rows, 0L, 0L, CsvFileOrder.Ascending), (report.DataRows, report.Rejected, report.DuplicatesIdentical + report.DuplicatesConflicting, report.Order));
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < rows; i++)
        {
            var cells = lines[i + 1].Split(',');
            Assert.Equal(cells[0], candles.Label(i));
            double Cell(int column) => double.Parse(cells[column], CultureInfo.InvariantCulture);
            Assert.Equal((Cell(1), Cell(2), Cell(3), Cell(4)), (candles.Open[i], candles.High[i], candles.Low[i], candles.Close[i]));
            Assert.Equal(long.Parse(cells[5], CultureInfo.InvariantCulture), candles.Volume[i]);
        }
    }

    static CsvReadResult ReadFile(string path, CsvOptions options)
    {
        using var file = File.OpenRead(path);
        return CandleCsv.Read(file, path, options);
    }
}
