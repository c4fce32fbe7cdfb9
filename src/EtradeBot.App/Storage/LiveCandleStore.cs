using System.Globalization;
using EtradeBot.Market;
using Microsoft.Data.Sqlite;

namespace EtradeBot.App.Storage;

/// <summary>Candles built from live quotes, kept with their quality as they close: <c>live.db</c> under the state folder.</summary>
/// <remarks>One program writes at a time, any number read. Safe for several threads.</remarks>
sealed class LiveCandleStore : IDisposable
{
    /// <summary>A live candle gives way to another of the same time unless that one is worse.</summary>
    const string InsertLive = $"{LiveCandleStoreRows.Insert} ON CONFLICT DO {LiveCandleStoreRows.Overwrite} WHERE candle.source IS NOT NULL OR (excluded.{LiveCandleStoreRows.Complete} OR (candle.{LiveCandleStoreRows.Incomplete}";

    const string SaveBuilder = "INSERT INTO builder (series, state) VALUES ($series, $state) ON CONFLICT DO UPDATE SET state = excluded.state";

    readonly string _path;
    readonly SqliteConnection _connection;
    readonly FileStream? _lock;
    readonly Lock _gate = new();
    readonly Dictionary<LiveSeriesName, long> _series = [];
    readonly Dictionary<string, SqliteCommand> _commands = [];

    LiveCandleStore(string path, SqliteConnection connection, FileStream? writing) => (_path, _connection, _lock) = (path, connection, writing);

    /// <exception cref="CandleDataException">The file is damaged, foreign or of a newer program.</exception>
    /// <exception cref="IOException">Another program records into it, or it cannot be written.</exception>
    public static LiveCandleStore OpenToWrite(string stateDirectory)
    {
        var path = LiveCandleStoreFile.PathIn(stateDirectory);
        var writing = LiveCandleStoreFile.LockToWrite(path);
        try
        {
            return new(path, LiveCandleStoreFile.Open(path, toWrite: true), writing);
        }
        catch
        {
            writing.Dispose();
            throw;
        }
    }

    /// <returns>Null when nothing was ever recorded there.</returns>
    /// <inheritdoc cref="OpenToWrite" path="/exception"/>
    public static LiveCandleStore? OpenToRead(string stateDirectory)
    {
        var path = LiveCandleStoreFile.PathIn(stateDirectory);
        return File.Exists(path) ? new(path, LiveCandleStoreFile.Open(path, toWrite: false), null) : null;
    }

    /// <summary>All of it or nothing: candles, and where their builders stand after them, so that none is built a second time after a restart.</summary>
    public void Append(string feed, IReadOnlyList<LiveCandle> candles, IEnumerable<(LiveSeriesName Name, string State)> builders) => Write(() =>
    {
        foreach (var (symbol, timeframe, candle, quality) in candles)
        {
            var insert = Command(InsertLive);
            LiveCandleStoreRows.Bind(insert, SeriesId(new(feed, symbol, timeframe)), candle, quality);
            insert.ExecuteNonQuery();
        }
        PutBuilders(builders);
    });

    /// <summary>Stores candles of a history source, marked with its name.</summary>
    /// <param name="source">Its name, as it will be shown.</param>
    /// <returns>How many were stored.</returns>
    public int Backfill(LiveSeriesName name, IEnumerable<Candle> candles, string source, BackfillOver over)
    {
        var stored = 0;
        Write(() =>
        {
            var insert = Command(LiveCandleStoreRows.Insert + over switch
            {
                BackfillOver.Nothing => " ON CONFLICT DO NOTHING",
                BackfillOver.Incomplete => $" ON CONFLICT DO {LiveCandleStoreRows.Overwrite} WHERE candle.source IS NULL AND (candle.{LiveCandleStoreRows.Incomplete}",
                _ => $" ON CONFLICT DO {LiveCandleStoreRows.Overwrite}",
            });
            foreach (var candle in candles)
            {
                LiveCandleStoreRows.Bind(insert, SeriesId(name), candle, CandleQuality.Backfilled(source));
                stored += insert.ExecuteNonQuery();
            }
        });
        return stored;
    }

