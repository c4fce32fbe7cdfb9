using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Losses;

/// <summary>Folds the account's marks into what has been lost, and into the stops that follow from it.</summary>
/// <remarks>An account value is data, not truth: brokers have shown accounts without cash or without positions for minutes during the session. A value is
/// believed only when the program's own books come to about the same; what is not believed holds entries back and changes nothing else. A halt needs two
/// believed values, the second one later than the first.</remarks>
public static class LossWatch
{
    /// <summary>How far the broker's figure and the own one may lie apart: quotes move between the two.</summary>
    public const decimal ToleratedFraction = 0.02m;

    /// <summary>The same in dollars, for small accounts.</summary>
    public const decimal ToleratedDollars = 50;

    /// <exception cref="ArgumentOutOfRangeException">No session is known after the day of the mark.</exception>
    public static LossState Next(LossState state, LossEvent what, TradingLimits limits)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(limits);
        return what switch
        {
            LossEvent.Marked mark => Marked(state, mark, limits),
            LossEvent.Transferred transfer => state with { DayStart = state.DayStart + transfer.Dollars, Equity = state.Equity + transfer.Dollars, Peak = state.Peak + transfer.Dollars },
            // The old start of the day would bring the halt back with the next mark.
            LossEvent.Cleared => state with { Halt = LossHalt.None, HaltReason = "", Suspected = null, SuspectedHalt = LossHalt.None, SoftDay = null, DayStart = null, Peak = null },
            _ => throw new ArgumentException($"{what} is no event of the loss watch", nameof(what)),
        };
    }

    static LossState Marked(LossState state, LossEvent.Marked mark, TradingLimits limits)
    {
        if (DoubtOf(mark) is { } doubt) return state with { Doubt = doubt };
        var day = MarketCalendar.Nyse.DayOf(mark.At);
        // A clock that jumps back starts no new day and ends none.
        var isNewDay = state.Day is null || day > state.Day;
        var start = isNewDay ? state.Equity ?? mark.Equity : state.DayStart ?? mark.Equity;
        var after = state with
        {
            Day = isNewDay ? day : state.Day,
            DayStart = start,
            Equity = mark.Equity,
            Peak = state.Peak is { } peak ? Math.Max(peak, mark.Equity) : mark.Equity,
            MarkedAt = state.MarkedAt > mark.At ? state.MarkedAt : mark.At,
            Doubt = "",
        };
        if (after.DayLoss >= limits.DailyLossSoft) after = after with { SoftDay = Later(after.SoftDay, after.Day!.Value) };
        return Halted(after, mark, limits);
    }

    static LossState Halted(LossState state, LossEvent.Marked mark, TradingLimits limits)
    {
        var (halt, reason) = HaltOf(state, limits);
        if (halt == LossHalt.None) return state with { Suspected = null, SuspectedHalt = LossHalt.None };
        if (halt <= state.Halt) return state;
        if (state.SuspectedHalt < halt || state.Suspected is not { } since) return state with { Suspected = mark.At, SuspectedHalt = halt };
        return mark.At > since ? state with { Halt = halt, HaltReason = reason, Suspected = null, SuspectedHalt = LossHalt.None } : state;
    }

    static (LossHalt Halt, string Reason) HaltOf(LossState state, TradingLimits limits)
    {
        if (state.DayLoss >= limits.DailyLossHard)
            return (LossHalt.Flatten, FormattableString.Invariant($"${state.DayLoss:0.00} were lost on {state.Day:yyyy-MM-dd}, the hard limit is ${limits.DailyLossHard:0.00}"));
        if (state.DrawdownNow >= limits.Drawdown)
            return (LossHalt.NoEntries, FormattableString.Invariant($"the account is {state.DrawdownNow * 100:0.##} % below its highest value, the limit is {limits.Drawdown * 100:0.##} %"));
        return (LossHalt.None, "");
    }

    static string? DoubtOf(LossEvent.Marked mark)
    {
        if (mark.Reckoned is not { } reckoned) return "the account's value cannot be checked against the positions: a quote is missing";
        if (mark.Equity <= 0 && reckoned > 0) return FormattableString.Invariant($"the broker shows an account of ${mark.Equity:0.00}, the books come to ${reckoned:0.00}");
        var apart = Math.Abs(mark.Equity - reckoned);
        return apart <= Math.Max(ToleratedDollars, Math.Abs(reckoned) * ToleratedFraction)
            ? null
            : FormattableString.Invariant($"the broker shows an account of ${mark.Equity:0.00}, the books come to ${reckoned:0.00}");
    }

    static DateOnly Later(DateOnly? one, DateOnly other) => one > other ? one.Value : other;
}
