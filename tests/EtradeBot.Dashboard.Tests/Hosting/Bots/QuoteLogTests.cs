using System.IO.Compression;
using EtradeBot.Execution.Sessions;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Bots;

public sealed class QuoteLogTests : IDisposable
{
    static readonly Symbol Apple = Symbol.Parse("AAPL");

    readonly TemporaryFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 14, 30, 0, TimeSpan.Zero));

    TradingFolder Trading => TradingFolder.Of(_folder.Path, TradingMode.Simulated, "1a2b3c4d");

    string Day => Trading.Day(new DateOnly(2026, 3, 10));

    public void Dispose() => _folder.Dispose();

    Quote Bid(double bid) => new() { Symbol = Apple, At = _time.GetUtcNow(), ReceivedAt = _time.GetUtcNow(), Status = QuoteStatus.RealTime, Bid = bid, Ask = bid + 0.02, BidSize = 100, AskSize = 200, Last = bid, DayVolume = 1000 };

    [Fact]
    public void Only_what_has_changed_is_kept()
    {
        using (var log = new QuoteLog(Trading, _time))
            foreach (var bid in (double[])[10, 10, 10.01])
            {
                log.Add([Bid(bid)]);
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        Assert.Equal(
        [
            "received,quoted,symbol,bid,bid_size,ask,ask_size,last,day_volume,status",
            "2026-03-10T14:30:00.000Z,2026-03-10T14:30:00Z,AAPL,10,100,10.02,200,10,1000,RealTime",
            "2026-03-10T14:30:02.000Z,2026-03-10T14:30:02Z,AAPL,10.01,100,10.03,200,10.01,1000,RealTime",
        ], Read(Path.Combine(Day, "quotes-143000.csv.gz")));
    }

    [Fact]
    public void What_was_flushed_outlives_a_kill_and_the_next_run_writes_beside_it()
    {
        using var killed = new QuoteLog(Trading, _time);
        killed.Add([Bid(10)]);
        _time.Advance(TimeSpan.FromSeconds(11));
        killed.Add([Bid(11)]);
        killed.Add([Bid(12)]);
        var torn = File.ReadAllBytes(CopyOf(Path.Combine(Day, "quotes-143000.csv.gz")));
        using (var next = new QuoteLog(Trading, _time)) next.Add([Bid(13)]);
        Assert.Equal(3, Whole(torn).Count);
        Assert.Equal(2, Read(Path.Combine(Day, "quotes-143011.csv.gz")).Length);
    }

    [Fact]
    public void A_disk_that_refuses_is_told_and_trading_goes_on()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Day)!);
        File.WriteAllText(Day, "in the way");
        using var log = new QuoteLog(Trading, _time);
        Assert.StartsWith("quotes are not kept at present", log.Add([Bid(10)]), StringComparison.Ordinal);
        Assert.Empty(log.Add([Bid(11)]));
        File.Delete(Day);
        Assert.Empty(log.Add([Bid(12)]));
        Assert.True(Directory.Exists(Day));
    }

    static string[] Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What a program that has the file open has written so far.</summary>
    string CopyOf(string path)
    {
        var copy = Path.Combine(_folder.Path, "copy.gz");
        using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var to = File.Create(copy);
        from.CopyTo(to);
        return copy;
    }

    /// <summary>The lines of a file that ends in the middle.</summary>
    static List<string> Whole(byte[] torn)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(torn), CompressionMode.Decompress));
        var lines = new List<string>();
        try
        {
            while (reader.ReadLine() is { } line) lines.Add(line);
        }
        catch (InvalidDataException)
        {
            // Its end is missing.
        }
        return lines;
    }
}
