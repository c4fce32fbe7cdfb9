using System.Security.Cryptography;
using System.Text;
using EtradeBot.Market;

namespace EtradeBot.Training.Pipeline;

/// <summary>The candles that a plan names.</summary>
static class CandleFiles
{
    /// <param name="note">Told about files that are left out.</param>
    /// <exception cref="CandleDataException">Nothing there, or a file that is empty, torn or no candle file; names it.</exception>
    public static IReadOnlyList<CandleSeries> Read(TrainingPlan plan, Action<string> note)
    {
        if (plan.DataFile is { } file) return [ReadFile(file)];
        var folder = plan.DataFolder!;
        if (!Directory.Exists(folder)) throw new CandleDataException($"no folder {folder} (--data-dir)");
        var series = new List<CandleSeries>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            if (Symbol.TryParse(Path.GetFileNameWithoutExtension(path), out _)) series.Add(ReadFile(path));
            else note($"{Path.GetFileName(path)} was left out: its name is no ticker");
        }
        return series.Count > 0 ? series : throw new CandleDataException($"no SYMBOL.csv in {folder} (--data-dir)");
    }

    /// <summary>SHA-256 over symbols and candles.</summary>
    public static string Hash(IEnumerable<CandleSeries> series) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', series.Select(s => $"{s.Symbol} {s.Timeframe} {s.ContentHash()}")))));

    static CandleSeries ReadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return CandleCsv.Read(stream, Path.GetFileName(path), new()).Candles;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CandleDataException($"cannot read {path}: {problem.Message}");
        }
    }
}
