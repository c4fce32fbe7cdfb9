using System.Globalization;
using EtradeBot.Market;
using Microsoft.Data.Sqlite;

namespace EtradeBot.App.Storage;

public sealed class LiveCandleStoreTests : IDisposable
{
    static readonly LiveSeriesName Name = new("production", Symbol.Parse("ABC"), Timeframe.M1);
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Path => LiveCandleStoreFile.PathIn(_folder.Path);

    static LiveCandle Live(int minute, CandleFlaws flaws = CandleFlaws.None, double close = 100) =>
        new(Name.Symbol, Name.Timeframe, new(SomeCandles.Start.AddMinutes(minute), 100, Math.Max(close, 101), 99, close, 1000 + minute), new()
        {
            Polls = 58,
            LongestHole = TimeSpan.FromSeconds(2),
            FirstPollDelay = TimeSpan.FromMilliseconds(500),
            LastPollLead = TimeSpan.FromSeconds(1),
            Flaws = flaws,
            Refused = new() { Crossed = 2, Spike = 1 },
        });

    void Append(params LiveCandle[] candles)
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        store.Append(Name.Feed, candles, []);
    }

    static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public void What_is_stored_comes_back_with_its_quality()
    {
        var candles = new[] { Live(0), Live(1, CandleFlaws.HasHole | CandleFlaws.Delayed), Live(3) };
        Append(candles);
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Equal(candles, store.Candles(Name));
        var series = store.Series(Name);
        Assert.Equal(candles.Select(candle => candle.Candle), Enumerable.Range(0, series.Count).Select(i => series[i]));
        Assert.Equal(new CandleOrigin("live quotes, production", false, PriceAdjustment.Raw), series.Origin);
        var info = Assert.Single(store.List());
        Assert.Equal((Name, 3, 1, 0, SomeCandles.Start, SomeCandles.Start.AddMinutes(3)), (info.Name, info.Count, info.Incomplete, info.Backfilled, info.First, info.Last));
        Assert.Equal("live quotes, production, 1 incomplete", info.Words);
    }

    [Fact]
    public void The_bits_of_an_incomplete_candle_are_those_of_the_schema() =>
        Assert.Equal(3, (int)(CandleFlaws.StartedLate | CandleFlaws.HasHole));

    [Fact]
    public void Nothing_was_recorded_where_there_is_no_file() => Assert.Null(LiveCandleStore.OpenToRead(_folder.Path));

    [Fact]
    public void Candles_of_the_simulator_do_not_mix_with_real_ones()
    {
        Append(Live(0));
        using (var writer = LiveCandleStore.OpenToWrite(_folder.Path)) writer.Append("simulator", [Live(0, close: 7)], []);
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Equal(100, Assert.Single(store.Candles(Name)).Candle.Close);
        Assert.True(store.Series(Name with { Feed = "simulator" }).Origin.IsSimulated);
    }

    [Theory]
    [InlineData(CandleFlaws.None, CandleFlaws.None, 102)]
    [InlineData(CandleFlaws.StartedLate, CandleFlaws.None, 102)]
    [InlineData(CandleFlaws.None, CandleFlaws.HasHole, 101)]
    [InlineData(CandleFlaws.HasHole, CandleFlaws.StartedLate, 102)]
    public void Of_two_candles_of_one_time_the_later_stays_unless_it_is_worse(CandleFlaws first, CandleFlaws second, double close)
    {
        Append(Live(0, first, 101));
        Append(Live(0, second, 102));
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Equal(close, Assert.Single(store.Candles(Name)).Candle.Close);
    }

    [Fact]
    public void Backfilled_candles_are_labelled_and_replace_live_ones_only_on_request()
    {
        Append(Live(0), Live(1, CandleFlaws.HasHole));
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        Candle[] history = [.. Enumerable.Range(0, 3).Select(i => new Candle(SomeCandles.Start.AddMinutes(i), 50, 50, 50, 50, 5))];
        Assert.Equal(1, store.Backfill(Name, history, "yahoo", BackfillOver.Nothing));
        Assert.Equal([100.0, 100, 50], store.Series(Name).Close.ToArray());
        Assert.Equal([null, null, "yahoo"], store.Candles(Name).Select(candle => candle.Quality.BackfilledFrom));
        Assert.Equal("live quotes, production + yahoo", store.Series(Name).Origin.Source);
        Assert.Equal(1, store.Backfill(Name, history, "yahoo", BackfillOver.Incomplete));
        Assert.Equal([100.0, 50, 50], store.Series(Name).Close.ToArray());
        Assert.Equal(3, store.Backfill(Name, history, "stooq", BackfillOver.Everything));
        Assert.Equal(3, store.List()[0].Backfilled);
        store.Append(Name.Feed, [Live(2, CandleFlaws.HasHole)], []);
        Assert.Equal([50.0, 50, 100], store.Series(Name).Close.ToArray());
    }

    [Fact]
    public void Holes_and_builders_are_kept()
    {
        var hole = new CoverageHole(SomeCandles.Start.AddSeconds(90), SomeCandles.Start.AddSeconds(200));
        using (var store = LiveCandleStore.OpenToWrite(_folder.Path))
        {
            store.AddHole(Name, hole);
            store.SaveBuilders([(Name, "one")]);
            store.SaveBuilders([(Name, "two")]);
            store.CloseHole(Name, store.Holes(Name)[0], "yahoo");
        }
        using var again = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Equal([new LiveHole(hole.From, hole.To, "yahoo")], again.Holes(Name));
        Assert.Equal("two", again.SavedBuilder(Name));
        Assert.Null(again.SavedBuilder(Name with { Timeframe = Timeframe.M5 }));
    }

    [Fact]
    public void Candles_and_the_state_after_them_are_stored_together_or_not_at_all()
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        Assert.ThrowsAny<Exception>(() => store.Append(Name.Feed, [Live(0), Live(1)], [(Name, null!)]));
        Assert.Empty(store.Candles(Name));
        store.Append(Name.Feed, [Live(0)], [(Name, "state")]);
        Assert.Single(store.Candles(Name));
    }

    [Fact]
    public void What_a_killed_program_had_stored_is_there_again()
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        store.Append(Name.Feed, [Live(0), Live(1)], [(Name, "state")]);
        // The files as a kill leaves them: nothing is closed, the log is not merged.
        var copy = Directory.CreateDirectory(_folder["copy"]).FullName;
        foreach (var end in new[] { "", "-wal" }) File.Copy(Path + end, System.IO.Path.Combine(copy, LiveCandleStoreFile.Name + end));
        using var again = LiveCandleStore.OpenToWrite(copy);
        Assert.Equal([Live(0), Live(1)], again.Candles(Name));
        Assert.Equal("state", again.SavedBuilder(Name));
    }

    [Fact]
    public void A_log_cut_short_loses_no_more_than_its_end()
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        for (var i = 0; i < 20; i++) store.Append(Name.Feed, [Live(i)], []);
        var log = File.ReadAllBytes(Path + "-wal");
        for (var cut = 0; cut < log.Length; cut += log.Length / 15)
        {
            var copy = Directory.CreateDirectory(_folder[string.Create(CultureInfo.InvariantCulture, $"cut{cut}")]).FullName;
            File.Copy(Path, LiveCandleStoreFile.PathIn(copy));
            File.WriteAllBytes(LiveCandleStoreFile.PathIn(copy) + "-wal", log[..cut]);
            using var again = LiveCandleStore.OpenToWrite(copy);
            var candles = again.Candles(Name);
            Assert.Equal(Enumerable.Range(0, candles.Count).Select(i => Live(i)), candles);
        }
    }

    [Fact]
    public void A_second_writer_is_refused_and_readers_are_not()
    {
        using var store = LiveCandleStore.OpenToWrite(_folder.Path);
        store.Append(Name.Feed, [Live(0)], []);
        var refused = Assert.Throws<IOException>(() => LiveCandleStore.OpenToWrite(_folder.Path));
        Assert.Equal($"another program is recording into {Path}: stop it, or use another --data folder", refused.Message);
        using var reader = LiveCandleStore.OpenToRead(_folder.Path)!;
        store.Append(Name.Feed, [Live(1)], []);
        Assert.Equal(2, reader.Candles(Name).Count);
    }

    [Fact]
    public void Damage_is_named_with_the_file_and_the_remedy()
    {
        Append([.. Enumerable.Range(0, 500).Select(i => Live(i))]);
        var bytes = File.ReadAllBytes(Path);
        Array.Fill(bytes, (byte)0x5A, 4096, bytes.Length - 4096);
        File.WriteAllBytes(Path, bytes);
        var damaged = Assert.Throws<CandleDataException>(() =>
        {
            using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
            store.Candles(Name);
        });
        Assert.StartsWith($"{Path} is damaged or no store of live candles: move it away", damaged.Message, StringComparison.Ordinal);
        File.WriteAllText(Path, "this is not a database, and long enough to be looked at as one " + new string('x', 4096));
        Assert.StartsWith($"{Path} is damaged", Assert.Throws<CandleDataException>(() => LiveCandleStore.OpenToRead(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_file_and_a_foreign_one_are_refused()
    {
        Append(Live(0));
        Run(Path, "PRAGMA user_version = 2");
        Assert.Equal($"{Path} was written by a newer etrade-bot (format 2; this one knows 1): use that version, or move the file away",
            Assert.Throws<CandleDataException>(() => LiveCandleStore.OpenToWrite(_folder.Path)).Message);
        File.Delete(Path);
        Run(Path, "CREATE TABLE mine (x)");
        Assert.StartsWith($"{Path} is a database of another program", Assert.Throws<CandleDataException>(() => LiveCandleStore.OpenToWrite(_folder.Path)).Message, StringComparison.Ordinal);
        // The refused writer has let go of its lock.
        File.Delete(Path);
        Append(Live(0));
    }

    [Fact]
    public void A_table_that_is_missing_is_damage_too()
    {
        Append(Live(0));
        Run(Path, "DROP TABLE hole");
        using var store = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Contains("no such table: hole", Assert.Throws<CandleDataException>(() => store.Holes(Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_locked_by_another_program_is_named()
    {
        Append(Live(0));
        using var other = new SqliteConnection($"Data Source={Path};Pooling=False");
        other.Open();
        using var hold = other.CreateCommand();
        hold.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE candle SET polls = 0;";
        hold.ExecuteNonQuery();
        var locked = Assert.Throws<IOException>(() =>
        {
            using var store = LiveCandleStore.OpenToWrite(_folder.Path);
            store.Append(Name.Feed, [Live(1)], []);
        });
        Assert.Equal($"{Path} is locked by another program: close that one, then try again", locked.Message);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_named()
    {
        File.WriteAllText(_folder["file"], "");
        Assert.Contains("use another --data folder", Assert.ThrowsAny<IOException>(() => LiveCandleStore.OpenToWrite(_folder["file", "state"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_named_and_what_was_stored_stays()
    {
        Append(Live(0));
        // A file that must not grow by a page behaves as on a full disk.
        using (var store = LiveCandleStore.OpenToWrite(_folder.Path))
        {
            store.LimitPages(8);
            var full = Assert.Throws<IOException>(() => store.Append(Name.Feed, [.. Enumerable.Range(1, 5000).Select(i => Live(i))], []));
            Assert.Equal($"cannot write {Path}: the disk is full; free some space, then start again. Candles stored before are safe", full.Message);
        }
        using var again = LiveCandleStore.OpenToRead(_folder.Path)!;
        Assert.Equal([Live(0)], again.Candles(Name));
    }
}
