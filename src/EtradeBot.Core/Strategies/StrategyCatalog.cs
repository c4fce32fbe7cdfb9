using EtradeBot.Market;

namespace EtradeBot.Strategies;

/// <summary>Every strategy that can be asked for by name. Immutable.</summary>
public sealed class StrategyCatalog
{
    const string BuiltInOrigin = "built in";

    StrategyCatalog(IEnumerable<StrategyEntry> entries) => Entries = [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal)];

    /// <summary>The strategies of this library.</summary>
    public static StrategyCatalog BuiltIn { get; } = new(StrategyEntry.FindIn(typeof(Strategy).Assembly, BuiltInOrigin));

    /// <summary>In the ordinal order of their names.</summary>
    public IReadOnlyList<StrategyEntry> Entries { get; }

    /// <summary>This catalog and more strategies.</summary>
    /// <exception cref="StrategyException">A name is taken; the message says where both come from.</exception>
    public StrategyCatalog With(IEnumerable<StrategyEntry> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        var all = Entries.ToDictionary(e => e.Name);
        foreach (var entry in more)
            if (!all.TryAdd(entry.Name, entry))
                throw new StrategyException($"two strategies are called {entry.Name}: one in {entry.Origin}, the other {Where(all[entry.Name].Origin)}; rename one of the classes");
        return new StrategyCatalog(all.Values);
    }

    /// <summary>The strategy of that name, in any case; null when there is none.</summary>
    public StrategyEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="StrategyException">No such strategy; the message lists those that exist.</exception>
    public StrategyEntry Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var names = Entries.Select(e => e.Name).ToArray();
        return Find(name) ?? throw new StrategyException($"unknown strategy '{name}': there are {string.Join(", ", names)}{Spelling.DidYouMean(name, names)}");
    }

    /// <summary>A fresh strategy; see <see cref="StrategyEntry.Create(IEnumerable{KeyValuePair{string, string}})"/>.</summary>
    public Strategy Create(string name, IEnumerable<KeyValuePair<string, string>> values) => Get(name).Create(values);

    static string Where(string origin) => origin == BuiltInOrigin ? BuiltInOrigin : "in " + origin;
}
