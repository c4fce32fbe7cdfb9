using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Microsoft.AspNetCore.Http;

namespace EtradeBot.App.Commands;

public sealed class DataDownloadTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly YahooMarket _market = new();
    HistoryServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await HistoryServer.StartAsync(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Stooq's CSV stands under its own path; it closes one percent higher on 2024-03-01, and lacks 2024-03-04.</summary>
    Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/q", StringComparison.Ordinal)) return _market.AnswerAsync(context);
        var query = context.Request.Query;
        DateOnly Day(string name) => DateOnly.ParseExact(query[name].ToString(), "yyyyMMdd", CultureInfo.InvariantCulture);
        var symbol = query["s"].ToString().Split('.')[0].ToUpperInvariant();
        var rows = MarketCalendar.Nyse.Sessions(Day("d1"), Day("d2")).Where(session => session.Day != new DateOnly(2024, 3, 4)).Select(session =>
        {
            var close = _market.Close(symbol, session.Day);
            return string.Create(CultureInfo.InvariantCulture, $"{session.Day:yyyy-MM-dd},{close},{close + 5},{close - 5},{(session.Day == new DateOnly(2024, 3, 1) ? close * 1.01 : close)},1000\r\n");
        });
        return HistoryServer.Text(context, "Date,Open,High,Low,Close,Volume\r\n" + string.Concat(rows));
    }

    Cli Download(params string[] args) => Cli.Run(["data", "download", .. args, "--data", _folder["state"], "--source-url", _server.Url.ToString(), "--requests-per-second", "10000"]);

    [Fact]
    public void Symbols_are_downloaded_stored_and_checked()
    {
        var run = Download("--symbol", "AAPL,MSFT", "--from", "2024-01-01", "--to", "2024-03-28", "--timeframe", "1d", "--source", "yahoo");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("1 of 2  ", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            ["symbol  result  candles  added  changed  from        to          look at", "AAPL    stored       61     61        0  2024-01-02  2024-03-28", "MSFT    stored       61     61        0  2024-01-02  2024-03-28"],
            run.Lines.SkipWhile(line => !line.StartsWith("symbol", StringComparison.Ordinal)).Take(3).Select(line => line.Replace("  split-jump", "", StringComparison.Ordinal).Replace("  price-jumps", "", StringComparison.Ordinal).TrimEnd()));
        Assert.Contains($"1d candles of yahoo, adjusted for splits, kept in {_folder["state"]}", run.Out, StringComparison.Ordinal);
        Assert.Contains("AAPL    1d              61  2024-01-02  2024-03-28  splits    real  yahoo", Cli.Run("data", "list", "--data", _folder["state"]).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bad_symbol_is_told_at_the_end_and_by_the_exit_code()
    {
        var run = Download("--symbol", "AAPL,BAD,MSFT", "--from", "2024-01-01", "--to", "2024-01-31");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("BAD: FAILED: yahoo does not know BAD: check the ticker, or use another --source", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 3 symbols failed", run.Out, StringComparison.Ordinal);
        Assert.Equal(2, new CandleStore(_folder["state"]).Names().Count);
    }

    [Fact]
    public void Json_has_everything_and_nothing_else_is_printed()
    {
        var run = Download("--symbol", "AAPL,BAD", "--from", "2024-01-01", "--to", "2024-01-31", "--json");
        Assert.Equal(3, run.ExitCode);
        var rows = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(["AAPL stored", "BAD failed"], rows.EnumerateArray().Select(row => $"{row.GetProperty("symbol").GetString()} {row.GetProperty("result").GetString()}"));
        Assert.Equal(21, rows[0].GetProperty("added").GetInt32());
        Assert.Equal("2024-01-31", rows[0].GetProperty("checks")[0].GetProperty("last").GetString());
        Assert.Contains("does not know BAD", rows[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_come_from_a_file_with_comments()
    {
        var file = _folder.Write("symbols.txt", "# big ones\nAAPL, MSFT\nSPY # fund\n\nAAPL\n");
        var run = Download("--symbols-file", file, "--from", "2024-01-02", "--to", "2024-01-31");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, new CandleStore(_folder["state"]).Names().Count);
    }

    [Fact]
    public void A_bad_line_of_the_file_is_named()
    {
        var file = _folder.Write("symbols.txt", "AAPL\nA*\n");
        var run = Download("--symbols-file", file);
        Assert.Equal((2, $"etrade-bot: {file} line 2: 'A*' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _"), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public void Nothing_new_is_up_to_date_and_asks_nobody()
    {
        Download("--symbol", "AAPL", "--from", "2023-01-01");
        var asked = _server.Requests.Count;
        var run = Download("--symbol", "AAPL");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("up to date", run.Out, StringComparison.Ordinal);
        Assert.Equal(asked, _server.Requests.Count);
    }

    [Fact]
    public void Another_adjustment_is_refused_with_both_ways_out_before_anything_is_asked()
    {
        Download("--symbol", "AAPL", "--from", "2024-01-01");
        var asked = _server.Requests.Count;
        var run = Download("--symbol", "AAPL", "--adjusted");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("say --replace to put the new ones in their place, or keep both with another --data DIR", run.Out, StringComparison.Ordinal);
        Assert.Equal(asked, _server.Requests.Count);
        Assert.Equal(0, Download("--symbol", "AAPL", "--adjusted", "--replace").ExitCode);
    }

    [Fact]
    public void Two_sources_are_compared_where_they_overlap()
    {
        var run = Download("--symbol", "AAPL", "--from", "2024-02-01", "--to", "2024-03-28", "--adjusted", "--compare", "stooq");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("AAPL: yahoo and stooq have 39 candles in common; 1 closes differ by more than 0.1 %, at most by 1 % (2024-03-01)", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 candles in yahoo only", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Stored_files_are_compared_with_and_left_as_they_are()
    {
        Download("--symbol", "AAPL", "--from", "2024-02-01", "--to", "2024-03-28", "--source", "stooq");
        var stored = File.ReadAllBytes(_folder["state", "candles", "1d", "AAPL.parquet"]);
        var run = Download("--symbol", "AAPL", "--from", "2024-02-01", "--to", "2024-03-28", "--adjusted", "--compare", "files", "--json");
        Assert.Equal(0, run.ExitCode);
        var comparison = JsonDocument.Parse(run.Out).RootElement[0].GetProperty("comparison");
        Assert.Equal(("stooq", 39, 1, 1), (comparison.GetProperty("other").GetString(), comparison.GetProperty("common").GetInt32(), comparison.GetProperty("different").GetInt32(), comparison.GetProperty("only_in_source").GetInt32()));
        Assert.Equal(stored, File.ReadAllBytes(_folder["state", "candles", "1d", "AAPL.parquet"]));
    }

    [Fact]
    public void A_source_that_serves_nobody_is_exit_code_1()
    {
        _server.Answer = context => HistoryServer.Text(context, "<html><title>Wi-Fi login</title></html>");
        var run = Download("--symbol", "AAPL,MSFT", "--from", "2024-01-01", "--to", "2024-03-28");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("yahoo answered with a web page (\"Wi-Fi login\")", run.Out, StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Theory]
    [InlineData("", "download what? Say --symbol AAPL,MSFT or --symbols-file FILE")]
    [InlineData("--symbol A --source yaho", "there is no source 'yaho': use one of yahoo stooq alphavantage tiingo files; did you mean 'yahoo'?")]
    [InlineData("--symbol A --source files", "--source files: those candles are in the store already; name a data service, or say --compare files")]
    [InlineData("--symbol A --source tiingo", "--source tiingo needs a key of your own: set TIINGO_API_TOKEN in .env or in the environment, or use --source yahoo, which needs none")]
    [InlineData("--symbol A --source stooq --timeframe 1h", "stooq has no 1h candles, but 1d")]
    [InlineData("--symbol A --timeframe 1w", "yahoo has no 1w candles, but 1m 2m 5m 15m 30m 1h 1d: download 1d and make them with etrade-bot data resample --to 1w")]
    [InlineData("--symbol A --raw", "--raw: the 1d prices of yahoo are adjusted for splits, or adjusted for splits and dividends; leave the option out, or use another --source")]
    [InlineData("--symbol A --raw --adjusted", "--adjusted and --raw contradict each other: give one of the two")]
    [InlineData("--symbol A --compare yahoo", "--compare yahoo is the source itself: name another")]
    [InlineData("--symbol A --compare stooq", "--compare stooq: its 1d prices are adjusted for splits and dividends, and those downloaded adjusted for splits, so every candle would differ; add --adjusted")]
    [InlineData("--symbol A --concurrency 0", "--concurrency 0 is not from 1 to 64")]
    [InlineData("--symbol A --from 2024-02-01 --to 2024-01-01", "--to 2024-01-01 lies before --from 2024-02-01")]
    [InlineData("--symbol A --from 01/02/2024", "--from '01/02/2024' is not a day: write it as 2024-01-31")]
    [InlineData("--symbol A --source-url http://example.org", "--source-url 'http://example.org' is not an https address, or an http address of this machine such as http://127.0.0.1:8700")]
    public void Wrong_options_get_one_line_and_exit_code_2(string line, string message)
    {
        var run = Cli.Run(["data", "download", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--data", _folder["state"]]);
        Assert.Equal((2, $"etrade-bot: {message}"), (run.ExitCode, run.Error.Trim()));
        Assert.Empty(_folder.Files());
    }
}
