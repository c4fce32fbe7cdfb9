using System.Globalization;
using EtradeBot.Execution.Journaling;

namespace EtradeBot.Execution.Sessions;

/// <summary>Where the files of one mode and account lie: <c>trading/simulated-1a2b3c4d</c> below the state folder.</summary>
/// <param name="Path">The folder; it may not be there yet.</param>
/// <param name="Account">A print of the account, not its number.</param>
public sealed record TradingFolder(string Path, TradingMode Mode, string Account)
{
    public const string Parent = "trading";

    /// <inheritdoc cref="KillFlag"/>
    public const string KillFile = "kill.json";

    /// <summary>Held by the one process that may send orders.</summary>
    public const string LockFile = "trader.lock";

    /// <summary>Recorded days, a folder each.</summary>
    public const string DaysFolder = "days";

    public string JournalPath => System.IO.Path.Combine(Path, Journal.FileName);

    public static TradingFolder Of(string stateFolder, TradingMode mode, string account) =>
        new(System.IO.Path.Combine(stateFolder, Parent, $"{Word(mode)}-{account}"), mode, account);

    /// <summary>All that have traded here, by mode, then by account.</summary>
    public static IReadOnlyList<TradingFolder> In(string stateFolder)
    {
        var parent = System.IO.Path.Combine(stateFolder, Parent);
        if (!Directory.Exists(parent)) return [];
        return [.. Directory.GetDirectories(parent).Select(Read).OfType<TradingFolder>().OrderBy(folder => folder.Mode).ThenBy(folder => folder.Account, StringComparer.Ordinal)];
    }

    /// <summary>The folder of a recorded day.</summary>
    public string Day(DateOnly day) => System.IO.Path.Combine(Path, DaysFolder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    static TradingFolder? Read(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Enum.GetValues<TradingMode>().Where(mode => Word(mode) == name[..dash]).ToList() is [var mode] ? new TradingFolder(path, mode, name[(dash + 1)..]) : null;
    }

    static string Word(TradingMode mode) => mode.ToString().ToLowerInvariant();
}
