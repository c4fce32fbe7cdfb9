using EtradeBot.Market;

namespace EtradeBot.Notify.Delivery;

public sealed class NotifierTests
{
    static readonly string[] AllRoutes = ["all", "critical", "fills", "off"];

    [Fact]
    public async Task A_notice_is_sent_once_and_its_answer_kept()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Sample.Notice("fill 1"));
        await desk.PassAsync();
        Assert.Empty(desk.Bodies);
        for (var i = 0; i < 10; i++) await desk.PassAsync(5);
        Assert.Contains("Title of fill 1", Assert.Single(desk.Bodies), StringComparison.Ordinal);
        var row = desk.Row("fill 1");
        Assert.Equal((OutboxState.Sent, 1, "200 ok", false), (row.State, row.Attempts, row.Answer, row.MaybeSentTwice));
        Assert.Equal(Sample.Noon.AddSeconds(5), row.SentAt);
    }

    [Fact]
    public async Task A_key_is_told_once_even_after_a_restart()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Sample.Notice("fill 1"), Sample.Notice("fill 1"));
        await desk.PassAsync();
        await desk.PassAsync(5);
        desk.Notifier.Dispose();
        await using var next = desk.Beside();
        next.Post(Sample.Notice("fill 1"));
        await next.PassAsync();
        await next.PassAsync(60);
        Assert.Single(desk.Bodies);
    }

    [Fact]
    public async Task Routes_go_by_level_and_by_event()
    {
        await using var desk = await Desk.OpenAsync(options => options with
        {
            Channels = [.. AllRoutes.Select(name => options.Channels[0] with { Name = name })],
            Plan = new()
            {
                Channels = new Dictionary<string, ChannelPlan>
                {
                    ["critical"] = new() { From = NoticeLevel.Critical },
                    ["fills"] = new() { Events = new HashSet<string> { NoticeEvents.OrderFilled } },
                    ["off"] = new() { IsEnabled = false },
                },
            },
        });
        desk.Post(Sample.Notice("fill 1"), Sample.Critical("kill 1"), Sample.Notice("own level") with { Level = NoticeLevel.Critical });
        await desk.PassAsync();
        Assert.Equal(["all", "fills"], Channels("fill 1"));
        Assert.Equal(["all", "critical"], Channels("kill 1"));
        Assert.Equal(["all", "critical", "fills"], Channels("own level"));

        IEnumerable<string> Channels(string key) => desk.Notifier.Outbox(new() { Key = key }).Select(row => row.Channel).Order();
    }

    [Fact]
    public async Task Signals_are_told_of_chosen_symbols_only()
    {
        await using var desk = await Desk.OpenAsync(options => options with { Plan = new() { SignalSymbols = new HashSet<Symbol> { Symbol.Parse("AAPL") } } });
        foreach (var ticker in new[] { "AAPL", "MSFT" }) desk.Post(Sample.Notice($"signal {ticker}", NoticeEvents.Signal) with { Symbol = Symbol.Parse(ticker) });
        await desk.PassAsync();
        Assert.Equal("signal AAPL", Assert.Single(desk.Notifier.Outbox()).Key);
    }

    [Fact]
    public async Task A_refusal_is_given_up_and_sent_again_by_hand_only()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Provider.Answer = LocalProvider.Saying(404, "no such thing");
        desk.Post(Sample.Critical("kill 1"));
        await desk.PassAsync();
        for (var i = 0; i < 4; i++) await desk.PassAsync(60);
        Assert.Single(desk.Bodies);
        Assert.Equal((OutboxState.GaveUp, "404 no such thing"), (desk.Row("kill 1").State, desk.Row("kill 1").Answer));
        Assert.Equal("404 no such thing", desk.Notifier.Health.Channels[0].Problem);

        desk.Provider.Answer = LocalProvider.Saying(200, "ok");
        Assert.True(desk.Notifier.Retry(desk.Row("kill 1").Id));
        await desk.PassAsync();
        Assert.Equal((OutboxState.Sent, 2), (desk.Row("kill 1").State, desk.Row("kill 1").Attempts));
        Assert.Null(desk.Notifier.Health.Channels[0].Problem);
        Assert.False(desk.Notifier.Retry(desk.Row("kill 1").Id));
        Assert.False(desk.Notifier.Retry(4711));
    }

    [Fact]
    public async Task The_other_channels_say_once_a_day_that_one_is_refused()
    {
        await using var refused = await LocalProvider.StartAsync(404, "no_service");
        await using var desk = await Desk.OpenAsync(options => options with
        {
            Channels = [options.Channels[0], new("slack", Sample.Channel("slack", refused, ("SLACK_WEBHOOK_URL", refused.Url.ToString())), null)],
            Plan = new() { Channels = new Dictionary<string, ChannelPlan> { ["webhook"] = new() { Events = new HashSet<string> { NoticeEvents.ChannelFailed } } } },
        });
        for (var i = 0; i < 3; i++)
        {
            desk.Post(Sample.Notice($"fill {i}"));
            for (var step = 0; step < 10; step++) await desk.PassAsync(10);
        }
        Assert.Equal(3, refused.Requests.Count);
        Assert.Contains("The provider said: 404 no_service (the webhook was removed", Assert.Single(desk.Bodies), StringComparison.Ordinal);
        Assert.Equal("webhook", Assert.Single(desk.Notifier.Outbox(), row => row.Event == NoticeEvents.ChannelFailed).Channel);
    }

    [Fact]
    public async Task A_switched_off_channel_gives_up_what_waits_for_it()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Sample.Notice("fill 1"));
        await desk.PassAsync();
        desk.Notifier.Apply(new() { Channels = new Dictionary<string, ChannelPlan> { ["webhook"] = new() { IsEnabled = false } } }, desk.Options.Channels);
        await desk.PassAsync(5);
        Assert.Equal((OutboxState.GaveUp, "the channel was switched off"), (desk.Row("fill 1").State, desk.Row("fill 1").Answer));
        Assert.Empty(desk.Bodies);
    }

    [Fact]
    public async Task A_channel_that_becomes_ready_is_used_without_a_restart()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Notifier.Apply(new(), [new("webhook", null, "NOTIFY_WEBHOOK_URL is not set")]);
        Assert.Equal("NOTIFY_WEBHOOK_URL is not set", desk.Notifier.Health.Channels[0].Problem);
        var answer = await desk.Notifier.TestAsync("webhook", TestContext.Current.CancellationToken);
        Assert.Equal("NOTIFY_WEBHOOK_URL is not set", Assert.IsType<ChannelAnswer.Refused>(answer).Words);

        desk.Notifier.Apply(new(), desk.Options.Channels);
        desk.Post(Sample.Critical("kill 1"));
        await desk.PassAsync();
        Assert.Single(desk.Bodies);
    }

    [Fact]
    public async Task A_test_goes_past_the_outbox_and_says_what_the_provider_said()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Provider.Answer = LocalProvider.Saying(403, "forbidden");
        Assert.Equal("403 forbidden", Assert.IsType<ChannelAnswer.Refused>(await desk.Notifier.TestAsync("webhook", TestContext.Current.CancellationToken)).Words);
        Assert.Empty(desk.Notifier.Outbox());
        await Assert.ThrowsAsync<ArgumentException>(() => desk.Notifier.TestAsync("pigeon", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Secrets_and_account_numbers_neither_leave_nor_are_kept()
    {
        await using var desk = await Desk.OpenAsync(options => options with { Masking = new(["s3cr3t/t0ken"]) });
        desk.Provider.Answer = LocalProvider.Saying(400, "unknown token s3cr3t%2Ft0ken of account 83405188");
        desk.Post(Sample.Critical("kill 1") with { Title = "Account 83405188 stopped", Text = "The token s3cr3t/t0ken was refused" });
        await desk.PassAsync();
        var body = Assert.Single(desk.Bodies);
        Assert.Contains("Account ****5188 stopped", body, StringComparison.Ordinal);
        Assert.Equal("400 unknown token *** of account ****5188", desk.Row("kill 1").Answer);
        foreach (var file in Directory.GetFiles(desk.Folder.Path).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var bytes = System.Text.Encoding.Latin1.GetString(await ReadAsync(file));
            Assert.DoesNotContain("83405188", body + bytes, StringComparison.Ordinal);
            Assert.DoesNotContain("t0ken", body + bytes, StringComparison.Ordinal);
        }

        static async Task<byte[]> ReadAsync(string path)
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            return copy.ToArray();
        }
    }

    [Fact]
    public async Task Of_two_programs_on_a_folder_one_sends_and_the_other_takes_over()
    {
        await using var trader = await Desk.OpenAsync();
        await trader.PassAsync();
        await using var dashboard = trader.Beside();
        dashboard.Post(Sample.Critical("kill 1"));
        await dashboard.PassAsync();
        Assert.Equal((true, false), (trader.Notifier.Health.IsSender, dashboard.Notifier.Health.IsSender));
        Assert.Empty(trader.Bodies);
        await trader.PassAsync();
        Assert.Single(trader.Bodies);

        trader.Notifier.Dispose();
        dashboard.Post(Sample.Critical("kill 2"));
        await dashboard.PassAsync(10);
        Assert.Equal(2, trader.Bodies.Count);
        Assert.True(dashboard.Notifier.Health.IsSender);
    }

    [Fact]
    public async Task Running_it_delivers_by_itself_and_a_failing_channel_holds_up_no_other()
    {
        await using var desk = await Desk.OpenAsync(options => options with
        {
            Clock = TimeProvider.System,
            Channels = [new("broken", new Broken(), null), options.Channels[0]],
        });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(TimeSpan.FromMinutes(1));
        var arrived = new TaskCompletionSource();
        desk.Provider.Answer = async (request, context) =>
        {
            await LocalProvider.Saying(200, "ok")(request, context);
            arrived.TrySetResult();
        };
        var running = desk.Notifier.RunAsync(end.Token);
        desk.Post(Sample.Critical("kill 1"));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), end.Token);
        while (desk.Row("kill 1").State != OutboxState.Sent || desk.Row("kill 1", "broken").State != OutboxState.Failed) await Task.Delay(20, end.Token);
        await end.CancelAsync();
        await running;
        Assert.Equal("InvalidOperationException: a bug of this channel", desk.Row("kill 1", "broken").Answer);
    }

    [Fact]
    public async Task What_was_posted_at_the_end_is_on_disk_for_the_next_start()
    {
        await using var desk = await Desk.OpenAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = desk.Notifier.RunAsync(end.Token);
        desk.Post(Sample.Notice("last words"));
        await end.CancelAsync();
        await running;
        desk.Notifier.Dispose();
        await using var next = desk.Beside();
        await next.PassAsync(60);
        Assert.Contains("last words", Assert.Single(desk.Bodies), StringComparison.Ordinal);
    }

    sealed class Broken : INoticeChannel
    {
        public string Name => "broken";

        public Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel) => throw new InvalidOperationException("a bug of this channel");
    }
}
