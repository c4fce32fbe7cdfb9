using System.Security.Cryptography;
using System.Text;
using EtradeBot.Learning.Plans;
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
            if (!Symbol.TryParse(Path.GetFileNameWithoutExtension(path), out _))
            {
                note($"{Path.GetFileName(path)} was left out: its name is no ticker");
                continue;
            }
            var read = ReadFile(path);
            if (series.FirstOrDefault(known => IsTwin(known, read)) is { } twin) note($"{Path.GetFileName(path)} was left out: its candles move like those of {twin.Origin.Source}");
            else series.Add(read);
        }
        return series.Count > 0 ? series : throw new CandleDataException($"no SYMBOL.csv in {folder} (--data-dir)");
    }

    /// <summary>SHA-256 over symbols and candles.</summary>
    public static string Hash(IEnumerable<CandleSeries> series) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', series.Select(s => $"{s.Symbol} {s.Timeframe} {s.ContentHash()}")))));

    /// <summary>True for the same share under two names, adjusted or not: it would count twice and judge what it taught.</summary>
    static bool IsTwin(CandleSeries one, CandleSeries other)
    {
        const double sameMove = 1e-4, mostMoves = 0.8;
        var (common, same) = (0, 0);
        for (var (i, k) = (1, 1); i < one.Count && k < other.Count;)
        {
            var order = one.OpenTicks[i].CompareTo(other.OpenTicks[k]);
            if (order == 0)
            {
                common++;
                if (Math.Abs((one.Close[i] / one.Close[i - 1]) - (other.Close[k] / other.Close[k - 1])) < sameMove) same++;
            }
            if (order <= 0) i++;
            if (order >= 0) k++;
        }
        return common > 0 && same > mostMoves * common;
    }

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
