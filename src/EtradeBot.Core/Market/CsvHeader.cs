using System.Globalization;
using System.Text;

namespace EtradeBot.Market;

/// <summary>Finds the parts of a candle by the column names that vendors use, or by the user's own mapping.</summary>
static class CsvHeader
{
    const string MappingExample = "--columns date=1,open=2,high=3,low=4,close=5,volume=6 (names or numbers)";

    // Of several names for one part the first wins: a file with both Close and Price trades at Close.
    static readonly (string Part, string[] Words)[] Known =
    [
        ("stamp", ["datetime", "timestamp", "dateandtime", "opentime", "starttime", "bartime", "unix", "unixtime", "unixtimestamp", "epoch", "gmttime", "localtime"]),
        ("date", ["date", "day", "tradedate", "tradingdate", "tradingday"]),
        ("time", ["time", "timeofday"]),
        ("open", ["open", "openprice", "openingprice", "opening", "o"]),
        ("high", ["high", "highprice", "max", "h"]),
        ("low", ["low", "lowprice", "min", "l"]),
        ("close", ["close", "closelast", "closeprice", "closingprice", "last", "lastprice", "price", "c"]),
        ("volume", ["volume", "vol", "sharevolume", "totalvolume", "tickvol", "tickvolume", "v"]),
        ("symbol", ["ticker", "symbol"]),
    ];

    static readonly string[] Mappable = ["date", "time", "open", "high", "low", "close", "volume", "symbol"];

    static readonly string[] Prices = ["open", "high", "low", "close"];

    /// <summary>Columns by the names in the header.</summary>
    public static CsvLayout FromNames(string file, string[] names, CsvOptions options)
    {
        var found = new Dictionary<string, int>();
        foreach (var (part, words) in Known)
            if (Match(file, names, words) is { } column) found[part] = column;
        var mapped = Map(file, names, options.Columns);
        if (mapped.ContainsKey("date") || mapped.ContainsKey("time")) Forget(found, "stamp", "date", "time");
        foreach (var (part, column) in mapped) found[part] = column;
        var unnamed = names[0].Length == 0 && !HasTime(found);
        if (unnamed) found["date"] = 0;
        var missing = Prices.Where(part => !found.ContainsKey(part)).ToList();
        if (!HasTime(found)) missing.Insert(0, "date");
        if (missing.Count > 0)
            throw new CandleDataException($"{file} line 1: no column for {string.Join(", ", missing)}; the columns are {Listed(names)}. Name them with {MappingExample}");
        var layout = Layout(names, found, mapped.Count > 0) with { HasHeader = true };
        return unnamed ? layout with { Assumptions = ["the first column has no name and is taken as the time", .. layout.Assumptions] } : layout;
    }

    /// <summary>Columns by their place, for a file without a header.</summary>
    public static CsvLayout FromPlaces(string file, string[] cells, bool secondIsClock, CsvOptions options)
    {
        var names = Enumerable.Range(1, cells.Length).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var mapped = Map(file, names, options.Columns);
        if (mapped.Count > 0)
        {
            var missing = Prices.Where(part => !mapped.ContainsKey(part)).ToList();
            if (!HasTime(mapped)) missing.Insert(0, "date");
            if (missing.Count > 0) throw new CandleDataException($"{file}: the file has no header, so --columns must name {string.Join(", ", missing)} too, for example {MappingExample}");
            return Layout(names, mapped, isMapped: true);
        }
        var first = secondIsClock ? 2 : 1;
        if (cells.Length != first + 4 && cells.Length != first + 5)
            throw new CandleDataException($"{file} line 1: no header, and {cells.Length} columns are not time, open, high, low, close, volume; name them with {MappingExample}");
        var places = new Dictionary<string, int> { ["date"] = 0, ["open"] = first, ["high"] = first + 1, ["low"] = first + 2, ["close"] = first + 3 };
        if (secondIsClock) places["time"] = 1;
        if (cells.Length == first + 5) places["volume"] = first + 4;
        var order = string.Join(", ", places.OrderBy(p => p.Value).Select(p => p.Key == "date" && !secondIsClock ? "time" : p.Key));
        var layout = Layout(names, places, isMapped: false);
        return layout with { Assumptions = [$"no header: columns taken as {order}", .. layout.Assumptions] };
    }

    static CsvLayout Layout(string[] names, Dictionary<string, int> found, bool isMapped)
    {
        int Column(string part) => found.GetValueOrDefault(part, -1);
        var stamp = Column("stamp");
        var hasBoth = stamp < 0 && Column("date") >= 0 && Column("time") >= 0;
        var assumptions = new List<string>();
        if (Column("volume") < 0) assumptions.Add("no volume column: every volume is 0");
        if (Plain(names[Column("close")]) is "price" or "last" or "lastprice") assumptions.Add($"column {names[Column("close")]} taken as the close");
        if (names.FirstOrDefault(n => Plain(n) is "adjclose" or "adjustedclose" or "closeadj") is { } adjusted)
            assumptions.Add($"column {adjusted} left out: prices are those of {names[Column("close")]}");
        return new CsvLayout
        {
            Names = names,
            Time = stamp >= 0 ? stamp : Column("date") >= 0 ? Column("date") : Column("time"),
            Clock = hasBoth ? Column("time") : -1,
            Open = Column("open"),
            High = Column("high"),
            Low = Column("low"),
            Close = Column("close"),
            Volume = Column("volume"),
            Ticker = Column("symbol"),
            IsMapped = isMapped,
            Assumptions = assumptions,
        };
    }

    static int? Match(string file, string[] names, string[] words)
    {
        foreach (var word in words)
        {
            var columns = Enumerable.Range(0, names.Length).Where(i => Plain(names[i]) == word).ToList();
            if (columns.Count > 1)
                throw new CandleDataException($"{file} line 1: columns {columns[0] + 1} and {columns[1] + 1} are both named {names[columns[0]]}; choose by number with {MappingExample}, and give each symbol a file of its own");
            if (columns.Count == 1) return columns[0];
        }
        return null;
    }

    static Dictionary<string, int> Map(string file, string[] names, string? mapping)
    {
        var map = new Dictionary<string, int>();
        foreach (var entry in (mapping ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var sign = entry.IndexOf('=', StringComparison.Ordinal);
            var part = sign < 0 ? "" : entry[..sign].Trim().ToLowerInvariant();
            if (!Mappable.Contains(part)) throw new CandleDataException($"--columns '{entry}': write part=column with one of {string.Join(", ", Mappable)} on the left, for example {MappingExample}");
            if (!map.TryAdd(part, Column(file, names, entry[(sign + 1)..].Trim()))) throw new CandleDataException($"--columns names {part} twice");
        }
        return map;
    }

    static int Column(string file, string[] names, string wanted)
    {
        var column = Array.FindIndex(names, n => string.Equals(n, wanted, StringComparison.OrdinalIgnoreCase));
        if (column >= 0) return column;
        if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= names.Length) return number - 1;
        throw new CandleDataException($"{file}: --columns names '{wanted}', but the columns are {Listed(names)}");
    }

    static bool HasTime(Dictionary<string, int> found) => found.ContainsKey("stamp") || found.ContainsKey("date") || found.ContainsKey("time");

    static void Forget(Dictionary<string, int> found, params string[] parts)
    {
        foreach (var part in parts) found.Remove(part);
    }

    static string Listed(string[] names) => string.Join(", ", names.Take(30).Select((n, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} '{n}'")));

    // "<OPEN>", "1. open" and "Open" are one name.
    static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in name)
            if (char.IsLetter(c)) plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }
}
