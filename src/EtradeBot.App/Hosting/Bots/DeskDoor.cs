using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Orders;
using EtradeBot.Execution.Brokerage;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Limits;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>The desk of one folder, opened to trade: one process at a time.</summary>
sealed class DeskDoor : IDisposable
{
    /// <summary>Of real time between two beats, however fast a simulated market runs.</summary>
    static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(50);

    readonly TraderLock? _held;
    readonly FolderDisk? _disk;

    DeskDoor(TraderLock? held, FolderDisk? disk, TradingDesk? desk, string problem) => (_held, _disk, Desk, Problem) = (held, disk, desk, problem);

    /// <summary>Null where it could not be opened.</summary>
    public TradingDesk? Desk { get; }

    /// <summary>Why not, with the remedy; empty when it is open.</summary>
    public string Problem { get; }

    public static DeskDoor Open(LiveRun run, TradingFolder folder, TradingHostParts parts, Func<TradingLimits> limits)
    {
        TraderLock? held = null;
        FolderDisk? disk = null;
        try
        {
            if (TraderLock.TryTake(folder.Path) is not { } taken) return new DeskDoor(null, null, null, $"another process trades from {folder.Path}: this one only reads. End the other to trade here");
            (held, disk) = (taken, new FolderDisk(folder.Path));
            var line = new BrokerLine(run.Handle.Client, run.Handle.AccountKey, folder.Account, folder.Mode) { Speed = () => run.Line.Speed };
            var desk = new TradingDesk(new TradingDeskParts(line, disk, new ExchangeTime(() => run.Feed.ExchangeNow, run.Line.Time), limits)
            {
                NewId = TradingHost.NewId,
                Version = parts.Version,
                LeastPause = () => LeastPause * Math.Max(1, run.Line.Speed),
                AverageDailyVolume = new AverageVolumes(parts.Candles).Of,
            });
            TakeStop(desk, parts);
            return new DeskDoor(held, disk, desk, "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            disk?.Dispose();
            held?.Dispose();
            return new DeskDoor(null, null, null, held is null ? $"{folder.Path} cannot be written: {problem.Message.TrimEnd('.')}. Nothing is traded" : problem.Message);
        }
    }

    public void Dispose()
    {
        Desk?.Dispose();
        _disk?.Dispose();
        _held?.Dispose();
    }

    /// <summary>Entries may have been stopped while there was no desk.</summary>
    static void TakeStop(TradingDesk desk, TradingHostParts host)
    {
        if (new EntryStop(host.StateFolder, host.Time).Facts is { IsStopped: true } stop && desk.Book.Stop is null) desk.StopEntries(stop.By, stop.Reason);
    }
}
