using EtradeBot.App.Storage;
using EtradeBot.Execution.Limits;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary><c>limits.json</c> in the state folder: what no order of the program may exceed. A file that is damaged leaves the limits as they were, the safe
/// ones at the start, and says so. Safe for several threads.</summary>
sealed class LimitsStore(string stateFolder, TimeProvider time)
{
    public const string FileName = "limits.json";

    readonly Lock _gate = new();
    TradingLimits _limits = TradingLimits.Safe;
    DateTime _readAt;

    public string Path { get; } = System.IO.Path.Combine(stateFolder, FileName);

    /// <summary>What is wrong with the file; empty when nothing.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>As the file has them now.</summary>
    public TradingLimits Current
    {
        get
        {
            lock (_gate)
            {
                // A missing file has a time of its own, long ago.
                var changed = File.GetLastWriteTimeUtc(Path);
                if (changed == _readAt) return _limits;
                _readAt = changed;
                (_limits, Problem) = Read();
                return _limits;
            }
        }
    }

    /// <exception cref="IOException">It cannot be written; the limits are as they were.</exception>
    public void Write(TradingLimits limits) => AtomicFile.Write(Path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(LimitsFile.Format(limits))));

    (TradingLimits Limits, string Problem) Read()
    {
        try
        {
            return File.Exists(Path) ? (LimitsFile.Parse(File.ReadAllText(Path), MarketCalendar.Nyse.DayOf(time.GetUtcNow())), "") : (TradingLimits.Safe, "");
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException)
        {
            return (_limits, $"{problem.Message.TrimEnd('.')}; the limits stay as they were");
        }
    }
}
