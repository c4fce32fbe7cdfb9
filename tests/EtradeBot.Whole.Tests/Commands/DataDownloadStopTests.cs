using System.Diagnostics;
using System.Globalization;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Microsoft.AspNetCore.Http;

namespace EtradeBot.App.Commands;

/// <summary>The built program, stopped in the middle of a download.</summary>
public sealed class DataDownloadStopTests : IAsyncLifetime
{
    const int Concurrency = 2;
    const int AnsweredAtFirst = 9;

    static readonly string[] Symbols = ["AAPL", "MSFT", "SPY", "KO", "PEP", "IBM"];

    readonly TemporaryFolder _folder = new();
    readonly YahooMarket _market = new();
    readonly List<string> _held = [];
    readonly TaskCompletionSource _allHeld = new();
    HistoryServer _server = null!;
    int _answered;
    bool _isOpen;

    public async ValueTask InitializeAsync() => _server = await HistoryServer.StartAsync(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>After some answers every further request is held, until the program is gone.</summary>
    async Task AnswerAsync(HttpContext context)
    {
        if (_isOpen || Interlocked.Increment(ref _answered) <= AnsweredAtFirst)
        {
            await _market.AnswerAsync(context);
            return;
        }
        lock (_held)
        {
            _held.Add($"{context.Request.Path}{context.Request.QueryString}");
            // The program asks for so many at once and not for one more before an answer is on the disk.
            if (_held.Count == Concurrency) _allHeld.SetResult();
        }
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    async Task UntilHeldAsync(Process download)
    {
        await Task.WhenAny(_allHeld.Task, download.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.False(download.HasExited, "the download ended before it was stopped");
    }

    Process Start() => ChildProgram.Start(ChildProgram.Path, "data", "download", "--symbol", string.Join(',', Symbols), "--from", "2010-01-01", "--to", "2024-12-31", "--data", _folder["state"],
        "--source-url", _server.Url.ToString(), "--requests-per-second", "10000", "--concurrency", Concurrency.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_killed_download_goes_on_where_it_stopped_and_asks_for_nothing_twice()
    {
        using (var first = Start())
        {
            await UntilHeldAsync(first);
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        // Finished chunks, read to the last byte; what is on the way has another name.
        foreach (var chunk in Directory.EnumerateFiles(_folder.Path, "*.parquet", SearchOption.AllDirectories)) CandleFile.Read(chunk);
        _isOpen = true;
        using (var second = Start())
        {
            var run = ChildProgram.Finish(second);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }
        var asked = _server.Requests.Select(request => request.Path + request.Query).ToList();
        foreach (var held in _held) Assert.True(asked.Remove(held));
        Assert.Equal(asked.Distinct().Count(), asked.Count);
        Assert.Equal(Symbols.Length * 3, asked.Count);
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        var store = new CandleStore(_folder["state"]);
        var sessions = MarketCalendar.Nyse.Sessions(new DateOnly(2010, 1, 1), new DateOnly(2024, 12, 31)).Count();
        foreach (var symbol in Symbols) Assert.Equal(sessions, store.Read(Symbol.Parse(symbol), Timeframe.D1).Candles.Count);
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_is_complete_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill -INT");
        using var download = Start();
        await UntilHeldAsync(download);
        using (var kill = ChildProgram.Start("kill", "-INT", download.Id.ToString(CultureInfo.InvariantCulture))) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var run = ChildProgram.Finish(download);
        Assert.Equal(130, run.ExitCode);
        Assert.Matches("^etrade-bot: stopped; [0-9] of 6 symbols are finished and stay. Run the same command again to go on\r?\n$", run.Error);
        Assert.DoesNotContain(_folder.Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.NotEmpty(Directory.EnumerateFiles(_folder["state", "downloads"], "*.parquet", SearchOption.AllDirectories));
    }
}
