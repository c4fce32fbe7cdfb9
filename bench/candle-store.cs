#:package Parquet.Net
// Which compression the candle store should use: writes and reads 1,000,000 made-up one-minute candles in every setting,
// best of three. docs/decisions/0003-candle-store.md quotes it.
//   dotnet run -c Release bench/candle-store.cs
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Parquet;
using Parquet.Schema;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Count = 1_000_000, GroupRows = 131_072;
var time = new DateTimeDataField("open_time", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: false);
DataField<double>[] prices = [new("open"), new("high"), new("low"), new("close")];
var volume = new DataField<long>("volume");
var candles = Candles();
var path = Path.Combine(Path.GetTempPath(), $"candle-store-{Environment.ProcessId}.parquet");

Console.WriteLine("setting            write s   read s  SHA-256 s      MB");
(CompressionMethod Method, CompressionLevel Level)[] settings =
[
    (CompressionMethod.None, CompressionLevel.Fastest),
    (CompressionMethod.Snappy, CompressionLevel.Fastest),
    (CompressionMethod.Lz4Raw, CompressionLevel.Fastest),
    (CompressionMethod.Zstd, CompressionLevel.Fastest),
    (CompressionMethod.Zstd, CompressionLevel.Optimal),
];
foreach (var (method, level) in settings)
{
    var (write, read, hash) = (double.MaxValue, double.MaxValue, double.MaxValue);
    for (var round = 0; round < 3; round++)
    {
        write = Math.Min(write, await Seconds(() => Write(method, level)));
        read = Math.Min(read, await Seconds(Read));
        hash = Math.Min(hash, await Seconds(async () => SHA256.HashData(await File.ReadAllBytesAsync(path))));
    }
    Console.WriteLine($"{method + " " + level,-17} {write,8:0.000} {read,8:0.000} {hash,10:0.000} {new FileInfo(path).Length / 1e6,7:0.0}");
}
File.Delete(path);

async Task Write(CompressionMethod method, CompressionLevel level)
{
    await using var file = File.Create(path);
    await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([time, .. prices, volume]), file, new ParquetOptions { CompressionMethod = method, CompressionLevel = level });
    for (var from = 0; from < Count; from += GroupRows)
    {
        var rows = Math.Min(GroupRows, Count - from);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<DateTime>(time, candles.Times.AsMemory(from, rows));
        for (var i = 0; i < prices.Length; i++) await group.WriteAsync<double>(prices[i], candles.Prices[i].AsMemory(from, rows));
        await group.WriteAsync<long>(volume, candles.Volume.AsMemory(from, rows));
    }
}

async Task Read()
{
    await using var file = File.OpenRead(path);
    await using var reader = await ParquetReader.CreateAsync(file);
    for (var i = 0; i < reader.RowGroupCount; i++)
    {
        using var group = reader.OpenRowGroupReader(i);
        var rows = (int)group.RowCount;
        await group.ReadAsync<DateTime>(time, new DateTime[rows]);
        foreach (var price in prices) await group.ReadAsync<double>(price, new double[rows]);
        await group.ReadAsync<long>(volume, new long[rows]);
    }
}

static async Task<double> Seconds(Func<Task> work)
{
    var from = Stopwatch.GetTimestamp();
    await work();
    return Stopwatch.GetElapsedTime(from).TotalSeconds;
}

static (DateTime[] Times, double[][] Prices, long[] Volume) Candles()
{
    var random = new Random(1);
    var times = new DateTime[Count];
    var prices = Enumerable.Range(0, 4).Select(_ => new double[Count]).ToArray();
    var volume = new long[Count];
    var start = new DateTime(2015, 1, 2, 14, 30, 0, DateTimeKind.Utc);
    var price = 100.0;
    for (var i = 0; i < Count; i++)
    {
        var close = Math.Round(price * (1 + 0.001 * (random.NextDouble() - 0.5)), 2);
        times[i] = start.AddDays(i / 390).AddMinutes(i % 390);
        prices[0][i] = price;
        prices[1][i] = Math.Round(Math.Max(price, close) + random.NextDouble() * 0.05, 2);
        prices[2][i] = Math.Round(Math.Min(price, close) - random.NextDouble() * 0.05, 2);
        prices[3][i] = price = close;
        volume[i] = random.Next(100, 100_000);
    }
    return (times, prices, volume);
}
