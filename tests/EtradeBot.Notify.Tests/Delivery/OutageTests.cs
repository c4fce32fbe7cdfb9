using System.Diagnostics;

namespace EtradeBot.Notify.Delivery;

/// <summary>A provider that fails, is slow, or is away for long.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Retry_After_is_respected()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Provider.Answer = LocalProvider.Saying(429, "slow down", ("Retry-After", "120"));
        desk.Post(Sample.Critical("kill 1"));
        await desk.PassAsync();
        await desk.PassAsync(119);
        Assert.Single(desk.Bodies);
        Assert.Equal((OutboxState.Failed, "429 slow down", Sample.Noon.AddSeconds(120)), (desk.Row("kill 1").State, desk.Row("kill 1").Answer, desk.Row("kill 1").NextAttemptAt));
        desk.Provider.Answer = LocalProvider.Saying(200, "ok");
        await desk.PassAsync(1);
        Assert.Equal((2, OutboxState.Sent, false), (desk.Bodies.Count, desk.Row("kill 1").State, desk.Row("kill 1").MaybeSentTwice));
    }

    [Fact]
    public async Task Tries_become_rarer_up_to_a_quarter_of_an_hour()
    {
        await using var desk = await Desk.OpenAsync(options => options with { Plan = new() { RepeatEvery = TimeSpan.Zero } });
        desk.Provider.Answer = LocalProvider.Saying(500, "down");
        desk.Post(Sample.Critical("kill 1"));
        var tries = new List<DateTimeOffset>();
        for (var second = 0; second < 3 * 3600; second += 2)
        {
            var before = desk.Provider.Requests.Count;
            await desk.PassAsync(2);
            if (desk.Provider.Requests.Count > before) tries.Add(desk.Clock.GetUtcNow());
        }
        var waits = tries.Zip(tries.Skip(1), (first, second) => (second - first).TotalSeconds).ToList();
        for (var i = 0; i < waits.Count; i++)
        {
            var usual = Math.Min(5 * Math.Pow(2, i), 900);
            Assert.InRange(waits[i], usual * 0.8, usual * 1.2 + 2);
        }
        Assert.InRange(waits.Count, 15, 22);
    }

    [Fact]
    public async Task A_provider_that_says_nothing_is_tried_again_with_the_mark()
    {
        await using var desk = await Desk.OpenAsync();
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        desk.Provider.Answer = async (_, context) =>
        {
            asked.SetResult();
            await never.Task.WaitAsync(context.RequestAborted);
        };
        desk.Post(Sample.Critical("kill 1"));
        var pass = desk.PassAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(OutboxState.Sending, desk.Row("kill 1").State);
        desk.Clock.Advance(TimeSpan.FromSeconds(30));
        await pass;
        Assert.Equal((OutboxState.Failed, "no answer within 30 seconds", true), (desk.Row("kill 1").State, desk.Row("kill 1").Answer, desk.Row("kill 1").MaybeSentTwice));

        desk.Provider.Answer = LocalProvider.Saying(200, "ok");
        await desk.PassAsync(10);
        Assert.Contains("\"maybeSentTwice\":true", desk.Bodies[1], StringComparison.Ordinal);
        Assert.Contains("This may be a second copy", desk.Bodies[1], StringComparison.Ordinal);
        Assert.True(desk.Row("kill 1").MaybeSentTwice);
    }

    [Fact]
    public async Task After_a_day_without_the_messenger_everything_arrives_grouped_and_posting_never_waited()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Provider.Answer = LocalProvider.Saying(503, "down");
        var waits = new List<long>();
        for (var minute = 0; minute < 24 * 60; minute += 3)
        {
            var before = Stopwatch.GetTimestamp();
            desk.Post(Sample.Notice($"fill {minute}"));
            waits.Add(Stopwatch.GetTimestamp() - before);
            await desk.PassAsync(TimeSpan.FromMinutes(3));
        }
        var tried = desk.Provider.Requests.Count;
        Assert.InRange(tried, 60, 150);

        desk.Provider.Answer = LocalProvider.Saying(200, "ok");
        for (var i = 0; i < 10; i++) await desk.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Contains("\"title\":\"480 messages: 480 order filled\"", Assert.Single(desk.Bodies.Skip(tried)), StringComparison.Ordinal);
        var states = desk.Notifier.Outbox(new() { Limit = 1000 }).CountBy(row => row.State).ToDictionary();
        Assert.Equal((1, 479, 2), (states[OutboxState.Sent], states[OutboxState.Grouped], states.Count));
        waits.Sort();
        Assert.InRange(waits[waits.Count / 2] * 1e3 / Stopwatch.Frequency, 0, 0.5);
    }

    [Fact]
    public async Task Posting_returns_while_the_provider_hangs()
    {
        await using var desk = await Desk.OpenAsync();
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        desk.Provider.Answer = async (_, context) =>
        {
            asked.TrySetResult();
            await never.Task.WaitAsync(context.RequestAborted);
        };
        desk.Post(Sample.Critical("kill 1"));
        var pass = desk.PassAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        for (var i = 0; i < 5000; i++) desk.Post(Sample.Notice($"fill {i}"));
        Assert.Equal(5000, desk.Notifier.Health.InMemory);
        Assert.False(pass.IsCompleted);
        desk.Clock.Advance(TimeSpan.FromSeconds(30));
        await pass;
    }

    [Fact]
    public async Task What_could_not_be_sent_for_days_is_given_up_and_said_so()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Provider.Answer = LocalProvider.Saying(503, "down");
        desk.Post(Sample.Notice("fill 1"));
        for (var hour = 0; hour < 75; hour++) await desk.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal((OutboxState.GaveUp, "503 down; could not be sent for too long"), (desk.Row("fill 1").State, desk.Row("fill 1").Answer));
    }
}
