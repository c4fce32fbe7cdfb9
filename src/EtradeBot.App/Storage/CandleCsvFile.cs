using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Candle files on the disk: opening them, and saying what is wrong in the user's words.</summary>
static class CandleCsvFile
{
    /// <exception cref="CandleDataException">No such file, or nothing usable in it.</exception>
    public static CsvReadResult Read(string path, CandleRequest request) => Read(path, request, CandleCsv.Read);

    /// <summary>As <see cref="Read(string, CandleRequest)"/>, without refusing bad rows.</summary>
    /// <inheritdoc cref="Read(string, CandleRequest)" path="/exception"/>
    public static CsvReadResult Inspect(string path, CandleRequest request) => Read(path, request, CandleCsv.Inspect);

    static CsvReadResult Read(string path, CandleRequest request, Func<Stream, string, CsvOptions, CsvReadResult> read)
    {
        var options = request.Csv with { Symbol = request.Symbol ?? request.Csv.Symbol };
        try
        {
            return OpenAnd(path, stream => read(stream, path, options));
        }
        catch (CandleDataException) when (request.Timeframe is not null && options.Timeframe is null)
        {
            // A file that does not show its timeframe is taken to have the one asked for; any other fault shows again.
            return OpenAnd(path, stream => read(stream, path, options with { Timeframe = request.Timeframe }));
        }
    }

    public static string ReadText(string path) => OpenAnd(path, stream =>
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>What the user should know about how the file was read, as sentences without a full stop.</summary>
    public static IEnumerable<string> Notes(CsvReport report)
    {
        var culture = CultureInfo.InvariantCulture;
        if (report.Rejected > 0) yield return string.Create(culture, $"{report.Name}: {report.Rejected:N0} of {report.DataRows:N0} rows are bad and were left out");
        if (report.DuplicatesIdentical > 0) yield return string.Create(culture, $"{report.Name}: {report.DuplicatesIdentical:N0} repeated rows were left out");
        if (report.DuplicatesConflicting > 0) yield return string.Create(culture, $"{report.Name}: {report.DuplicatesConflicting:N0} times occur with different values, of which the last in the file counts");
        if (report.Order == CsvFileOrder.Mixed) yield return $"{report.Name}: rows are out of order and were sorted";
        foreach (var assumption in report.Assumptions) yield return $"{report.Name}: {assumption}";
    }

    static T OpenAnd<T>(string path, Func<Stream, T> read)
    {
        if (Directory.Exists(path)) throw new CandleDataException($"{path} is a folder: name a file, or use --data-dir {path}");
        if (!File.Exists(path)) throw new CandleDataException(NoSuchFile(path));
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        return read(stream);
    }

    static string NoSuchFile(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || !Directory.Exists(folder)) return $"no file {path}: there is no folder {folder} either";
        var files = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Where(name => name[0] != '.').Order(StringComparer.Ordinal).ToList();
        var has = files.Count == 0 ? "its folder is empty" : $"its folder has {CandleFolder.Some(files)}";
        return $"no file {path}: {has}.{Spelling.Question(Path.GetFileName(path), files)}";
    }
}
