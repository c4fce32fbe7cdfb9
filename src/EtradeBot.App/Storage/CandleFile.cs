using EtradeBot.Market;
using Parquet;
using Parquet.Schema;

namespace EtradeBot.App.Storage;

/// <summary>Candles of one symbol and timeframe as a Parquet file that other programs can read too.</summary>
/// <remarks>
/// Columns: <c>open_time</c> (timestamp in microseconds, UTC), <c>open high low close</c> (double, dollars), <c>volume</c> (int64, shares).
/// Zstandard at its fast level, row groups of 131,072 candles; figures and reasons in docs/decisions/0003-candle-store.md.
/// What else is known stands in the file's key-value metadata, see <see cref="CandleFileHeader"/>; every byte is under a checksum, see <see cref="ParquetSeal"/>.
/// </remarks>
static class CandleFile
{
    const int GroupRows = 131_072;

    static readonly DateTimeDataField Time = new("open_time", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: false);
    static readonly DataField<double>[] Prices = [new("open", false), new("high", false), new("low", false), new("close", false)];
    static readonly DataField<long> Volume = new("volume", false);
    static readonly ParquetSchema Schema = new(Time, Prices[0], Prices[1], Prices[2], Prices[3], Volume);

    /// <summary>Replaces the file atomically.</summary>
    /// <exception cref="IOException">It cannot be written; the old file is unchanged.</exception>
    public static void Write(string path, StoredCandles stored)
    {
        using var buffer = new MemoryStream();
        Task.Run(() => WriteAsync(buffer, stored)).GetAwaiter().GetResult();
        AtomicFile.Write(path, stream => ParquetSeal.Write(stream, buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    /// <exception cref="CandleDataException">Not such a file, damaged or changed: the message names it and the remedy.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static StoredCandles Read(string path) => Open(path, async (reader, header) =>
    {
        CheckSchema(reader.Schema);
        var columns = await ReadColumns(reader, header).ConfigureAwait(false);
        var candles = CandleSeries.FromColumns(header.Symbol, header.Timeframe, header.Origin, columns);
        return candles.ContentHash() == header.ContentHash ? new StoredCandles(candles, header.Splits) : throw new InvalidDataException("its candles are not the ones that were written");
    });

    /// <summary>What the file says of itself, without decoding its candles.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static CandleFileHeader ReadHeader(string path) => Open(path, (_, header) => Task.FromResult(header));

    static T Open<T>(string path, Func<ParquetReader, CandleFileHeader, Task<T>> read)
    {
        var bytes = File.ReadAllBytes(path);
        try
        {
            ParquetSeal.Check(bytes);
            return Task.Run(() => Parse(bytes, read)).GetAwaiter().GetResult();
        }
        catch (Exception problem)
        {
            // What the parser throws when the format is not the one expected is of every kind and means the same to the user.
            var words = problem is InvalidDataException or CandleDataException ? problem.Message : $"it cannot be read ({problem.GetType().Name}: {problem.Message.TrimEnd('.')})";
            throw new CandleDataException($"{path} cannot be used: {words}. Delete it and import its candles again: etrade-bot data import FILE", problem);
        }
    }

    static async Task<T> Parse<T>(byte[] bytes, Func<ParquetReader, CandleFileHeader, Task<T>> read)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await read(reader, CandleFileHeader.From(reader.CustomMetadata)).ConfigureAwait(false);
    }

    static async Task WriteAsync(Stream stream, StoredCandles stored)
    {
        var candles = stored.Candles;
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.Fastest };
        var writer = await ParquetWriter.CreateAsync(Schema, stream, options).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = CandleFileHeader.Of(stored).ToMetadata();
            for (var from = 0; from < candles.Count; from += GroupRows)
                await WriteGroup(writer, candles.Slice(from, Math.Min(GroupRows, candles.Count - from))).ConfigureAwait(false);
        }
    }

    static async Task WriteGroup(ParquetWriter writer, CandleSeries candles)
    {
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<DateTime>(Time, Instants(candles.OpenTicks)).ConfigureAwait(false);
        await group.WriteAsync<double>(Prices[0], candles.Open.ToArray()).ConfigureAwait(false);
        await group.WriteAsync<double>(Prices[1], candles.High.ToArray()).ConfigureAwait(false);
        await group.WriteAsync<double>(Prices[2], candles.Low.ToArray()).ConfigureAwait(false);
        await group.WriteAsync<double>(Prices[3], candles.Close.ToArray()).ConfigureAwait(false);
        await group.WriteAsync<long>(Volume, candles.Volume.ToArray()).ConfigureAwait(false);
    }

    static DateTime[] Instants(ReadOnlySpan<long> ticks)
    {
        var instants = new DateTime[ticks.Length];
        for (var i = 0; i < ticks.Length; i++)
        {
            if (ticks[i] % TimeSpan.TicksPerMicrosecond != 0) throw new CandleDataException($"candle {i + 1} opens within a microsecond: the store keeps whole microseconds");
            instants[i] = new DateTime(ticks[i], DateTimeKind.Utc);
        }
        return instants;
    }

    static void CheckSchema(ParquetSchema found)
    {
        var names = found.DataFields.Select(field => $"{field.Name} {field.ClrType.Name}");
        var wanted = Schema.DataFields.Select(field => $"{field.Name} {field.ClrType.Name}");
        if (!names.SequenceEqual(wanted)) throw new InvalidDataException($"its columns are {string.Join(", ", names)} instead of {string.Join(", ", wanted)}");
    }

    static async Task<CandleColumns> ReadColumns(ParquetReader reader, CandleFileHeader header)
    {
        var columns = new CandleColumns(header.Count);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            await ReadGroup(group, columns).ConfigureAwait(false);
        }
        return columns;
    }

    static async Task ReadGroup(ParquetRowGroupReader group, CandleColumns columns)
    {
        var count = (int)group.RowCount;
        var times = new DateTime[count];
        var prices = new double[Prices.Length][];
        var volume = new long[count];
        await group.ReadAsync<DateTime>(Time, times).ConfigureAwait(false);
        for (var i = 0; i < Prices.Length; i++)
            await group.ReadAsync<double>(Prices[i], prices[i] = new double[count]).ConfigureAwait(false);
        await group.ReadAsync<long>(Volume, volume).ConfigureAwait(false);
        for (var i = 0; i < count; i++)
            columns.Add(times[i].Ticks, prices[0][i], prices[1][i], prices[2][i], prices[3][i], volume[i]);
    }
}
