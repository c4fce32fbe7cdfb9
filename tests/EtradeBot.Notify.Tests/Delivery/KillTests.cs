using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EtradeBot.Notify.Delivery;

/// <summary>A real program is ended by <c>kill -9</c> a hundred times: before the receiver answers, right after, a moment later, and once the answer is on disk.</summary>
public sealed class KillTests
{
    const int Kills = 100;
    const int NoticesEach = 2;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="Notices">Their numbers.</param>
    /// <param name="IsMarked">The message said that it may be a second copy.</param>
    /// <param name="Life">Which life of the program sent it.</param>
    sealed record Arrival(IReadOnlyList<string> Notices, bool IsMarked, int Life);

    [Fact]
    public async Task Nothing_is_lost_and_only_what_was_in_flight_comes_twice_and_is_marked()
    {
        var halves = await Task.WhenAll(LiveAsync(0, Kills / 2), LiveAsync(1, Kills / 2));
        Assert.All(halves, half => Assert.Equal(Kills / 2, half));
    }

    /// <returns>How often the program was killed.</returns>
    static async Task<int> LiveAsync(int lane, int lives)
    {
        using var folder = new Scratch();
        var arrivals = new ConcurrentQueue<Arrival>();
        var life = 0;
        var arrived = new TaskCompletionSource();
        await using var receiver = await LocalProvider.StartAsync(async (request, context) =>
        {
            var now = Volatile.Read(ref life);
            arrivals.Enqueue(Read(request, now));
            if (now < lives) await MeetAsync(Moment(now + lane), context, arrived);
        });
        using var onlooker = Victim.Notifier(folder.Path, receiver.Url, receiver.Http);
        var killed = 0;
        for (; life < lives; Volatile.Write(ref life, life + 1))
        {
            arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using var victim = Start(folder.Path, receiver.Url, life * NoticesEach);
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
            if (Moment(life + lane) == KillAt.MillisecondsLater) await Task.Delay(life % 25 * 5, Stop);
            while (Moment(life + lane) == KillAt.OnceRecorded && onlooker.Outbox(new() { State = OutboxState.Sending }).Count > 0) await Task.Delay(10, Stop);
            victim.Kill(); // SIGKILL: nothing of it runs any more
            await victim.WaitForExitAsync(Stop);
            Assert.NotEqual(0, victim.ExitCode);
            killed++;
        }
        await onlooker.PassAsync(Stop);
        Judge([.. arrivals], onlooker.Outbox(new() { Limit = 10_000 }), lives);
        return killed;
    }

    enum KillAt
    {
        BeforeTheAnswer,
        AfterTheAnswer,
        MillisecondsLater,
        OnceRecorded,
    }

    static KillAt Moment(int life) => (KillAt)(life % 4);

    static Arrival Read(Received request, int life)
    {
        var json = JsonDocument.Parse(request.Body).RootElement;
        return new([.. json.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!)], json.GetProperty("maybeSentTwice").GetBoolean(), life);
    }

    static async Task MeetAsync(KillAt moment, HttpContext context, TaskCompletionSource arrived)
    {
        if (moment == KillAt.BeforeTheAnswer)
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }
        await context.Response.WriteAsync("ok", Stop);
        await context.Response.CompleteAsync();
        arrived.TrySetResult();
    }

    static void Judge(IReadOnlyList<Arrival> arrivals, IReadOnlyList<OutboxRow> rows, int lives)
    {
        Assert.Equal(lives * NoticesEach, rows.Count);
        Assert.All(rows, row => Assert.True(row.State is OutboxState.Sent or OutboxState.Grouped, $"{row.Key} is {row.State}"));
        var lastOfLife = arrivals.GroupBy(arrival => arrival.Life).Select(group => group.Last()).ToHashSet();
        foreach (var row in rows)
        {
            var mine = arrivals.Where(arrival => arrival.Notices.Contains(row.Key)).ToList();
            Assert.NotEmpty(mine);
            if (mine.Count == 1) continue;
            Assert.True(row.MaybeSentTwice, $"{row.Key} came {mine.Count} times without a mark in the outbox");
            Assert.All(mine.Skip(1), again => Assert.True(again.IsMarked, $"{row.Key} came again without a mark"));
            Assert.All(mine.SkipLast(1), before => Assert.True(lastOfLife.Contains(before), $"{row.Key} came twice although it was not in flight"));
        }
        Assert.Contains(rows, row => row.MaybeSentTwice);
        Assert.Contains(rows, row => !row.MaybeSentTwice);
    }

    static Process Start(string folder, Uri receiver, int from)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["victim", folder, receiver.ToString(), $"{from}", $"{NoticesEach}"]);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return Process.Start(start)!;
    }
}