    /// <summary>Keeps where builders stand, see <see cref="CandleBuilder.Save"/>.</summary>
    public void SaveBuilders(IEnumerable<(LiveSeriesName Name, string State)> builders) => Write(() => PutBuilders(builders));

    /// <summary>Null when none was saved.</summary>
    public string? SavedBuilder(LiveSeriesName name) => Read("SELECT state FROM builder WHERE series = $series", name, row => row.GetString(0)).FirstOrDefault();

    public void AddHole(LiveSeriesName name, CoverageHole hole) => Write(() => PutHole(name, new(hole.From, hole.To, null)));

    /// <summary>Notes that a hole was filled.</summary>
    public void CloseHole(LiveSeriesName name, LiveHole hole, string source) => Write(() => PutHole(name, hole with { FilledBy = source }));

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LiveHole> Holes(LiveSeriesName name) =>
        Read("SELECT start, finish, filled_by FROM hole WHERE series = $series ORDER BY start", name, row =>
            new LiveHole(Instant(row.GetInt64(0)), Instant(row.GetInt64(1)), row.IsDBNull(2) ? null : row.GetString(2)));

    /// <summary>Every series that has candles, by symbol, timeframe and feed.</summary>
    public IReadOnlyList<LiveSeriesInfo> List() => Locked(() =>
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"""
            SELECT feed, symbol, timeframe, count(*), sum(({LiveCandleStoreRows.Incomplete}), sum(source IS NOT NULL), min(open_time), max(open_time)
            FROM candle JOIN series ON series.id = candle.series GROUP BY series.id
            """;
        using var row = command.ExecuteReader();
        var found = new List<LiveSeriesInfo>();
        while (row.Read())
            found.Add(new(new(row.GetString(0), Symbol.Parse(row.GetString(1)), Timeframe.Parse(row.GetString(2))), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5))
            {
                First = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(6)),
                Last = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(7)),
            });
        return found.OrderBy(info => info.Name.Symbol).ThenBy(info => info.Name.Timeframe).ThenBy(info => info.Name.Feed, StringComparer.Ordinal).ToList();
    });

    /// <summary>With their quality, oldest first.</summary>
    public IReadOnlyList<LiveCandle> Candles(LiveSeriesName name) =>
        Read($"SELECT {LiveCandleStoreRows.Columns} FROM candle WHERE series = $series ORDER BY open_time", name, row =>
            new LiveCandle(name.Symbol, name.Timeframe, LiveCandleStoreRows.ReadCandle(row), LiveCandleStoreRows.ReadQuality(row)));

    /// <summary>Those that open then or later, with their quality, oldest first.</summary>
    public IReadOnlyList<LiveCandle> Candles(LiveSeriesName name, DateTimeOffset from) =>
        Read(string.Create(CultureInfo.InvariantCulture, $"SELECT {LiveCandleStoreRows.Columns} FROM candle WHERE series = $series AND open_time >= {from.ToUnixTimeSeconds()} ORDER BY open_time"), name, row =>
            new LiveCandle(name.Symbol, name.Timeframe, LiveCandleStoreRows.ReadCandle(row), LiveCandleStoreRows.ReadQuality(row)));

    /// <summary>As a backtest wants them. Prices are raw: as they were traded.</summary>
    public CandleSeries Series(LiveSeriesName name)
    {
        var candles = Candles(name);
        var sources = candles.Select(candle => candle.Quality.BackfilledFrom).OfType<string>().Distinct().Prepend($"live quotes, {name.Feed}");
        return CandleSeries.From(name.Symbol, name.Timeframe, new(string.Join(" + ", sources), name.IsSimulated, PriceAdjustment.Raw), candles.Select(candle => candle.Candle));
    }

    /// <summary>Merges the log into the file, which waits for the disk: to be called every minute or so, when nothing is urgent.</summary>
    public void Tidy() => Locked(() => Command("PRAGMA wal_checkpoint(PASSIVE)").ExecuteNonQuery());

    /// <summary>The file must not grow beyond so many pages of 4 KiB: how a full disk is tried out.</summary>
    internal void LimitPages(int pages) => Locked(() => Command(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}")).ExecuteScalar());

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var command in _commands.Values) command.Dispose();
            _commands.Clear();
            _connection.Dispose();
            _lock?.Dispose();
        }
    }

    void PutBuilders(IEnumerable<(LiveSeriesName Name, string State)> builders)
    {
        var save = Command(SaveBuilder);
        foreach (var (name, state) in builders)
        {
            LiveCandleStoreRows.Set(save, "$series", SeriesId(name));
            LiveCandleStoreRows.Set(save, "$state", state);
            save.ExecuteNonQuery();
        }
    }

    void PutHole(LiveSeriesName name, LiveHole hole)
    {
        var put = Command("INSERT INTO hole (series, start, finish, filled_by) VALUES ($series, $start, $finish, $filled_by) ON CONFLICT DO UPDATE SET finish = excluded.finish, filled_by = excluded.filled_by");
        LiveCandleStoreRows.Set(put, "$series", SeriesId(name));
        LiveCandleStoreRows.Set(put, "$start", hole.From.ToUnixTimeMilliseconds());
        LiveCandleStoreRows.Set(put, "$finish", hole.To.ToUnixTimeMilliseconds());
        LiveCandleStoreRows.Set(put, "$filled_by", hole.FilledBy);
        put.ExecuteNonQuery();
    }

    List<T> Read<T>(string sql, LiveSeriesName name, Func<SqliteDataReader, T> one) => Locked(() =>
    {
        var found = new List<T>();
        if (FindSeries(name) is not { } series) return found;
        var command = Command(sql);
        LiveCandleStoreRows.Set(command, "$series", series);
        using var row = command.ExecuteReader();
        while (row.Read()) found.Add(one(row));
        return found;
    });

    void Write(Action work) => Locked(() =>
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var command in _commands.Values) command.Transaction = transaction;
        try
        {
            work();
            transaction.Commit();
        }
        catch
        {
            // Numbers of series that were added are gone with the transaction.
            _series.Clear();
            throw;
        }
        finally
        {
            foreach (var command in _commands.Values) command.Transaction = null;
        }
        return true;
    });

    T Locked<T>(Func<T> work)
    {
        lock (_gate) return LiveCandleStoreFile.Explain(_path, work);
    }

    long SeriesId(LiveSeriesName name)
    {
        if (FindSeries(name) is { } found) return found;
        var add = Command("INSERT INTO series (feed, symbol, timeframe) VALUES ($feed, $symbol, $timeframe) RETURNING id");
        BindName(add, name);
        return _series[name] = (long)add.ExecuteScalar()!;
    }

    long? FindSeries(LiveSeriesName name)
    {
        if (_series.TryGetValue(name, out var known)) return known;
        var find = Command("SELECT id FROM series WHERE feed = $feed AND symbol = $symbol AND timeframe = $timeframe");
        BindName(find, name);
        return find.ExecuteScalar() is long id ? _series[name] = id : null;
    }

    static void BindName(SqliteCommand command, LiveSeriesName name)
    {
        LiveCandleStoreRows.Set(command, "$feed", name.Feed);
        LiveCandleStoreRows.Set(command, "$symbol", name.Symbol.Ticker);
        LiveCandleStoreRows.Set(command, "$timeframe", name.Timeframe.ToString());
    }

    /// <summary>Prepared once, then used again.</summary>
    SqliteCommand Command(string sql)
    {
        if (_commands.TryGetValue(sql, out var command)) return command;
        // Within a transaction the connection hands it to its new commands by itself.
        command = _connection.CreateCommand();
        command.CommandText = sql;
        return _commands[sql] = command;
    }

    static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
