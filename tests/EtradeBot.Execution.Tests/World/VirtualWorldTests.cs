using System.Diagnostics;

namespace EtradeBot.Execution.World;

public sealed class VirtualWorldTests(ITestOutputHelper output)
{
    static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_small_program_lives_in_it() => OneThread.Run(() =>
    {
        var world = new VirtualWorld(new Schedule(1));
        Assert.Equal(Ending.Finished, world.Run(new SmallProgram(world, 4).RunAsync, Length).Ending);
        Assert.Equal(["P1R0", "P1R1", "P1R2", "P1R3"], world.Ledger.Account(world.Ledger.Keys[0]).Orders.Select(order => order.ClientOrderId));
    });

    [Fact]
    public void The_same_schedule_gives_the_same_bytes() => OneThread.Run(() =>
    {
        var watch = Stopwatch.StartNew();
        var calls = 0;
        var fired = new SortedDictionary<string, int>();
        for (var seed = 1ul; seed <= 100; seed++)
        {
            var schedule = ScheduleDraw.Draw(seed, Length);
            var first = Lived(schedule);
            var again = Lived(Schedule.Parse(schedule.ToString()));
            if (first.Fingerprint() != again.Fingerprint()) Assert.Equal(first.Trace.ToString(), again.Trace.ToString());
            Assert.Equal(first.Fingerprint(), again.Fingerprint());
            calls += first.Calls;
            foreach (var (kind, count) in first.Mischief.Fired) fired[kind] = fired.GetValueOrDefault(kind) + count;
        }
        output.WriteLine($"200 runs, {calls} calls in the first of each, {watch.Elapsed.TotalSeconds:0.0} s: {200 / watch.Elapsed.TotalSeconds:0.0} runs a second");
        output.WriteLine(string.Join(' ', fired.Select(pair => $"{pair.Key} {pair.Value}")));
    });

    [Fact]
    public void A_program_can_die_at_every_point_and_each_time_the_next_life_goes_on_from_the_disk() => OneThread.Run(() =>
    {
        var whole = new VirtualWorld(new Schedule(3));
        whole.Run(new SmallProgram(whole, 2).RunAsync, Length);
        var (lost, doubled) = (0, 0);
        for (var point = 1; point <= whole.Points; point++)
        {
            var world = new VirtualWorld(Schedule.Parse($"seed 3 crash@point#{point}"));
            var program = new SmallProgram(world, 2);
            Assert.Equal(Ending.Died, world.Run(program.RunAsync, Length).Ending);
            Assert.Equal(point, world.Points);
            Assert.Equal(Ending.Finished, world.Run(program.RunAsync, Length).Ending);
            var rounds = world.Ledger.Account(world.Ledger.Keys[0]).Orders.Select(order => order.ClientOrderId[^1]).ToList();
            doubled += rounds.Count - rounds.Distinct().Count();
            lost += 2 - rounds.Distinct().Count();
        }
        // The small program writes down what it sends before it sends it, and asks nobody afterwards: it never doubles an order and loses some.
        Assert.Equal(0, doubled);
        Assert.InRange(lost, 1, whole.Points / 4);
        output.WriteLine($"{whole.Points} points, {lost} orders lost");
    });

    [Theory]
    [InlineData("lost-answer@place#1", true)]
    [InlineData("lost-request@place#1", false)]
    [InlineData("outage@time#0~100", false)]
    public void An_answer_that_never_comes_ends_in_a_timeout_of_virtual_time(string fault, bool isThere) => OneThread.Run(() =>
    {
        var world = new VirtualWorld(Schedule.Parse($"seed 1 {fault}"));
        world.Run(new SmallProgram(world, 1).RunAsync, Length);
        Assert.Equal(isThere, world.Ledger.Account(world.Ledger.Keys[0]).Orders.Count > 0);
        Assert.True(world.Clock.Passed >= TimeSpan.FromSeconds(15), $"{world.Clock.Passed}");
    });

    [Fact]
    public void A_request_under_way_when_the_program_dies_arrives_or_not_as_the_seed_has_it() => OneThread.Run(() =>
    {
        var arrived = 0;
        for (var seed = 1ul; seed <= 40; seed++)
        {
            var world = new VirtualWorld(Schedule.Parse($"seed {seed} crash@place#1"));
            Assert.Equal(Ending.Died, world.Run(new SmallProgram(world, 1).RunAsync, Length).Ending);
            arrived += world.Ledger.Account(world.Ledger.Keys[0]).Orders.Count;
        }
        Assert.InRange(arrived, 10, 30);
    });

    [Fact]
    public void A_program_that_waits_for_nothing_is_told_from_one_that_takes_long() => OneThread.Run(() =>
    {
        var world = new VirtualWorld(new Schedule(1));
        Assert.Equal(Ending.DeadEnd, world.Run(_ => new TaskCompletionSource().Task, Length).Ending);
        Assert.Equal(Ending.OutOfTime, world.Run(process => Task.Delay(2 * Length, process.Clock), Length).Ending);
    });

    [Fact]
    public void A_machine_that_slept_finds_the_day_gone_on_and_its_timers_where_they_were() => OneThread.Run(() =>
    {
        var world = new VirtualWorld(Schedule.Parse("seed 1 sleep@time#10=3600 clock-jump@time#3605=-600"));
        var seen = (Wall: TimeSpan.Zero, Monotonic: TimeSpan.Zero);
        world.Run(async process =>
        {
            var (at, mark) = (process.Clock.GetUtcNow(), process.Clock.GetTimestamp());
            await Task.Delay(TimeSpan.FromSeconds(20), process.Clock);
            seen = (process.Clock.GetUtcNow() - at, process.Clock.GetElapsedTime(mark));
        }, TimeSpan.FromHours(2));
        // An hour slept, ten minutes put back, twenty seconds waited.
        Assert.Equal((TimeSpan.FromSeconds(3020), TimeSpan.FromSeconds(20)), seen);
    });

    /// <summary>Lives until it finished, or until its time is up.</summary>
    static VirtualWorld Lived(Schedule schedule)
    {
        var world = new VirtualWorld(schedule);
        var program = new SmallProgram(world, 18);
        for (var life = 1; life <= 10; life++)
        {
            var run = world.Run(program.RunAsync, Length);
            if (run.Ending is Ending.Finished or Ending.OutOfTime) break;
        }
        return world;
    }
}
