namespace EtradeBot.Execution.World;

public sealed class OneThreadTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>What programs in a virtual world may use.</summary>
    public static TheoryData<string> Kept => [.. Waits.Keys];

    static readonly Dictionary<string, Func<TimeProvider, Task>> Waits = new()
    {
        ["a delay"] = time => Task.Delay(Second, time),
        ["a delay that can be cancelled"] = async time =>
        {
            using var stop = new CancellationTokenSource(10 * Second, time);
            await Task.Delay(Second, time, stop.Token);
        },
        ["a delay that is given up"] = async time =>
        {
            using var stop = new CancellationTokenSource(Second, time);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(10 * Second, time, CancellationToken.None).WaitAsync(stop.Token));
        },
        ["a wait that is cancelled"] = async time =>
        {
            using var stop = new CancellationTokenSource(Second, time);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TaskCompletionSource().Task.WaitAsync(stop.Token));
        },
        ["a wait that is too long"] = async time => await Assert.ThrowsAnyAsync<TimeoutException>(() => new TaskCompletionSource().Task.WaitAsync(Second, time)),
        ["a periodic timer"] = async time =>
        {
            using var timer = new PeriodicTimer(Second, time);
            await timer.WaitForNextTickAsync();
            await timer.WaitForNextTickAsync();
        },
        ["the first of two"] = async time => await await Task.WhenAny(Task.Delay(Second, time), Task.Delay(2 * Second, time)),
        ["both of two"] = time => Task.WhenAll(Task.Delay(Second, time), Task.Delay(2 * Second, time)),
    };

    /// <summary>What .NET takes to the thread pool, and so has no place in a program that a virtual world is to run.</summary>
    public static TheoryData<string> Lost => [.. Hops.Keys];

    static readonly Dictionary<string, Func<TimeProvider, Task>> Hops = new()
    {
        ["work for the pool"] = _ => Task.Run(() => { }),
        ["a yield"] = async _ => await Task.Yield(),
        ["asynchronous continuations"] = async time =>
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var later = time.CreateTimer(_ => source.SetResult(), null, Second, Timeout.InfiniteTimeSpan);
            await source.Task;
        },
        ["a cancelled delay"] = async time =>
        {
            using var stop = new CancellationTokenSource(Second, time);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(10 * Second, time, stop.Token));
        },
        ["a semaphore that is waited for"] = async time =>
        {
            using var gate = new SemaphoreSlim(0);
            await using var opening = time.CreateTimer(_ => gate.Release(), null, Second, Timeout.InfiniteTimeSpan);
            await gate.WaitAsync();
        },
        ["a second wait for one task"] = async time =>
        {
            var delay = Task.Delay(Second, time);
            await Task.WhenAll(Await(delay), Await(delay));

            static async Task Await(Task task) => await task;
        },
        ["an asynchronous cancel"] = async time =>
        {
            using var stop = new CancellationTokenSource();
            var wait = Task.Delay(10 * Second, time, CancellationToken.None).WaitAsync(stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        },
    };

    [Theory, MemberData(nameof(Lost))]
    public void A_hop_is_found_and_told(string hop) => OneThread.Run(() =>
    {
        var world = new VirtualWorld(new Schedule(1));
        var found = Assert.Throws<ThreadHopException>(() => world.Run(async process =>
        {
            await Hops[hop](process.Clock);
            await Task.Delay(Second, process.Clock);
        }, TimeSpan.FromMinutes(1)));
        Assert.Contains("The last that happened before: process 1 begins", found.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_hop_that_touches_nothing_is_found_as_well() => OneThread.Run(() =>
    {
        var world = new VirtualWorld(new Schedule(1));
        using var done = new ManualResetEventSlim();
        Assert.Throws<ThreadHopException>(() => world.Run(_ =>
        {
            ThreadPool.QueueUserWorkItem(_ => done.Set());
            done.Wait();
            return Task.CompletedTask;
        }, TimeSpan.FromMinutes(1)));
    });

    [Theory, MemberData(nameof(Kept))]
    public void Stays_on_its_thread(string wait) => OneThread.Run(() =>
    {
        var world = new VirtualWorld(new Schedule(1));
        var run = world.Run(async process =>
        {
            await Waits[wait](process.Clock);
            await Task.Delay(Second, process.Clock);
        }, TimeSpan.FromMinutes(1));
        Assert.Equal((Ending.Finished, null), (run.Ending, run.Problem));
    });
}
