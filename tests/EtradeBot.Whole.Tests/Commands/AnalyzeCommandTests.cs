namespace EtradeBot.App.Commands;

public class AnalyzeCommandTests
{
    const string Header =
        "time,open,high,low,close,volume,rsi,macd,macd_signal,macd_hist,bb_upper,bb_middle,bb_lower,atr,ema,sma,"
        + "cdlhammer,cdlengulfing,cdldoji,cdlmorningstar,cdleveningstar,cdlinvertedhammer,cdlshootingstar,cdlhangingman,cdlharami,cdlpiercing,"
        + "cdldarkcloudcover,cdl3whitesoldiers,cdl3blackcrows,cdlmarubozu,cdlspinningtop,cdldragonflydoji,cdlgravestonedoji,stddev";

    static string Candles(string name) => TestFolders.Golden("synthetic", "ohlcv", name + ".csv");

    [Fact]
    public void Every_golden_cell_comes_out_of_the_program_digit_for_digit()
    {
        var expected = File.ReadAllLines(TestFolders.Golden("synthetic", "golden", "TIES.csv")).Select(line => line.Split(',')).ToArray();
        var actual = Cli.Run("analyze", "--csv", Candles("TIES")).Lines.Select(line => line.Split(',')).ToArray();
        var places = expected[0].Select(name => Array.IndexOf(actual[0], name switch
        {
            "Date" => "time",
            "RSI14" => "rsi",
            "ATR14" => "atr",
            "EMA20" => "ema",
            "SMA50" => "sma",
            "STDDEV20" => "stddev",
            _ => name.ToLowerInvariant(),
        })).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (var row = 1; row < expected.Length; row++)
            for (var column = 0; column < places.Length; column++)
                Assert.True(IsSame(expected[row][column], actual[row][places[column]]), $"row {row}, {expected[0][column]}");
    }

    static bool IsSame(string expected, string actual) =>
        expected == actual || (double.TryParse(expected, out var one) && double.TryParse(actual, out var other) && one.Equals(other));

    [Fact]
    public void Columns_stand_in_their_order_and_cells_stay_empty_until_defined()
    {
        var lines = Cli.Run("analyze", "--csv", Candles("SMOOTH")).Lines;
        Assert.Equal(Header, lines[0]);
        Assert.Equal("2010-01-04,100.5815,101.3361,99.6724,100.6941,1015790" + new string(',', 28), lines[1]);
        Assert.All(lines, line => Assert.Equal(34, line.Split(',').Length));
    }

    [Fact]
    public void A_file_holds_what_the_screen_would_show()
    {
        using var folder = new TemporaryFolder();
        var run = Cli.Run("analyze", "--csv", Candles("FLAT"), "--out", folder["new", "flat.csv"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(Cli.Run("analyze", "--csv", Candles("FLAT")).Out, File.ReadAllText(folder["new", "flat.csv"]));
        Assert.Equal(["new/flat.csv"], folder.Files());
        Assert.Contains("200 candles of FLAT 1d, 34 columns", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Periods_can_be_chosen()
    {
        string[] Row(params string[] options) => Cli.Run(["analyze", "--csv", Candles("SMOOTH"), .. options]).Lines[6].Split(',');
        Assert.All(Row()[6..15], cell => Assert.Empty(cell));
        var row = Row("--rsi", "5", "--macd", "2,4,2", "--bollinger", "4,1.5", "--atr", "3", "--ema", "6", "--sma", "2", "--stddev", "4");
        Assert.All(row[6..16], cell => Assert.NotEmpty(cell));
        Assert.NotEmpty(row[^1]);
    }

    [Theory]
    [InlineData("--rsi", "0", "--rsi 0")]
    [InlineData("--atr", "-3", "--atr -3")]
    [InlineData("--sma", "many", "--sma")]
    [InlineData("--macd", "26,12,9", "fast period must be shorter")]
    [InlineData("--macd", "12,26", "give 3 numbers with commas, as in 12,26,9")]
    [InlineData("--macd", "12,26,9.5", "9.5")]
    [InlineData("--bollinger", "20,wide", "'wide'")]
    [InlineData("--bollinger", "20,NaN", "'NaN'")]
    [InlineData("--bollinger", "0,2", "0 candles")]
    public void A_period_that_is_none_is_refused(string option, string value, string reason)
    {
        var run = Cli.Run("analyze", "--csv", Candles("FLAT"), option, value);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public void One_candle_is_a_file_without_values()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("ONE.csv", "Date,Open,High,Low,Close,Volume\n2024-01-08,10,11,9,10.5,100\n");
        var run = Cli.Run("analyze", "--csv", file, "--timeframe", "1d");
        Assert.Equal([Header, "2024-01-08,10,11,9,10.5,100" + new string(',', 28)], run.Lines);
    }

    [Fact]
    public void Demo_candles_are_called_simulated_beside_the_columns()
    {
        using var folder = new TemporaryFolder();
        var run = Cli.Run("analyze", "--data", folder["data"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith(Header, run.Out, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", run.Error, StringComparison.Ordinal);
    }
}
