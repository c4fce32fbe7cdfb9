using System.Text;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Configuration;

public sealed class DataDeskTests : IDisposable
{
    const string Good = "Date,Open,High,Low,Close,Volume\n2024-01-02,10,11,9,10.5,1000\n2024-01-03,10.5,12,10,11,1200\n2024-01-04,11,12,10,11.5,900\n";
    const string Bad = "Date,Open,High,Low,Close,Volume\n2024-01-02,10,11,9,10.5,1000\n2024-01-03,10.5,,10,11,1200\n2024-01-04,11,12,10,11.5,900\n";

    readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    DataDesk Data => new(_desk.State, _desk.Audit);

    static MemoryStream Bytes(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task A_file_is_looked_over_first_and_then_stored()
    {
        using var upload = await Data.InspectAsync(Desk.Admin, "AAPL.csv", Bytes(Good), new(), TestContext.Current.CancellationToken);
        Assert.Equal(3, upload.Check.Candles!.Count);
        Assert.Empty(Data.List());
        Assert.Equal(3, Data.Store(Desk.Admin, upload, new()).Added);
        var series = Assert.Single(Data.List());
        Assert.Equal(("AAPL", "1d", 3L, false, "AAPL.csv"), (series.Symbol, series.Timeframe, series.Count, series.IsSimulated, series.Source));
    }

    [Fact]
    public async Task A_bad_row_is_named_by_line_and_field_and_stored_only_without_it()
    {
        using var upload = await Data.InspectAsync(Desk.Admin, @"C:\data\AAPL.csv", Bytes(Bad), new(), TestContext.Current.CancellationToken);
        var row = Assert.Single(upload.Check.Report!.BadRows);
        Assert.Equal((3L, "High"), (row.Line, row.Column));
        var problem = Assert.Throws<CandleDataException>(() => Data.Store(Desk.Admin, upload, new()));
        Assert.Contains("line 3", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), problem.Message, StringComparison.Ordinal);
        Assert.Empty(Data.List());
        Assert.Equal(2, Data.Store(Desk.Admin, upload, new(LeaveBadRowsOut: true)).Added);
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_in_words_without_the_folder_of_its_copy()
    {
        using var upload = await Data.InspectAsync(Desk.Admin, "AAPL.csv", Bytes("%PDF-1.7 nothing"), new(), TestContext.Current.CancellationToken);
        Assert.Null(upload.Check.Candles);
        Assert.DoesNotContain("etrade-bot-upload", upload.Check.Problem, StringComparison.Ordinal);
        Assert.Contains("AAPL.csv", upload.Check.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_leaves_nothing_behind()
    {
        var problem = await Assert.ThrowsAsync<UsageException>(() => Data.InspectAsync(Desk.Admin, "A.csv", new Endless(), new(), TestContext.Current.CancellationToken));
        Assert.Contains("64 MB", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_admin_may_bring_candles()
    {
        var trader = new Actor("tom", Role.Trader, () => true);
        using var upload = await Data.InspectAsync(Desk.Admin, "AAPL.csv", Bytes(Good), new(), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<NotAllowedException>(() => Data.InspectAsync(trader, "AAPL.csv", Bytes(Good), new(), TestContext.Current.CancellationToken));
        Assert.Throws<NotAllowedException>(() => Data.Store(trader, upload, new()));
        Assert.Throws<NotAllowedException>(() => Data.StoreDemo(trader));
        using var downloads = new HistoryDownloads(_desk.Effective, _desk.State, (_desk.Audit, _desk.Time));
        Assert.Throws<NotAllowedException>(() => downloads.Start(trader, new("yahoo", [Symbol.Parse("AAPL")], Timeframe.D1, null, null)));
        Assert.Throws<NotAllowedException>(() => downloads.Cancel(trader));
        Assert.Empty(Data.List());
    }

    [Fact]
    public async Task Demo_candles_never_replace_real_ones()
    {
        Assert.Equal(8, Data.StoreDemo(Desk.Admin));
        Assert.All(Data.List(), series => Assert.True(series.IsSimulated));
        using var upload = await Data.InspectAsync(Desk.Admin, "BASALT.csv", Bytes(Good), new(Replace: true), TestContext.Current.CancellationToken);
        Data.Store(Desk.Admin, upload, new(Replace: true));
        Assert.Throws<CandleDataException>(() => Data.StoreDemo(Desk.Admin));
        Assert.Equal("BASALT.csv", Data.List().Single(series => series.Symbol == "BASALT").Source);
    }

    [Fact]
    public void A_damaged_series_is_listed_with_its_problem()
    {
        _desk.Folder.Write("state/candles/1d/AAPL.parquet", "no candles");
        Assert.NotEqual("", Assert.Single(Data.List()).Problem);
    }

    [Fact]
    public async Task A_download_that_fails_says_why_for_each_symbol_and_a_new_one_can_begin()
    {
        // Nothing listens at port 9.
        using var downloads = new HistoryDownloads(_desk.Effective, _desk.State, (_desk.Audit, TimeProvider.System)) { Server = new Uri("http://127.0.0.1:9") };
        Assert.Contains(SettingRule.TiingoKey, Assert.Throws<UsageException>(() => downloads.Start(Desk.Admin, Wish("tiingo"))).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => downloads.Start(Desk.Admin, Wish("files")));
        Assert.Throws<UsageException>(() => downloads.Start(Desk.Admin, Wish("yahoo") with { From = new DateOnly(2024, 2, 2), To = new DateOnly(2024, 2, 1) }));
        downloads.Start(Desk.Admin, Wish("yahoo"));
        Assert.Throws<UsageException>(() => downloads.Start(Desk.Admin, Wish("yahoo")));
        downloads.Cancel(Desk.Admin);
        await downloads.Running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(downloads.Progress!.IsRunning);
        Assert.True(downloads.Progress.WasCancelled || downloads.Progress.Done.All(line => !line.IsGood));
        downloads.Start(Desk.Admin, Wish("yahoo"));
        downloads.Cancel(Desk.Admin);
        await downloads.Running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_download_stores_what_the_service_has_and_names_what_it_has_not()
    {
        await using var service = await YahooAnswers.StartAsync();
        using var downloads = new HistoryDownloads(_desk.Effective, _desk.State, (_desk.Audit, TimeProvider.System)) { Server = service.Url };
        downloads.Start(Desk.Admin, Wish("yahoo") with { Symbols = [Symbol.Parse("AAPL"), Symbol.Parse("BADNAME")] });
        await downloads.Running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var good = downloads.Progress!.Done.Single(line => line.Symbol == "AAPL");
        Assert.True(good.IsGood, good.Words);
        Assert.StartsWith("21 added, 0 changed, 21 candles now", good.Words, StringComparison.Ordinal);
        Assert.False(downloads.Progress.Done.Single(line => line.Symbol == "BADNAME").IsGood);
        var series = Assert.Single(Data.List());
        Assert.Equal(("AAPL", "1d", 21L, false), (series.Symbol, series.Timeframe, series.Count, series.IsSimulated));
    }

    static DownloadWish Wish(string source) => new(source, [Symbol.Parse("AAPL")], Timeframe.D1, new DateOnly(2024, 1, 2), new DateOnly(2024, 1, 31));

    sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
