using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>Candles in the plain layout of the golden files, read without the product's own reader.</summary>
static class GoldenFile
{
    public static string[] Synthetic => Directory.GetFiles(TestFolders.Golden("synthetic", "ohlcv"), "*.csv");

    /// <summary>The file of expected columns that belongs to a file of candles.</summary>
    public static string Expected(string ohlcvFile) =>
        ohlcvFile.Replace($"{Path.DirectorySeparatorChar}ohlcv{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}golden{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    public static CandleSeries Candles(string file)
    {
        var columns = new CandleColumns();
        var timeframe = Timeframe.D1;
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            var cells = line.Split(',');
            if (cells[0].Length > 10) timeframe = file.Contains("60min", StringComparison.Ordinal) ? Timeframe.H1 : Timeframe.M1;
            var time = cells[0].Length > 10
                ? DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture)
                : MarketCalendar.Nyse.DailyOpen(DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture));
            columns.Add(time.UtcTicks, Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]), long.Parse(cells[5], CultureInfo.InvariantCulture));
        }
        var symbol = Symbol.Parse(Path.GetFileNameWithoutExtension(file));
        return CandleSeries.FromColumns(symbol, timeframe, new CandleOrigin(Path.GetFileName(file)), columns);
    }

    /// <summary>Columns by header name; an empty cell is NaN. Lines that begin with # are remarks.</summary>
    public static Dictionary<string, double[]> Columns(string file)
    {
        var rows = File.ReadLines(file).Where(line => !line.StartsWith('#')).Select(line => line.Split(',')).ToArray();
        return Enumerable.Range(1, rows[0].Length - 1)
            .ToDictionary(c => rows[0][c], c => rows.Skip(1).Select(row => row[c].Length == 0 ? double.NaN : Number(row[c])).ToArray());
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
