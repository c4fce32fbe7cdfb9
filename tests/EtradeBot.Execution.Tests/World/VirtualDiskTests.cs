using System.Text;

namespace EtradeBot.Execution.World;

public sealed class VirtualDiskTests
{
    [Fact]
    public void Of_what_was_in_flight_a_crash_leaves_a_beginning_and_of_what_was_flushed_all() => OneThread.Run(() =>
    {
        var left = new HashSet<string>();
        for (var seed = 0ul; seed < 60; seed++)
        {
            // Points: nothing written, written, flushed, of each of two appends.
            var world = new VirtualWorld(Schedule.Parse($"seed {seed} calm crash@point#5"));
            Assert.Equal(Ending.Died, world.Run(Two, TimeSpan.FromMinutes(1)).Ending);
            left.Add(Text(world));
        }
        Assert.Equal(["one;", "one;t", "one;tw", "one;two", "one;two;"], left.Order(StringComparer.Ordinal));
    });

    [Theory]
    [InlineData("crash@point#1", "")]
    [InlineData("crash@point#3", "one;")]
    [InlineData("crash@point#4", "one;")]
    [InlineData("crash@point#6", "one;two;")]
    public void A_crash_before_or_after_an_append_leaves_whole_ones(string fault, string left) => OneThread.Run(() =>
    {
        var world = new VirtualWorld(Schedule.Parse($"seed 1 calm {fault}"));
        world.Run(Two, TimeSpan.FromMinutes(1));
        Assert.Equal(left, Text(world));
    });

    [Theory]
    [InlineData("disk-full@write#2=0", "No space left on device", "one;")]
    [InlineData("disk-full@write#2=0.5", "No space left on device", "one;tw")]
    [InlineData("disk-read-only@write#2", "Read-only file system", "one;")]
    [InlineData("flush-error@write#2", "Input/output error", "one;two;")]
    public void A_disk_that_fails_says_why(string fault, string why, string seen) => OneThread.Run(() =>
    {
        var world = new VirtualWorld(Schedule.Parse($"seed 1 calm {fault}"));
        var run = world.Run(Two, TimeSpan.FromMinutes(1));
        Assert.Equal(Ending.Failed, run.Ending);
        Assert.Contains(why, Assert.IsType<IOException>(run.Problem).Message, StringComparison.Ordinal);
        Assert.Equal(seen, Text(world));
    });

    [Fact]
    public void What_a_flush_has_failed_for_is_not_saved_by_a_later_one()
    {
        var lost = 0;
        for (var seed = 0ul; seed < 40; seed++)
        {
            var disk = new VirtualDisk();
            disk.Add("a", "one;"u8);
            disk.Flush("a");
            disk.Add("a", "two;"u8);
            disk.Add("a", "three;"u8);
            disk.Flush("a");
            disk.Settle(new Dice(seed));
            var text = Encoding.ASCII.GetString(disk.Read("a")!);
            Assert.StartsWith("one;", text, StringComparison.Ordinal);
            Assert.EndsWith("three;", text, StringComparison.Ordinal);
            Assert.Equal(14, text.Length);
            if (text.Contains('\0', StringComparison.Ordinal)) lost++;
        }
        Assert.InRange(lost, 20, 39);
    }

    [Fact]
    public void A_replaced_file_is_the_old_one_or_the_new_one() => OneThread.Run(() =>
    {
        foreach (var (fault, left) in new[] { ("crash@point#4", "old"), ("crash@point#5", "old"), ("crash@point#6", "new") })
        {
            var world = new VirtualWorld(Schedule.Parse($"seed 1 calm {fault}"));
            world.Run(process =>
            {
                process.Disk.Replace("journal", "old"u8);
                process.Disk.Replace("journal", "new"u8);
                return Task.CompletedTask;
            }, TimeSpan.FromMinutes(1));
            Assert.Equal(left, Text(world));
        }
    });

    [Theory]
    [InlineData("corrupt-tail@boot#2")]
    [InlineData("corrupt-middle@boot#2")]
    public void A_damaged_file_is_found_by_the_next_life(string fault) => OneThread.Run(() =>
    {
        var world = new VirtualWorld(Schedule.Parse($"seed 1 calm {fault}"));
        world.Run(Two, TimeSpan.FromMinutes(1));
        string? found = null;
        world.Run(process =>
        {
            found = Encoding.Latin1.GetString(process.Disk.Read("journal")!);
            return Task.CompletedTask;
        }, TimeSpan.FromMinutes(1));
        Assert.NotEqual("one;two;", found);
    });

    [Fact]
    public void The_dead_write_no_more() => OneThread.Run(() =>
    {
        var world = new VirtualWorld(Schedule.Parse("seed 1 calm crash@point#1"));
        world.Run(process =>
        {
            for (var i = 0; i < 5; i++)
            {
                try
                {
                    process.Disk.Append("journal", "zombie"u8);
                }
                catch (Exception problem)
                {
                    Assert.IsType<ProcessDiedException>(problem);
                }
            }
            return Task.CompletedTask;
        }, TimeSpan.FromMinutes(1));
        Assert.Equal("", Text(world));
    });

    static Task Two(VirtualProcess process)
    {
        process.Disk.Append("journal", "one;"u8);
        process.Disk.Append("journal", "two;"u8);
        return Task.CompletedTask;
    }

    /// <summary>As the next life finds it.</summary>
    static string Text(VirtualWorld world)
    {
        var text = "";
        world.Run(process =>
        {
            text = Encoding.ASCII.GetString(process.Disk.Read("journal") ?? []);
            return Task.CompletedTask;
        }, TimeSpan.FromMinutes(1));
        return text;
    }
}
