using System.Runtime.Loader;
using EtradeBot.Strategies;

namespace EtradeBot.App.Scripting;

/// <summary>
/// The strategies a user keeps as files, each compiled by itself so that a broken one does not hide the others.
/// They are loaded into a context of their own that <see cref="Dispose"/> unloads.
/// </summary>
sealed class StrategyFolder : IDisposable
{
    readonly AssemblyLoadContext _context = new("strategies", isCollectible: true);
    readonly StrategyCache? _cache;
    readonly List<string> _problems = [];
    readonly List<StrategyFile> _files = [];

    /// <param name="path">The folder; null: there is none, and it holds nothing.</param>
    /// <param name="cache">Where compiled files are kept; null: nowhere.</param>
    public StrategyFolder(string? path, StrategyCache? cache)
    {
        _cache = cache;
        if (path is null) return;
        foreach (var file in Directory.GetFiles(path, "*.cs").Order(StringComparer.Ordinal))
            Attempt(() => _files.Add(StrategyFile.Read(file)));
    }

    /// <summary>Why files were left out, in the order met.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Files that seem to declare a strategy of that name.</summary>
    public IReadOnlyList<StrategyFile> Declaring(string strategyName) => [.. _files.Where(f => f.Declares(strategyName))];

    /// <summary>The catalog with every strategy of every file that compiles.</summary>
    public StrategyCatalog AddAll(StrategyCatalog catalog) => Add(catalog, _files);

    /// <summary>The catalog with the strategies of these files; those left out are named in <see cref="Problems"/>.</summary>
    public StrategyCatalog Add(StrategyCatalog catalog, IEnumerable<StrategyFile> files)
    {
        foreach (var file in files) Attempt(() => catalog = catalog.With(Load(file)));
        return catalog;
    }

    public void Dispose() => _context.Unload();

    IReadOnlyList<StrategyEntry> Load(StrategyFile file)
    {
        var compiled = _cache is null ? StrategyCompiler.Compile(file) : _cache.GetOrAdd(file, StrategyCompiler.Compile);
        var assembly = _context.LoadFromStream(new MemoryStream(compiled.Assembly), new MemoryStream(compiled.Symbols));
        var entries = StrategyEntry.FindIn(assembly, file.Name);
        return entries.Count > 0 ? entries : throw new StrategyException(
            $"{file.Name}: holds no strategy: it needs a public class derived from Strategy with a constructor that takes nothing");
    }

    void Attempt(Action step)
    {
        try
        {
            step();
        }
        catch (StrategyException problem)
        {
            _problems.Add(problem.Message);
        }
    }
}
