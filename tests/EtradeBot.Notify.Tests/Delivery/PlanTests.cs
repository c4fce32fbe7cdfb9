using System.Globalization;

namespace EtradeBot.Notify.Delivery;

/// <summary>Grouping, gaps, quiet hours, repeats.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task A_storm_of_a_thousand_becomes_one_message()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Enumerable.Range(0, 1000).Select(i => Sample.Notice($"notice {i}", i % 10 == 0 ? NoticeEvents.StopMoved : NoticeEvents.OrderFilled)));
        await desk.PassAsync();
        for (var i = 0; i < 100; i++) await desk.PassAsync(1);
        var body = Assert.Single(desk.Bodies);
        Assert.Contains("\"title\":\"1000 messages: 900 order filled, 100 stop moved\"", body, StringComparison.Ordinal);
        Assert.Contains("and 960 more: etrade-bot notify outbox", body, StringComparison.Ordinal);
        Assert.Contains("03-11 12:00:00 Title of notice 0", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_few_are_told_whole()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Sample.Notice("fill 1"), Sample.Notice("fill 2"));
        await desk.PassAsync();
        await desk.PassAsync(5);
        var body = Assert.Single(desk.Bodies);
        Assert.Contains("2 messages: 2 order filled", body, StringComparison.Ordinal);
        Assert.Contains("Text of fill 2", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_two_messages_lies_the_gap()
    {
        await using var desk = await Desk.OpenAsync();
        for (var second = 0; second < 120; second++)
        {
            desk.Post(Sample.Notice($"fill {second}"));
            await desk.PassAsync(1);
        }
        Assert.Equal(4, desk.Bodies.Count);
    }

    [Fact]
    public async Task A_critical_one_goes_at_once_and_by_itself()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Sample.Notice("fill 1"), Sample.Critical("kill 1"));
        await desk.PassAsync();
        Assert.Contains("\"title\":\"Title of kill 1\"", Assert.Single(desk.Bodies), StringComparison.Ordinal);

        desk.Post(Enumerable.Range(0, 500).Select(i => Sample.Critical($"storm {i}")));
        for (var i = 0; i < 20; i++) await desk.PassAsync(1);
        Assert.Contains("500 messages: 500 kill", desk.Bodies[1], StringComparison.Ordinal);
        Assert.Equal(2, desk.Bodies.Count);
    }

    [Fact]
    public async Task Quiet_hours_hold_all_but_the_critical_until_they_end()
    {
        await using var desk = await Desk.OpenAsync(options => options with { Plan = new() { Quiet = new(new(12, 0), new(14, 0)), RepeatEvery = TimeSpan.Zero } });
        desk.Post(Sample.Notice("fill 1"), Sample.Critical("kill 1"));
        await desk.PassAsync();
        await desk.PassAsync(60);
        Assert.Contains("kill 1", Assert.Single(desk.Bodies), StringComparison.Ordinal);
        Assert.Equal((OutboxState.Held, Sample.Noon.AddHours(2)), (desk.Row("fill 1").State, desk.Row("fill 1").NextAttemptAt));

        desk.Clock.SetUtcNow(Sample.Noon.AddHours(2).AddSeconds(-1));
        await desk.PassAsync();
        Assert.Single(desk.Bodies);
        await desk.PassAsync(1);
        Assert.Contains("fill 1", desk.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_hours_that_are_taken_back_release_what_they_held()
    {
        await using var desk = await Desk.OpenAsync(options => options with { Plan = new() { Quiet = new(new(12, 0), new(14, 0)) } });
        desk.Post(Sample.Notice("fill 1"));
        await desk.PassAsync();
        await desk.PassAsync(10);
        Assert.Equal(OutboxState.Held, desk.Row("fill 1").State);
        desk.Notifier.Apply(new(), desk.Options.Channels);
        await desk.PassAsync();
        Assert.Equal(OutboxState.Sent, desk.Row("fill 1").State);
    }

    [Theory]
    [InlineData("2026-03-11T16:30Z", "12:00", "14:00", "2026-03-11T18:00Z")]
    [InlineData("2026-03-11T18:00Z", "12:00", "14:00", null)]
    [InlineData("2026-03-12T03:00Z", "22:00", "07:00", "2026-03-12T11:00Z")]
    [InlineData("2026-03-12T10:59Z", "22:00", "07:00", "2026-03-12T11:00Z")]
    [InlineData("2026-03-08T03:30Z", "22:00", "07:00", "2026-03-08T11:00Z")] // the night the clocks go forward
    [InlineData("2026-11-01T03:00Z", "22:00", "07:00", "2026-11-01T12:00Z")] // and back
    [InlineData("2026-03-08T16:30Z", "12:00", "14:00", "2026-03-08T18:00Z")] // noon of the day after that night
    [InlineData("2026-11-01T16:30Z", "12:00", "14:00", null)] // 11:30
    [InlineData("2026-03-11T16:30Z", "12:00", "12:00", null)]
    public void Quiet_hours_follow_the_clock_of_New_York(string now, string from, string to, string? end)
    {
        var quiet = new QuietHours(Time(from), Time(to));
        Assert.Equal(end is null ? null : Instant(end), quiet.EndAt(Instant(now)));
    }

    [Theory]
    [InlineData("2026-03-28T22:00Z", "2026-03-29T05:00Z")] // the clocks of Berlin go forward
    [InlineData("2026-07-01T21:30Z", "2026-07-02T05:00Z")]
    public void Or_of_another_place(string now, string end) =>
        Assert.Equal(Instant(end), new QuietHours(new(23, 0), new(7, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).EndAt(Instant(now)));

    [Fact]
    public async Task A_critical_one_is_repeated_ever_more_rarely_until_it_is_acknowledged_and_escalates()
    {
        await using var desk = await Desk.OpenAsync(options => options with
        {
            Channels = [options.Channels[0], options.Channels[0] with { Name = "second" }],
            Plan = new() { Channels = new Dictionary<string, ChannelPlan> { ["second"] = new() { Events = new HashSet<string>() } } },
        });
        desk.Post(Sample.Critical("kill 1"));
        var minutes = new List<(int Minute, int Messages)>();
        for (var minute = 0; minute < 240; minute++)
        {
            var before = desk.Bodies.Count;
            await desk.PassAsync();
            if (desk.Bodies.Count > before) minutes.Add((minute, desk.Bodies.Count - before));
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal([(0, 1), (5, 1), (15, 2), (35, 2), (75, 2), (135, 2), (195, 2)], minutes);
        Assert.Contains("Title of kill 1 (not acknowledged, told for the 2nd time)", desk.Bodies[1], StringComparison.Ordinal);

        Assert.True(desk.Notifier.Acknowledge(desk.Row("kill 1").NoticeId));
        Assert.False(desk.Notifier.Acknowledge(desk.Row("kill 1").NoticeId));
        var told = desk.Bodies.Count;
        for (var hour = 0; hour < 5; hour++) await desk.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(told, desk.Bodies.Count);
        Assert.Empty(desk.Notifier.Outbox(new() { OnlyUnacknowledged = true }));
    }

    [Fact]
    public async Task Repeats_do_not_pile_up_while_the_messenger_is_away()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Provider.Answer = LocalProvider.Saying(503, "down");
        desk.Post(Sample.Critical("kill 1"));
        for (var minute = 0; minute < 600; minute += 5) await desk.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Single(desk.Notifier.Outbox());
        Assert.Equal(1, desk.Notifier.AcknowledgeAll());
    }

    static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
