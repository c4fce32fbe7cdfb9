using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Simulator.Faults;

public sealed class FaultPlanTests
{
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 14, 0, 0, TimeSpan.Zero));
    readonly FaultPlan _plan;

    public FaultPlanTests() => _plan = new FaultPlan(_time, new SeededRandom(1));

    [Fact]
    public void A_fault_strikes_as_often_as_it_was_set_to_and_passes_over_the_first_occasions()
    {
        _plan.Add(new Fault("lost-answer") { Call = "place", Skip = 1, Times = 2 });
        Assert.Null(_plan.Strike("lost-answer", "cancel"));
        Assert.Null(_plan.Strike("lost-answer", "place"));
        Assert.NotNull(_plan.Strike("lost-answer", "place"));
        Assert.NotNull(_plan.Strike("lost-answer", "place"));
        Assert.Null(_plan.Strike("lost-answer", "place"));
        Assert.Empty(_plan.Set);
    }

    [Fact]
    public void A_fault_with_an_end_is_gone_when_its_time_is_over()
    {
        _plan.Add(new Fault("halt") { Symbol = "spy", Times = null, Seconds = 60 });
        Assert.NotNull(_plan.Strike("halt", symbol: "SPY"));
        Assert.Null(_plan.Strike("halt", symbol: "AAPL"));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(_plan.Strike("halt", symbol: "SPY"));
    }
}
