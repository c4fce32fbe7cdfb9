using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Live;

/// <summary>The watched symbols in the owner's order, one list for each feed: <c>watchlist.json</c> under the state folder. Safe for several threads.</summary>
sealed class Watchlist(string stateFolder)
{
    public const string FileName = "watchlist.json";

    /// <summary>What a few requests a second can poll.</summary>
    public const int Most = 500;

    static readonly string[] Real = ["SPY", "QQQ", "AAPL", "MSFT"];

    static readonly string[] BesidesTheDemo = ["AAPL", "MSFT", "SPY"];

    readonly Lock _gate = new();
    Dictionary<string, List<string>>? _lists;

    string FilePath => Path.Combine(stateFolder, FileName);

    /// <summary>Why the file cannot be used, with the remedy; empty when it can, or is not there yet.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>As kept; before the first change, and where the file is damaged, what everybody begins with.</summary>
    public IReadOnlyList<Symbol> Of(string feed)
    {
        lock (_gate)
            return Lists().TryGetValue(feed, out var kept) ? [.. kept.Select(Symbol.Parse)] : Usual(feed);
    }

    /// <returns>The list after the change.</returns>
    /// <exception cref="InvalidOperationException">It would be too long, or the file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing has changed.</exception>
    public IReadOnlyList<Symbol> Change(string feed, Func<IReadOnlyList<Symbol>, IReadOnlyList<Symbol>> change)
    {
        lock (_gate)
        {
            var before = Of(feed);
            if (Problem.Length > 0) throw new InvalidOperationException(Problem);
            var after = change(before);
            if (after.Count > Most) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the watchlist takes {Most} symbols, these would be {after.Count}: remove some first"));
            if (after.SequenceEqual(before)) return before;
            var lists = new Dictionary<string, List<string>>(Lists()) { [feed] = [.. after.Select(symbol => symbol.Ticker)] };
            AtomicFile.Write(FilePath, stream => JsonSerializer.Serialize(stream, lists));
            _lists = lists;
            return after;
        }
    }

    static IReadOnlyList<Symbol> Usual(string feed) => feed == "simulator"
        ? [.. DemoMarket.Symbols.Select(company => company.Symbol), .. BesidesTheDemo.Select(Symbol.Parse)]
        : [.. Real.Select(Symbol.Parse)];

    Dictionary<string, List<string>> Lists()
    {
        if (_lists is not null) return _lists;
        Problem = "";
        if (!File.Exists(FilePath)) return _lists = [];
        try
        {
            var lists = JsonSerializer.Deserialize<Dictionary<string, List<string>>>(File.ReadAllBytes(FilePath)) ?? throw new JsonException("it is empty");
            if (lists.ContainsValue(null!)) throw new JsonException("a list is missing");
            var wrong = lists.Values.SelectMany(list => list).FirstOrDefault(text => !Symbol.TryParse(text, out _));
            return wrong is null ? _lists = lists : throw new JsonException($"'{wrong}' is no symbol");
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            // Asked again with the next call: the owner may have repaired it meanwhile.
            Problem = $"the watchlist {FilePath} cannot be used: {problem.Message.TrimEnd('.')}. Repair it, or move it away to begin with the usual one";
            return [];
        }
    }
}
