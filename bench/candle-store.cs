#:package Parquet.Net
// Which compression the candle store should use: writes and reads 1,000,000 one-minute candles in every setting.
// dotnet run bench/candle-store.cs -c Release
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Parquet;
using Parquet.Schema;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Count = 1_000_000;
var (times, prices, volume) = Candles();
var path = Path.Combine(Path.GetTempPath(), $"candle-store-{Environment.ProcessId}.parquet");
Console.WriteLine("setting                     write s   read s      MB");
foreach (var method in new[] { CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Zstd })
    foreach (var level in new[] { CompressionLevel.Fastest, CompressionLevel.Optimal })
    {
        if (method == CompressionMethod.None && level == CompressionLevel.Optimal) continue;
        if (method == CompressionMethod.Snappy && level == CompressionLevel.Optimal) continue;
        foreach (var hint in new[] { "default", "delta", "delta+split", "dict" })
        {
            var best = (Write: double.MaxValue, Read: double.MaxValue);
            for (var round = 0; round < 3; round++)
            {
                var write = await Seconds(() => Write(method, level, hint));
                var read = await Seconds(Read);
                best = (Math.Min(best.Write, write), Math.Min(best.Read, read));
            }
            var name = $"{method} {level} {hint}";
            Console.WriteLine($"{name,-26} {best.Write,8:0.000} {best.Read,8:0.000} {new FileInfo(path).Length / 1e6,7:0.0}");
        }
    }
File.Delete(path);

async Task Write(CompressionMethod method, CompressionLevel level, string hint)
{
    var time = new DateTimeDataField("open_time", DateTimeFormat.Timestamp, true, DateTimeTimeUnit.Micros, false);
    var fields = prices.Select((_, i) => new DataField<double>("price" + i)).ToArray();
    var count = new DataField<long>("volume");
    var options = new ParquetOptions { CompressionMethod = method, CompressionLevel = level };
    if (hint.StartsWith("delta", StringComparison.Ordinal)) options.ColumnEncodingHints["open_time"] = EncodingHint.DeltaBinaryPacked;
    if (hint.StartsWith("delta", StringComparison.Ordinal)) options.ColumnEncodingHints["volume"] = EncodingHint.DeltaBinaryPacked;
    if (hint == "delta+split")
        foreach (var f in fields) options.ColumnEncodingHints[f.Name] = EncodingHint.ByteSplitStream;
    if (hint == "dict")
        foreach (var f in fields) options.ColumnEncodingHints[f.Name] = EncodingHint.Dictionary;
    await using var file = File.Create(path);
    await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([time, .. fields, count]), file, options);
    const int Rows = 131_072;
    for (var from = 0; from < Count; from += Rows)
    {
        var n = Math.Min(Rows, Count - from);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<DateTime>(time, times.AsMemory(from, n));
        for (var i = 0; i < fields.Length; i++) await group.WriteAsync<double>(fields[i], prices[i].AsMemory(from, n));
        await group.WriteAsync<long>(count, volume.AsMemory(from, n));
    }
}

async Task Read()
{
    await using var file = File.OpenRead(path);
    await using var reader = await ParquetReader.CreateAsync(file);
    var fields = reader.Schema.DataFields;
    for (var g = 0; g < reader.RowGroupCount; g++)
    {
        using var group = reader.OpenRowGroupReader(g);
        var n = (int)group.RowCount;
        var t = new DateTime[n];
        await group.ReadAsync<DateTime>(fields[0], t);
        for (var i = 1; i <= 4; i++)
        {
            var d = new double[n];
            await group.ReadAsync<double>(fields[i], d);
        }
        var v = new long[n];
        await group.ReadAsync<long>(fields[5], v);
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
    var at = new DateTime(2015, 1, 2, 14, 30, 0, DateTimeKind.Utc);
    var price = 100.0;
    for (var i = 0; i < Count; i++)
    {
        times[i] = at.AddDays(i / 390).AddMinutes(i % 390);
        var close = Math.Round(price * (1 + 0.001 * (random.NextDouble() - 0.5)), 2);
        prices[0][i] = price;
        prices[1][i] = Math.Round(Math.Max(price, close) + random.NextDouble() * 0.05, 2);
        prices[2][i] = Math.Round(Math.Min(price, close) - random.NextDouble() * 0.05, 2);
        prices[3][i] = price = close;
        volume[i] = random.Next(100, 100_000);
    }
    return (times, prices, volume);
}
