using EtradeBot.Market;

namespace EtradeBot.Bench;

/// <summary>The candles measured on, in memory and as a file. Disposing deletes the file if it was made.</summary>
sealed class BenchSeries : IDisposable
{
    public required string Path { get; init; }

    public required CandleSeries Candles { get; init; }

    public required bool IsMade { get; init; }

    public string Words => IsMade ? "an invented market" : System.IO.Path.GetFileName(Path);

    public static BenchSeries Open(BenchOptions options)
    {
        if (options.File is { } given) return new BenchSeries { Path = given, Candles = Read(given), IsMade = false };
        var made = System.IO.Path.Combine(System.IO.Path.GetTempPath(), FormattableString.Invariant($"bench-{Environment.ProcessId}.csv"));
        MinuteSeries.Write(made, options.Candles);
        return new BenchSeries { Path = made, Candles = Read(made), IsMade = true };
    }

    public static CandleSeries Read(string path)
    {
        using var file = File.OpenRead(path);
        return CandleCsv.Read(file, path, new CsvOptions { Symbol = Symbol.Parse("BENCH") }).Candles;
    }

    public void Dispose()
    {
        if (IsMade) File.Delete(Path);
    }
}
