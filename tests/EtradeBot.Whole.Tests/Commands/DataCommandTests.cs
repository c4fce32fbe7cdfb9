using System.Globalization;
using System.Text.Json;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

public sealed class DataCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Trading days from Monday 2024-01-08; a number of days is a file's length.</summary>
    string Days(string name, int count, double factor = 1)
    {
        var rows = MarketCalendar.Nyse.Sessions(new DateOnly(2024, 1, 8), new DateOnly(2024, 12, 31)).Take(count).Select((session, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{session.Day:yyyy-MM-dd},{(100 + i) * factor},{(102 + i) * factor},{(98 + i) * factor},{(101 + i) * factor},{1000 + i}\n"));
        return _folder.Write(name, "Date,Open,High,Low,Close,Volume\n" + string.Concat(rows));
    }

    Cli Data(params string[] args) => Cli.Run(["data", .. args, "--data", _folder["state"]]);

    JsonElement Json(params string[] args) => JsonDocument.Parse(Data([.. args, "--json"]).Out).RootElement;

    [Fact]
    public void Data_alone_says_what_can_be_asked()
    {
        var run = Cli.Run("data");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("check, import, list, demo, resample", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_store_says_how_to_fill_it()
    {
        var run = Data("list");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("etrade-bot data import", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, Json("list").GetArrayLength());
    }

    [Fact]
    public void What_is_imported_is_listed()
    {
        Assert.Equal(0, Data("import", Days("abc.csv", 20), "--source", "my broker").ExitCode);
        var run = Data("list");
        Assert.Equal("symbol  timeframe  candles  from        to          adjusted  kind  source", run.Lines[0]);
        Assert.Equal("ABC     1d              20  2024-01-08  2024-02-05  unknown   real  my broker", run.Lines[1]);
        var row = Json("list")[0];
        Assert.Equal("2024-01-08T14:30:00Z", row.GetProperty("first_open").GetString());
        Assert.Equal(["symbol", "timeframe", "candles", "first_open", "last_open", "adjusted", "simulated", "source", "content_hash"], row.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void A_second_import_merges_and_shows_what_changed()
    {
        Data("import", Days("abc.csv", 20));
        var text = File.ReadAllText(Days("abc.csv", 25)).Replace("2024-01-08,100,", "2024-01-08,100.5,", StringComparison.Ordinal);
        var run = Data("import", _folder.Write("abc.csv", text));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("ABC 1d: 5 added, 19 unchanged, 1 changed; 25 candles", run.Out, StringComparison.Ordinal);
        Assert.Contains("2024-01-08  100 -> 100.5   102   98    101    1000", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_of_another_scale_need_replace()
    {
        Data("import", Days("abc.csv", 20));
        var refused = Data("import", Days("abc.csv", 20, factor: 4));
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("NOT imported", refused.Out, StringComparison.Ordinal);
        Assert.Equal(0, Data("import", _folder["abc.csv"], "--replace").ExitCode);
        Assert.Equal(20, Json("list")[0].GetProperty("candles").GetInt32());
    }

    [Fact]
    public void One_bad_file_does_not_stop_the_others()
    {
        var run = Data("import", Days("a.csv", 3), _folder["missing.csv"], Days("b.csv", 3));
        Assert.Equal(3, run.ExitCode);
        Assert.Equal(["A", "B"], Json("list").EnumerateArray().Select(row => row.GetProperty("symbol").GetString()));
    }

    [Fact]
    public void Bad_rows_are_refused_or_left_out_as_asked()
    {
        var path = Days("abc.csv", 20);
        File.AppendAllText(path, "2024-02-06,-1,2,1,2,5\n");
        var refused = Data("import", path);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("line 22, column Open, value '-1'", refused.Out, StringComparison.Ordinal);
        Assert.Equal(["abc.csv"], _folder.Files());
        var taken = Data("import", path, "--bad-rows", "skip");
        Assert.Equal(0, taken.ExitCode);
        Assert.Contains("1 of 21 rows are bad and were left out", taken.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_are_kept_beside_raw_prices()
    {
        var csv = _folder.Write("abc.csv", "Date,Open,High,Low,Close,Volume\n2024-01-08,100,100,100,100,10\n2024-01-09,25,25,25,25,40\n");
        var run = Data("import", csv, "--splits", _folder.Write("splits.csv", "2024-01-09,4\n"));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("splits, on reading", Json("list")[0].GetProperty("adjusted").GetString());
        Assert.Equal(25, Storage.CandleLibrary.Load(new() { StateDirectory = _folder["state"], Symbol = Market.Symbol.Parse("ABC") }).Close[0]);
    }

    [Fact]
    public void Splits_that_do_not_fit_are_refused_and_nothing_is_stored()
    {
        var run = Data("import", Days("abc.csv", 20), "--splits", _folder.Write("splits.csv", "2024-01-10,4\n"));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("seem adjusted already", run.Out, StringComparison.Ordinal);
        Assert.Equal(["abc.csv", "splits.csv"], _folder.Files());
    }

    [Fact]
    public void A_damaged_file_is_listed_as_such()
    {
        Data("import", Days("abc.csv", 20));
        using (var file = File.OpenWrite(_folder["state", "candles", "1d", "ABC.parquet"])) file.SetLength(500);
        var run = Data("list");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("DAMAGED", run.Out, StringComparison.Ordinal);
        Assert.Contains("cut short", Json("list")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Demo_candles_are_marked_wherever_they_are_shown()
    {
        var made = Data("demo", "--symbols", "voltar", "--from", "2024-01-01", "--to", "2024-01-31");
        Assert.Equal(0, made.ExitCode);
        Assert.Contains("VOLTAR  Voltar Motors: wild and heavily traded  1d              21  SIMULATED", made.Out, StringComparison.Ordinal);
        Assert.Contains("SIMULATED", Data("list").Lines[1], StringComparison.Ordinal);
        Assert.True(Json("list")[0].GetProperty("simulated").GetBoolean());
        Assert.Contains("SIMULATED", Data("check", "--symbol", "VOLTAR").Out, StringComparison.Ordinal);
        Assert.Contains("(SIMULATED)", Data("resample", "--symbol", "VOLTAR", "--to", "1w").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_writes_the_same_bytes_and_another_seed_others()
    {
        byte[] Bytes(string seed)
        {
            Data("demo", "--symbols", "MEADOW", "--from", "2024-01-01", "--to", "2024-03-31", "--seed", seed);
            return File.ReadAllBytes(_folder["state", "candles", "1d", "MEADOW.parquet"]);
        }
        var first = Bytes("7");
        Assert.NotEqual(first, Bytes("8"));
        Assert.Equal(first, Bytes("7"));
    }

    [Fact]
    public void Demo_candles_never_take_the_place_of_real_ones()
    {
        Data("import", Days("x.csv", 5), "--symbol", "MEADOW");
        var run = Data("demo", "--symbols", "MEADOW");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("real candles", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo --symbols MEADOWS", "--symbols: MEADOWS is not traded in the demo market, which has BASALT MEADOW LEDGER ANVILS COBALT PIXELS VOLTAR HELIXA. Did you mean 'MEADOW'?")]
    [InlineData("demo --from 2024-02-01 --to 2024-01-01", "--to 2024-01-01 lies before --from 2024-02-01")]
    [InlineData("demo --from yesterday", "--from 'yesterday' is not a day: write it as 2024-01-31")]
    [InlineData("demo --timeframe 3m", "--timeframe '3m' is not a timeframe: use one of 1m 2m 5m 15m 30m 1h 1d 1w")]
    [InlineData("demo --from 2036-01-01 --to 2036-02-01", "the days asked for hold no session of the demo market, which is open from 1990 to 2035")]
    [InlineData("resample --to 1h", "data resample needs one --symbol")]
    [InlineData("resample --symbol A --to 1h --from 1d", "--from 1d is not shorter than --to 1h")]
    [InlineData("check", "check what? Name candle files, or a stored symbol with --symbol")]
    [InlineData("check --symbol A,A", "--symbol names A twice")]
    [InlineData("check --symbol A*", "--symbol 'A*' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _")]
    [InlineData("import f.csv --symbol A,B", "--symbol: a file holds one symbol; import each with its own command")]
    [InlineData("import f.csv --zone paris", "--zone 'paris' is unknown: use ny or utc. See 'etrade-bot data import --help'.")]
    public void Wrong_options_get_one_line_and_exit_code_2(string line, string message)
    {
        var run = Data(line.Split(' '));
        Assert.Equal((2, $"etrade-bot: {message}"), (run.ExitCode, run.Error.Trim()));
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Longer_candles_are_made_of_stored_ones_and_never_overwrite_without_being_told()
    {
        Data("import", Days("abc.csv", 20));
        Assert.Contains("ABC 1d -> 1w: 5 candles", Data("resample", "--symbol", "ABC", "--to", "1w").Out, StringComparison.Ordinal);
        var again = Data("resample", "--symbol", "ABC", "--to", "1w");
        Assert.Equal(3, again.ExitCode);
        Assert.Contains("--replace", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, Data("resample", "--symbol", "ABC", "--to", "1w", "--replace").ExitCode);
        Assert.Equal(3, Data("resample", "--symbol", "ABC", "--to", "1h").ExitCode);
    }

    [Fact]
    public void A_clean_file_checks_clean()
    {
        var run = Cli.Run("data", "check", Days("abc.csv", 60));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("ABC 1d, 60 candles, 2024-01-08 to 2024-04-03", run.Out, StringComparison.Ordinal);
        Assert.Contains("60 read, 60 kept, 0 bad, 0 repeated", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_is_shown_with_its_place_and_rule()
    {
        var path = Days("abc.csv", 60);
        File.AppendAllText(path, "2024-04-04,5,2,1,2,5\n");
        var run = Cli.Run("data", "check", path);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("line 62, column High, value '2': the high lies below", run.Out, StringComparison.Ordinal);
        var check = JsonDocument.Parse(Cli.Run("data", "check", path, "--json").Out).RootElement[0];
        Assert.False(check.GetProperty("clean").GetBoolean());
        Assert.Equal(1, check.GetProperty("rejected_ohlc").GetInt32());
        Assert.Equal(62, check.GetProperty("bad_rows")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void What_cannot_be_read_at_all_is_said()
    {
        var run = Cli.Run("data", "check", _folder.Write("empty.csv", ""));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("cannot be read", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_files_check_as_their_table_says()
    {
        var daily = TestFolders.Shared("data", "ohlcv", "daily");
        Assert.Equal(0, Cli.Run("data", "check", Path.Combine(daily, "AAPL.csv")).ExitCode);
        var raw = Cli.Run("data", "check", "--data-dir", daily, "--symbol", "AAPL_RAW");
        Assert.Equal(3, raw.ExitCode);
        foreach (var day in new[] { "2000-06-21", "2005-02-28", "2014-06-09", "2020-08-31" }) Assert.Contains(day, raw.Out, StringComparison.Ordinal);
    }
}
