using System.Text.Json;
using System.Text.Json.Nodes;
using EtradeBot.Backtests;
using EtradeBot.Market;

namespace EtradeBot.App.Reports;

public class ResultFilesTests
{
    static readonly string[] AllFive = ["equity.csv", "orders.csv", "report.html", "summary.json", "trades.csv"];

    [Fact]
    public void All_five_files_appear_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var paths = ResultFiles.Write(folder["new", "out"], SmallRun.Record);
        Assert.Equal(AllFive.Select(name => "new/out/" + name), folder.Files());
        Assert.Equal(AllFive, paths.Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("trades.csv")]
    [InlineData("equity.csv")]
    [InlineData("orders.csv")]
    public void Rows_equal_the_golden_file(string name)
    {
        using var folder = new TemporaryFolder();
        Write(folder, SmallRun.Record);
        GoldenFile.MustEqual(name, File.ReadAllText(folder[name]));
    }

    [Fact]
    public void The_summary_equals_the_golden_file()
    {
        using var folder = new TemporaryFolder();
        Write(folder, SmallRun.Record);
        var summary = Summary(folder);
        // The figures have golden files of their own.
        summary["metrics"] = new JsonObject();
        GoldenFile.MustEqual("summary.json", summary.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
    }

    [Fact]
    public void The_summary_holds_every_metric_and_null_for_an_undefined_one()
    {
        using var folder = new TemporaryFolder();
        var run = SampleRun.From(SmallRun.Result with { RoundTrips = [] });
        Write(folder, run);
        var metrics = Summary(folder)["metrics"]!.AsObject();
        foreach (var row in run.Metrics.Rows())
        {
            Assert.True(metrics.TryGetPropertyValue(row.Key, out var value), row.Key);
            if (row.Number is { } number) Assert.Equal(number, value!.GetValue<double>());
            else if (!row.IsDefined) Assert.Null(value);
        }
        Assert.Null(metrics["win_rate"]);
    }

    [Fact]
    public void Two_runs_differ_in_their_timing_only_and_it_stands_last()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        Write(first, SampleRun.Of("SMOOTH"), new StillClock(1));
        Write(second, SampleRun.Of("SMOOTH"), new StillClock(3));
        foreach (var name in AllFive.Except(["summary.json"]))
            Assert.Equal(File.ReadAllBytes(first[name]), File.ReadAllBytes(second[name]));
        var (one, other) = (Summary(first), Summary(second));
        Assert.Equal("timing", one.Last().Key);
        Assert.NotEqual(one["timing"]!.ToJsonString(), other["timing"]!.ToJsonString());
        one.Remove("timing");
        other.Remove("timing");
        Assert.Equal(one.ToJsonString(), other.ToJsonString());
    }

    [Fact]
    public void Seconds_are_those_of_the_clock()
    {
        using var folder = new TemporaryFolder();
        Write(folder, SmallRun.Record, new StillClock(2));
        var timing = Summary(folder)["timing"]!;
        Assert.Equal(2, timing["report"]!.GetValue<double>());
        Assert.Equal(4, timing["total"]!.GetValue<double>());
        Assert.Equal(0.012, timing["load"]!.GetValue<double>());
    }

    [Fact]
    public void No_file_names_the_folder_it_is_in()
    {
        using var folder = new TemporaryFolder();
        Write(folder, SampleRun.Of("SMOOTH", 400));
        foreach (var name in AllFive) Assert.DoesNotContain(folder.Path, File.ReadAllText(folder[name]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void A_run_without_trades_gives_all_files(int candles)
    {
        using var folder = new TemporaryFolder();
        var series = SampleRun.Synthetic("FLAT", candles);
        Write(folder, SampleRun.From(Idle(series)));
        Assert.Equal(candles + 1, File.ReadAllLines(folder["equity.csv"]).Length);
        Assert.Single(File.ReadAllLines(folder["trades.csv"]));
        Assert.Contains("No trade was closed", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
        Assert.Equal(candles, Summary(folder)["candles"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(0, "trades.csv")]
    [InlineData(500, "orders.csv")]
    [InlineData(200_000, "report.html")]
    public void A_full_disk_changes_nothing_and_is_named(int room, string first)
    {
        using var folder = new TemporaryFolder();
        folder.Write("trades.csv", "old");
        folder.Write("notes.txt", "mine");
        var files = new ResultFiles(new StillClock(), stream => new FullDisk(stream, room));
        var problem = Assert.Throws<IOException>(() => files.WriteAll(folder.Path, SmallRun.Record));
        Assert.Contains($"cannot write {folder[first]}: the disk is full", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["notes.txt", "trades.csv"], folder.Files());
        Assert.Equal("old", File.ReadAllText(folder["trades.csv"]));
    }

    public static BacktestResult Idle(CandleSeries series) => new()
    {
        Candles = [series],
        Curve = new EquityCurve
        {
            Timeframe = series.Timeframe,
            StartingCash = 5_000,
            Times = series.OpenTicks.ToArray(),
            Equity = [.. Enumerable.Repeat(5_000.0, series.Count)],
            Exposure = new double[series.Count],
        },
        RoundTrips = [],
        OpenPositions = [],
        Orders = [],
        Fills = [],
        Denials = [],
        AmbiguousCandles = 0,
        GapFills = 0,
        GapCost = 0,
        Warnings = [],
    };

    static void Write(TemporaryFolder folder, RunRecord run, TimeProvider? clock = null) =>
        new ResultFiles(clock ?? new StillClock(), stream => stream).WriteAll(folder.Path, run);

    static JsonObject Summary(TemporaryFolder folder) => JsonNode.Parse(File.ReadAllText(folder["summary.json"]))!.AsObject();

    /// <summary>A disk with so much room left in each file.</summary>
    sealed class FullDisk(Stream disk, int room) : Stream
    {
        const int NoSpace = 28;
        int _left = room;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => disk.Length;

        public override long Position { get => disk.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count)
        {
            _left -= count;
            if (_left < 0) throw new IOException("No space left on device", NoSpace);
            disk.Write(buffer, offset, count);
        }

        public override void Flush() => disk.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
