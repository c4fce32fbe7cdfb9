using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Losses;

/// <summary>A position from flat to flat.</summary>
/// <param name="ProfitAndLoss">Dollars after costs.</param>
/// <param name="IsStopOut">Its protective stop ended it.</param>
public sealed record ClosedTrade(Symbol Symbol, DateTimeOffset ClosedAt, decimal ProfitAndLoss, bool IsStopOut);

/// <summary>A pause after losses.</summary>
/// <param name="Name">loss-pause, streak-pause or stop-out-pause.</param>
/// <param name="Until">The first instant at which an entry may leave again.</param>
/// <param name="Words">Why, in a sentence.</param>
public sealed record CoolDown(string Name, DateTimeOffset Until, string Words);

/// <summary>The pauses in force: computed from the closed trades alone, so that a restart forgets none.</summary>
public static class CoolDowns
{
    /// <summary>The pauses that an entry into the symbol has to wait for.</summary>
    /// <param name="closed">In any order; those after <paramref name="now"/> count as of now.</param>
    public static IReadOnlyList<CoolDown> For(Symbol symbol, IEnumerable<ClosedTrade> closed, TradingLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var newestFirst = closed.OrderByDescending(trade => trade.ClosedAt).ToList();
        var pauses = new List<CoolDown>();
        if (newestFirst.FirstOrDefault(IsLoss) is { } loss)
            pauses.Add(new CoolDown("loss-pause", loss.ClosedAt + limits.LossPause, FormattableString.Invariant($"{loss.Symbol} lost ${-loss.ProfitAndLoss:0.00}")));
        if (StreakEnd(newestFirst, limits.StreakLength) is { } end)
            pauses.Add(new CoolDown("streak-pause", end + limits.StreakPause, FormattableString.Invariant($"{limits.StreakLength} trades in a row lost")));
        if (newestFirst.FirstOrDefault(trade => trade.IsStopOut && trade.Symbol == symbol) is { } stopped)
            pauses.Add(new CoolDown("stop-out-pause", stopped.ClosedAt + limits.StopOutPause, $"the stop of {symbol} was hit"));
        return pauses.Where(pause => pause.Until > now).ToList();
    }

    /// <summary>When the newest unbroken run of so many losses was last lengthened; null when there is none that long.</summary>
    /// <remarks>A gain after it does not end a pause that a full run has started: what it ends is the run.</remarks>
    static DateTimeOffset? StreakEnd(List<ClosedTrade> newestFirst, int length)
    {
        DateTimeOffset? end = null;
        var run = 0;
        foreach (var trade in newestFirst)
        {
            (run, end) = IsLoss(trade) ? (run + 1, end ?? trade.ClosedAt) : (0, (DateTimeOffset?)null);
            if (run >= length) return end;
        }
        return null;
    }

    static bool IsLoss(ClosedTrade trade) => trade.ProfitAndLoss < 0;
}
