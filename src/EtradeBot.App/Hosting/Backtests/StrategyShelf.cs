using System.Security.Cryptography;
using System.Text;
using EtradeBot.App.Scripting;
using EtradeBot.Strategies;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>The strategies there are at this moment.</summary>
/// <param name="Problems">Why files were left out: file, line and message.</param>
public sealed record StrategyList(StrategyCatalog Catalog, IReadOnlyList<string> Problems);

/// <summary>Knows the strategies of the program and of the owner's folder; compiles again what has changed. Safe for several threads.</summary>
sealed class StrategyShelf(string strategyFolder, string stateFolder) : IDisposable
{
    readonly Lock _gate = new();
    StrategyLibrary? _library;
    StrategyList? _list;
    string _stamp = "";

    /// <summary>The list as the files are now. Takes a second after a file has changed.</summary>
    public StrategyList Read()
    {
        lock (_gate)
        {
            var stamp = Stamp();
            if (_list is not null && stamp == _stamp) return _list;
            // A run that still uses an older compilation keeps it alive by itself.
            _library?.Dispose();
            _library = NewLibrary();
            _stamp = stamp;
            var catalog = _library.All();
            return _list = new(catalog, _library.Problems);
        }
    }

    /// <summary>A library of its own for one run; dispose it afterwards.</summary>
    public StrategyLibrary NewLibrary() => new(Directory.Exists(strategyFolder) ? strategyFolder : null, stateFolder);

    /// <summary>SHA-256 of the source of an own strategy, in hexadecimal; empty for a built-in one, whose code is the engine's.</summary>
    /// <exception cref="StrategyException">Its file has gone.</exception>
    public static string SourceHash(StrategyEntry entry)
    {
        if (StrategyCatalog.BuiltIn.Find(entry.Name) is { } builtIn && builtIn.Origin == entry.Origin) return "";
        if (!File.Exists(entry.Origin)) throw new StrategyException($"{entry.Origin}: the file of strategy {entry.Name} has gone");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StrategyFile.Read(entry.Origin).Text)));
    }

    public void Dispose() => _library?.Dispose();

    string Stamp() => !Directory.Exists(strategyFolder) ? "" : string.Join('\n', Directory.GetFiles(strategyFolder, "*.cs").Order(StringComparer.Ordinal)
        .Select(file => new FileInfo(file)).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
}
