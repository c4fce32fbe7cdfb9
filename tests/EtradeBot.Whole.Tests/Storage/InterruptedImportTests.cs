using System.Diagnostics;
using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>The built program, stopped or out of disk while it writes.</summary>
public sealed class InterruptedImportTests : IDisposable
{
    const int Candles = 100_000;
    readonly TemporaryFolder _folder = new();

    public InterruptedImportTests()
    {
        WriteCsv("small.csv", 1000);
        WriteCsv("big.csv", Candles);
        Assert.Equal(0, Cli.Run("data", "import", _folder["small.csv"], "--symbol", "ABC", "--data", _folder["state"]).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    string Stored => _folder["state", "candles", "1m", "ABC.parquet"];

    Process StartImport() => ChildProgram.Start(ChildProgram.Path, "data", "import", _folder["big.csv"], "--symbol", "ABC", "--data", _folder["state"]);

    [Fact]
    public void A_kill_at_any_moment_leaves_a_whole_file()
    {
        var small = File.ReadAllBytes(Stored);
        var caught = 0;
        for (var round = 0; round < 10; round++)
        {
            using var import = StartImport();
            if (WaitForTemporaryFile(import)) caught++;
            import.Kill();
            import.WaitForExit();
            var count = CandleFile.Read(Stored).Candles.Count;
            Assert.True(count is 1000 or Candles, $"{count} candles after a kill");
            File.WriteAllBytes(Stored, small);
        }
        Assert.True(caught > 0, "no import was caught while it wrote");
        Assert.Equal(0, ChildProgram.Finish(StartImport()).ExitCode);
        Assert.Equal(Candles, CandleFile.Read(Stored).Candles.Count);
        Assert.Equal(["big.csv", "small.csv", "state/candles/.lock", "state/candles/1m/ABC.parquet"], _folder.Files());
    }

    [Fact]
    public void Ctrl_C_ends_cleanly_with_exit_code_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs kill -INT");
        using var import = StartImport();
        WaitForTemporaryFile(import);
        using (var kill = ChildProgram.Start("kill", "-INT", import.Id.ToString(CultureInfo.InvariantCulture))) kill.WaitForExit();
        import.WaitForExit();
        // The import may have been quicker than the signal, and the file in place before the stop.
        Assert.True(import.ExitCode is 130 or 0, $"exit code {import.ExitCode}");
        Assert.True(CandleFile.Read(Stored).Candles.Count is 1000 or Candles);
        Assert.Equal(["big.csv", "small.csv", "state/candles/.lock", "state/candles/1m/ABC.parquet"], _folder.Files());
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_says_so()
    {
        Directory.CreateDirectory(_folder["tiny"]);
        // A file system of one megabyte in a name space of its own: no rights are needed, but the system may forbid it.
        using var probe = ChildProgram.Start("unshare", "-Urm", "true");
        probe.WaitForExit();
        Assert.SkipUnless(probe.ExitCode == 0, "needs unshare with user name spaces");
        var script = $"""
            mount -t tmpfs -o size=1m tmpfs '{_folder["tiny"]}' || exit 99
            '{ChildProgram.Path}' data import '{_folder["small.csv"]}' --symbol ABC --data '{_folder["tiny"]}' > /dev/null || exit 98
            cp '{_folder["tiny"]}/candles/1m/ABC.parquet' '{_folder.Path}/before'
            '{ChildProgram.Path}' data import '{_folder["big.csv"]}' --symbol ABC --data '{_folder["tiny"]}'
            code=$?
            cmp '{_folder["tiny"]}/candles/1m/ABC.parquet' '{_folder.Path}/before' || exit 97
            ls -A '{_folder["tiny"]}/candles/1m'
            exit $code
            """;
        var run = ChildProgram.Finish(ChildProgram.Start("unshare", "-Urm", "sh", "-c", script));
        Assert.Equal($"etrade-bot: cannot write {_folder["tiny", "candles", "1m", "ABC.parquet"]}: the disk is full; what was there before is unchanged\n", run.Error);
        Assert.Equal((1, "ABC.parquet\n"), (run.ExitCode, run.Out));
    }

    /// <summary>Watches without pause: what is waited for lasts milliseconds. False when the program ended first.</summary>
    bool WaitForTemporaryFile(Process import)
    {
        var folder = Path.GetDirectoryName(Stored)!;
        while (!import.HasExited)
            if (Directory.EnumerateFiles(folder, ".ABC.parquet.*").Any()) return true;
        return false;
    }

    void WriteCsv(string name, int count)
    {
        var candles = SomeCandles.Of("ABC", Timeframe.M1, count);
        using var writer = new StreamWriter(_folder[name]);
        writer.WriteLine("time,open,high,low,close,volume");
        for (var i = 0; i < count; i++)
        {
            var candle = candles[i];
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{candle.OpenTime:yyyy-MM-ddTHH:mm:ssZ},{candle.Open:R},{candle.High:R},{candle.Low:R},{candle.Close:R},{candle.Volume}"));
        }
    }
}
