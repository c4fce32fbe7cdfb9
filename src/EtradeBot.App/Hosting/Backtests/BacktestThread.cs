using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Does one piece of work after the other on a thread that gives way to everything else: quotes and orders must not wait for a backtest.</summary>
sealed class BacktestThread : IDisposable
{
    /// <summary>As <c>nice -n 10</c>: Linux knows no thread priorities but this.</summary>
    const int Niceness = 10;

    readonly BlockingCollection<Action> _work = [];
    readonly Thread _thread;

    public BacktestThread()
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = "backtests", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <param name="work">Must not throw.</param>
    public void Add(Action work) => _work.Add(work);

    /// <summary>Waits for the piece in hand; the caller cancels it before.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    void Loop()
    {
        // For this thread alone: 0 and 0 mean "the calling thread" on Linux. A refusal only costs the politeness.
        if (OperatingSystem.IsLinux()) _ = setpriority(0, 0, Niceness);
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int setpriority(int which, uint who, int niceness);
}
