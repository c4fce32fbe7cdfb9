using CsCheck;
using EtradeBot.Market;
using static EtradeBot.Execution.Limits.Gates.TestDesk;

namespace EtradeBot.Execution.Limits.Losses;

public class LossWatchTests
{
    static readonly TradingLimits Limits = TradingLimits.Safe;

    [Theory]
    [InlineData(49_500.01, false)]
    [InlineData(49_500, true)]
    public void The_soft_loss_holds_entries_back_until_the_next_session_opens(double equity, bool isStopped)
    {
        var state = Marks(LossState.Empty, (0, 50_000), (1, (decimal)equity), (2, 50_000));
        Assert.Equal(isStopped, state.IsSoftStopped(Now));
        Assert.Equal(isStopped, state.IsSoftStopped(At(23, 59)));
        var open = MarketCalendar.Nyse.SessionOn(Today.AddDays(1))!.Value.Open;
        Assert.Equal(isStopped, state.IsSoftStopped(open.AddTicks(-1)));
        Assert.False(state.IsSoftStopped(open));
        Assert.Equal(LossHalt.None, state.Halt);
    }

    [Fact]
    public void The_soft_loss_of_a_Friday_lasts_over_the_weekend()
    {
        var friday = At(10, 0).AddDays(-3);
        var state = Fold(LossState.Empty, new LossEvent.Marked(friday, 50_000, 50_000), new LossEvent.Marked(friday.AddMinutes(1), 49_000.01m, 49_000));
        Assert.True(state.IsSoftStopped(friday.AddDays(2)));
        Assert.True(state.IsSoftStopped(At(9, 29)));
        Assert.False(state.IsSoftStopped(At(9, 30)));
    }

    [Theory]
    [InlineData(49_000.01, LossHalt.None)]
    [InlineData(49_000, LossHalt.Flatten)]
    public void The_hard_loss_flattens_once_a_second_mark_confirms_it(double equity, LossHalt halt)
    {
        var once = Marks(LossState.Empty, (0, 50_000), (1, (decimal)equity));
        Assert.False(once.MustFlatten);
        Assert.Equal(halt, Marks(once, (2, (decimal)equity)).Halt);
        Assert.Equal(LossHalt.None, Marks(once, (1, (decimal)equity)).Halt); // the same answer again
        Assert.Equal(LossHalt.None, Marks(once, (2, 49_900), (3, 49_900)).Halt);
    }

    [Fact]
    public void A_halt_outlives_gains_days_and_lost_marks_until_a_person_clears_it()
    {
        var state = Marks(LossState.Empty, (0, 50_000), (1, 48_000), (2, 48_000));
        state = Marks(state, (3, 60_000), (60 * 24 * 10, 70_000));
        Assert.True(state.MustFlatten);
        Assert.Contains("$2000.00 were lost", state.HaltReason, StringComparison.Ordinal);
        state = Fold(state, new LossEvent.Cleared("Ann", Now));
        Assert.Equal((LossHalt.None, (decimal?)null), (state.Halt, state.DayLoss));
        Assert.Equal(0, Marks(state, (60 * 24 * 10 + 1, 48_000)).DayLoss);
    }

    [Theory]
    [InlineData(45_001, LossHalt.None)]
    [InlineData(45_000, LossHalt.NoEntries)]
    public void The_drawdown_counts_from_the_highest_value_over_all_days(double equity, LossHalt halt)
    {
        // A loss of $400 a day stays below both daily limits.
        var (state, value, day) = (LossState.Empty, 50_000m, 0);
        while (value - 400 > (decimal)equity) state = Marks(state, (60 * 24 * day++, value -= 400));
        state = Marks(state, (60 * 24 * day, (decimal)equity), (60 * 24 * day + 1, (decimal)equity));
        state = state with { Peak = 50_000 };
        state = Marks(state, (60 * 24 * day + 2, (decimal)equity), (60 * 24 * day + 3, (decimal)equity));
        Assert.Equal(halt, state.Halt);
        Assert.False(state.MustFlatten);
    }

