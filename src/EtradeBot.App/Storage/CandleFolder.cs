using System.Globalization;
using EtradeBot.App.Commands;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>A user's folder of candle files named SYMBOL.csv or SYMBOL.txt, directly or in folders named by timeframe (<c>1min</c>, <c>daily</c>, ...).</summary>
sealed class CandleFolder(string directory)
{
    /// <summary>Names that people give to folders of each timeframe; case does not matter.</summary>
    static readonly (Timeframe Timeframe, string[] Names)[] TimeframeNames =
    [
        (Timeframe.M1, ["1m", "1min", "minute"]),
        (Timeframe.M2, ["2m", "2min"]),
        (Timeframe.M5, ["5m", "5min"]),
        (Timeframe.M15, ["15m", "15min"]),
        (Timeframe.M30, ["30m", "30min"]),
        (Timeframe.H1, ["1h", "60m", "60min", "hour", "hourly"]),
        (Timeframe.D1, ["1d", "day", "daily"]),
        (Timeframe.W1, ["1w", "week", "weekly"]),
    ];

    readonly record struct Entry(string Name, string Path, Timeframe? Timeframe);

    /// <summary>The file to read for a symbol (null: the only one there is) in a wanted timeframe (null: the only one there is).</summary>
    /// <remarks>A folder named by the wanted timeframe comes first, then a file beside those folders, then the longest shorter timeframe.</remarks>
    /// <exception cref="CandleDataException">No such folder or symbol, with what there is.</exception>
    /// <exception cref="UsageException">Several could be meant.</exception>
    public string FileFor(Symbol? symbol, Timeframe? wanted)
    {
        if (!Directory.Exists(directory)) throw new CandleDataException(File.Exists(directory) ? $"--data-dir {directory} is a file: use --csv {directory}" : $"no folder {directory} (--data-dir)");
        var entries = Entries();
        var name = symbol is { } asked ? asked.Ticker : OnlyName(entries);
        var candidates = entries.Where(entry => IsNamed(entry, name)).ToList();
        if (candidates.Count == 0) throw Missing(name, entries);
        var beside = candidates.Where(entry => entry.Timeframe is null).ToList();
        var inFolders = candidates.Where(entry => entry.Timeframe is not null).ToList();
        if (inFolders.Count > 0 && (wanted is null ? beside.Count == 0 : beside.Count == 0 || inFolders.Any(entry => entry.Timeframe == wanted)))
        {
            var chosen = TimeframeChoice.Of($"{name} in {directory}", [.. inFolders.Select(entry => entry.Timeframe!.Value).Distinct()], wanted);
            return Only(inFolders.Where(entry => entry.Timeframe == chosen));
        }
        return Only(beside);
    }

    /// <summary>At most ten of the names, and how many more there are.</summary>
    public static string Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        var shown = string.Join(", ", all.Take(10));
        return all.Count <= 10 ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown} and {all.Count - 10:N0} more");
    }

    List<Entry> Entries()
    {
        var entries = FilesOf(directory, null).ToList();
        foreach (var folder in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
            foreach (var (timeframe, names) in TimeframeNames)
                if (names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase)) entries.AddRange(FilesOf(folder, timeframe));
        return entries;
    }

    static IEnumerable<Entry> FilesOf(string folder, Timeframe? timeframe) =>
        Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".CSV" or ".TXT")
            .Order(StringComparer.Ordinal)
            .Select(file => new Entry(Path.GetFileNameWithoutExtension(file), file, timeframe));

    /// <summary>By the ticker itself, or by the name the store would give it (<c>BRK%2FB</c>).</summary>
    static bool IsNamed(Entry entry, string ticker) =>
        entry.Name.Equals(ticker, StringComparison.OrdinalIgnoreCase)
        || (Symbol.TryParse(ticker, out var symbol) && entry.Name.Equals(SymbolFileName.Of(symbol), StringComparison.OrdinalIgnoreCase));

    string OnlyName(List<Entry> entries)
    {
        var names = entries.Select(entry => entry.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return names.Count switch
        {
            0 => throw new CandleDataException($"no .csv or .txt file in {directory}"),
            1 => names[0],
            _ => throw new UsageException($"which symbol? {directory} has {Some(names)}: add --symbol"),
        };
    }

    static string Only(IEnumerable<Entry> entries)
    {
        var paths = entries.Select(entry => entry.Path).ToList();
        return paths.Count == 1 ? paths[0] : throw new UsageException($"which file? {Some(paths)}: name one with --csv");
    }

    CandleDataException Missing(string name, List<Entry> entries)
    {
        var held = entries
            .GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.First().Timeframe is null ? group.Key : $"{group.Key} ({string.Join(' ', group.Select(entry => entry.Timeframe).Distinct())})");
        var has = entries.Count == 0 ? "it has no .csv or .txt file" : $"it has {Some(held)}";
        return new CandleDataException($"no {name}.csv in {directory}: {has}.{Spelling.Question(name, entries.Select(entry => entry.Name).Distinct())} Candle files are named SYMBOL.csv, or are read one by one with --csv FILE");
    }
}
