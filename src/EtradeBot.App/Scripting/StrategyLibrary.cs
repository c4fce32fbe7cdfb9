using EtradeBot.Strategies;

namespace EtradeBot.App.Scripting;

/// <summary>Finds strategies by name: the built-in ones at once, those in files only when they are asked for.</summary>
sealed class StrategyLibrary : IDisposable
{
    readonly StrategyFolder _folder;

    /// <param name="folder">Where the user's strategies lie (<c>--strategies</c>); null: <c>strategies</c> in the working folder, else beside the program.</param>
    /// <param name="stateFolder">State of this program (<c>--data</c>), where compiled files are kept; null: they are compiled each time.</param>
    /// <exception cref="StrategyException">A folder was named that does not exist.</exception>
    public StrategyLibrary(string? folder, string? stateFolder)
    {
        if (folder is not null && !Directory.Exists(folder)) throw new StrategyException($"--strategies {folder}: there is no such folder");
        _folder = new StrategyFolder(folder ?? DefaultFolder(), stateFolder is null ? null : new StrategyCache(Path.Combine(stateFolder, "strategies")));
    }

    /// <summary>Why files were left out so far.</summary>
    public IReadOnlyList<string> Problems => _folder.Problems;

    /// <summary>Every strategy there is.</summary>
    public StrategyCatalog All() => _folder.AddAll(StrategyCatalog.BuiltIn);

    /// <exception cref="StrategyException">Unknown, ambiguous, or in a file that does not compile.</exception>
    public StrategyEntry Get(string name)
    {
        var files = _folder.Declaring(name);
        if (files.Count == 0 && StrategyCatalog.BuiltIn.Find(name) is { } builtIn) return builtIn;
        var unreadable = Problems.Count;
        var catalog = files.Count > 0 ? _folder.Add(StrategyCatalog.BuiltIn, files) : All();
        var excuses = catalog.Find(name) is null ? Problems : Problems.Skip(files.Count > 0 ? unreadable : Problems.Count).ToArray();
        if (excuses.Count > 0) throw new StrategyException(string.Join('\n', excuses));
        return catalog.Get(name);
    }

    public void Dispose() => _folder.Dispose();

    static string? DefaultFolder()
    {
        string[] places = [Environment.CurrentDirectory, AppContext.BaseDirectory];
        return places.Select(place => Path.Combine(place, "strategies")).FirstOrDefault(Directory.Exists);
    }
}