    [Fact]
    public void A_drawdown_that_becomes_a_hard_loss_is_confirmed_anew()
    {
        var limits = Limits with { Drawdown = 0.01m };
        var state = Fold(limits, LossState.Empty, Mark(0, 50_000), Mark(1, 49_500), Mark(2, 48_000));
        Assert.Equal(LossHalt.None, state.Halt);
        Assert.Equal(LossHalt.Flatten, Fold(limits, state, Mark(3, 48_000)).Halt);
        Assert.Equal(LossHalt.Flatten, Fold(limits, LossState.Empty, Mark(0, 50_000), Mark(1, 49_500), Mark(2, 49_500), Mark(3, 48_000), Mark(4, 48_000)).Halt);
    }

    [Theory]
    [InlineData(0, 50_000.0)]
    [InlineData(-1, 50_000.0)]
    [InlineData(48_999.99, 50_000.0)] // beyond 2 %
    [InlineData(51_000.01, 50_000.0)]
    [InlineData(50_000, null)]
    public void A_value_that_the_books_do_not_come_to_changes_nothing_but_the_doubt(double equity, double? reckoned)
    {
        var before = Marks(LossState.Empty, (0, 50_000), (1, 49_000));
        var after = before;
        for (var minute = 2; minute < 10; minute++) after = Fold(after, new LossEvent.Marked(Now.AddMinutes(minute), (decimal)equity, (decimal?)reckoned));
        Assert.NotEmpty(after.Doubt);
        Assert.Equal(before, after with { Doubt = "" });
    }

    [Theory]
    [InlineData(49_000, 50_000)]
    [InlineData(51_000, 50_000)]
    [InlineData(950, 1_000)] // $50 is tolerated in a small account
    public void Quotes_move_between_two_questions(double equity, double reckoned) =>
        Assert.Equal((decimal)equity, Fold(LossState.Empty, new LossEvent.Marked(Now, (decimal)equity, (decimal)reckoned)).Equity);

    [Fact]
    public void The_day_starts_with_the_last_value_of_the_day_before()
    {
        var state = Marks(LossState.Empty, (0, 50_000), (60, 50_400), (60 * 24, 50_000));
        Assert.Equal(400, state.DayLoss);
        Assert.Equal(Today.AddDays(1), state.Day);
    }

    [Fact]
    public void A_clock_that_jumps_back_starts_no_new_day_and_forgives_nothing()
    {
        var state = Marks(LossState.Empty, (60 * 24, 50_000), (60 * 24 + 1, 49_500), (0, 49_500));
        Assert.Equal((Today.AddDays(1), 500m), (state.Day!.Value, state.DayLoss!.Value));
        Assert.Equal(Now.AddMinutes(60 * 24 + 1), state.MarkedAt);
    }

    [Fact]
    public void Money_paid_out_is_no_loss()
    {
        var state = Marks(Fold(Marks(LossState.Empty, (0, 50_000)), new LossEvent.Transferred(-20_000)), (1, 30_000), (2, 30_000));
        Assert.Equal((0m, 0m, LossHalt.None), (state.DayLoss!.Value, state.DrawdownNow!.Value, state.Halt));
    }

    [Fact]
    public void Whatever_is_marked_a_halt_never_loosens_by_itself() =>
        Gen.Select(Gen.Int[0, 5_000], Gen.Int[-5_000, 60_000], Gen.Int[-3_000, 3_000]).Array[1, 40].Sample(marks =>
        {
            var state = LossState.Empty;
            foreach (var (minute, equity, off) in marks)
            {
                var next = Fold(state, new LossEvent.Marked(Now.AddMinutes(minute), equity, equity + off));
                Assert.True(next.Halt >= state.Halt && !(next.SoftDay < state.SoftDay) && !(next.Day < state.Day));
                // One mark alone halts nothing.
                if (next.Halt > state.Halt) Assert.True(state.Suspected < Now.AddMinutes(minute));
                state = next;
            }
        }, iter: 5_000);

    static LossEvent.Marked Mark(int minute, decimal equity) => new(Now.AddMinutes(minute), equity, equity);

    static LossState Marks(LossState state, params (int Minute, decimal Equity)[] marks) => Fold(state, [.. marks.Select(mark => Mark(mark.Minute, mark.Equity))]);

    static LossState Fold(LossState state, params LossEvent[] events) => Fold(Limits, state, events);

    static LossState Fold(TradingLimits limits, LossState state, params LossEvent[] events) => events.Aggregate(state, (now, what) => LossWatch.Next(now, what, limits));
}
