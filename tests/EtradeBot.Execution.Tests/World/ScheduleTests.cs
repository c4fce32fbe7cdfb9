using EtradeBot.Simulator.Faults;

namespace EtradeBot.Execution.World;

public sealed class ScheduleTests
{
    static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    [Fact]
    public void A_schedule_reads_as_it_is_written()
    {
        for (var seed = 0ul; seed < 5_000; seed++)
        {
            var schedule = ScheduleDraw.Draw(seed, Length);
            var read = Schedule.Parse(schedule.ToString());
            Assert.Equal(schedule.ToString(), read.ToString());
            Assert.Equal(schedule.Faults, read.Faults);
            Assert.Equal((schedule.Seed, schedule.Start, schedule.VisibleAfter, schedule.IsCalm), (read.Seed, read.Start, read.VisibleAfter, read.IsCalm));
        }
    }

    [Theory]
    [InlineData("seed 1 lost-anser@place#1", "there is no fault 'lost-anser'")]
    [InlineData("seed 1 crash@point", "is no fault of a schedule")]
    [InlineData("seed", "ends after 'seed'")]
    [InlineData("seed 1 visble 3", "'visble'")]
    public void What_is_no_schedule_is_refused(string line, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => Schedule.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Schedules_have_one_to_eight_faults_most_of_them_two_and_leave_no_kind_out()
    {
        var counts = new int[9];
        var kinds = new HashSet<string>();
        for (var seed = 0ul; seed < 5_000; seed++)
        {
            var faults = ScheduleDraw.Draw(seed, Length).Faults;
            counts[faults.Count]++;
            kinds.UnionWith(faults.Select(fault => fault.Kind));
        }
        Assert.Equal(0, counts[0]);
        Assert.All(Enumerable.Range(1, 8), count => Assert.True(counts[count] > 50));
        Assert.Equal(counts.Max(), counts[2]);
        Assert.Equal(FaultTable.All.Select(kind => kind.Name).Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_fault_that_the_broker_is_to_commit_is_in_its_catalogue_and_none_of_the_catalogue_is_left_out()
    {
        var brokers = FaultTable.All.Where(kind => kind.Maker == FaultMaker.Broker).Select(kind => kind.Name).ToHashSet();
        // A connection that is refused comes from the wire here.
        Assert.Equal(FaultCatalog.All.Select(info => info.Name).Where(name => name != "refuse-connection").Order(StringComparer.Ordinal), brokers.Order(StringComparer.Ordinal));
        Assert.All(FaultTable.All.SelectMany(kind => kind.Maker == FaultMaker.Broker ? kind.At.Where(at => at != PlannedFault.Time) : []), call => Assert.Contains(call, FaultCatalog.Calls));
    }

    [Fact]
    public void Every_class_that_a_world_can_have_is_in_the_table()
    {
        var there = FaultTable.All.SelectMany(kind => kind.Classes.Split(' ')).ToHashSet();
        var missing = Enumerable.Range(1, 46).Select(number => $"F{number}").Where(name => !there.Contains(name));
        // One thread cannot starve, and a world has one version of the program.
        Assert.Equal(["F44", "F45"], missing);
        Assert.All(FaultTable.Pairs, pair => Assert.True(FaultTable.Find(pair.First) is not null && FaultTable.Find(pair.Second) is not null, $"{pair}"));
    }

    [Fact]
    public void A_schedule_shrinks_to_what_makes_the_trouble()
    {
        var schedule = Schedule.Parse("seed 9 start 2026-03-07T04:50:00Z visible 33.3 halt@time#3.5~60 lost-answer@place#5x3 spike@quote#2=1.5 slow@orders#9=12.25x2 outage@time#70.125~600 kill-token@cancel#1");
        var tries = 0;
        var small = ScheduleShrinker.Shrink(schedule, candidate =>
        {
            tries++;
            return candidate.Faults.Any(fault => fault.Kind == "lost-answer" && fault.Number >= 2) && candidate.Faults.Any(fault => fault is { Kind: "outage", Seconds: > 100 });
        });
        Assert.Equal("seed 9 calm lost-answer@place#2 outage@time#70~150", small.ToString());
        Assert.True(tries < 100, $"{tries}");
    }
}
