using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Notify.Phone;

public sealed class TelegramListenerTests : IAsyncLifetime
{
    const long Owner = 4711;
    const long Stranger = 666;
    const string Pin = "2468";

    readonly Scratch _folder = new();
    readonly FakeTimeProvider _clock = Sample.Clock();
    readonly List<PhoneCommand> _done = [];
    readonly List<PhoneAudit> _audits = [];
    TelegramServer _telegram = null!;
    TelegramListener _listener = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _telegram = await TelegramServer.StartAsync();
        _listener = Listen();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _telegram.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Questions_are_carried_out_answered_and_audited()
    {
        Say("/status");
        Say("/why@my_bot aapl");
        await _listener.PollAsync(Stop);
        Assert.Equal([(PhoneVerb.Status, ""), (PhoneVerb.Why, "AAPL")], _done.Select(command => (command.Verb, $"{command.Symbol}")));
        Assert.Equal("telegram 4711 owner1", _done[0].Sender);
        Assert.Equal(["did Status", "did Why"], _telegram.Answers);
        Assert.Equal([("/status", PhoneVerdict.Done), ("/why AAPL", PhoneVerdict.Done)], _audits.Select(audit => (audit.What, audit.Verdict)));
    }

    [Fact]
    public async Task A_strangers_command_does_nothing_but_an_audit_line()
    {
        _telegram.Says(Stranger, $"/flatten {Pin}", _clock.GetUtcNow());
        await _listener.PollAsync(Stop);
        Assert.Empty(_done);
        Assert.Empty(_telegram.Answers);
        var audit = Assert.Single(_audits);
        Assert.Equal(("/flatten ***", PhoneVerdict.Stranger, "telegram 666 owner1"), (audit.What, audit.Verdict, audit.Sender));
    }

    [Fact]
    public async Task A_stranger_in_the_owners_group_is_a_stranger()
    {
        _listener.Dispose();
        _listener = Listen(plan => plan with { Chats = new HashSet<long> { Owner, -100 } });
        _telegram.Says(-100, "/status", _clock.GetUtcNow(), "supergroup", Stranger);
        _telegram.Says(-100, "/status", _clock.GetUtcNow(), "supergroup", Owner);
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.Stranger, PhoneVerdict.Done], Verdicts);
    }

    [Fact]
    public async Task What_trades_wants_the_PIN_and_its_message_is_deleted()
    {
        Say("/flatten");
        var second = Say($"/flatten {Pin}");
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.NoPin, PhoneVerdict.Done], Verdicts);
        Assert.Equal(PhoneVerb.Flatten, Assert.Single(_done).Verb);
        Assert.Equal([second + 5], _telegram.Deleted);
        Assert.DoesNotContain(Pin, string.Join('\n', _audits) + string.Join('\n', _telegram.Answers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/stop", null)]
    [InlineData("/resume", "")]
    [InlineData("/flatten", "123")]
    public async Task Without_a_PIN_in_the_settings_nothing_trades(string command, string? pin)
    {
        _listener.Dispose();
        _listener = Listen(plan => plan with { Pin = pin });
        Say($"{command} ");
        Say($"{command} 123");
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.NoPin, PhoneVerdict.NoPin], Verdicts);
        Assert.Empty(_done);
    }

    [Fact]
    public async Task Three_wrong_PINs_lock_even_the_right_one_and_a_restart_does_not_help()
    {
        foreach (var pin in new[] { "1111", "2469", "24680" }) Say($"/flatten {pin}");
        Say($"/flatten {Pin}");
        await _listener.PollAsync(Stop);
        _listener.Dispose();
        _listener = Listen();
        Say($"/stop {Pin}");
        Say("/status");
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.WrongPin, PhoneVerdict.WrongPin, PhoneVerdict.WrongPin, PhoneVerdict.Locked, PhoneVerdict.Locked, PhoneVerdict.Done], Verdicts);
        Assert.Equal(PhoneVerb.Status, Assert.Single(_done).Verb);

        _clock.Advance(TimeSpan.FromMinutes(15));
        Say($"/flatten {Pin}");
        await _listener.PollAsync(Stop);
        Assert.Equal(PhoneVerdict.Done, Verdicts[^1]);
    }

    [Fact]
    public async Task An_update_is_obeyed_once_even_after_a_restart()
    {
        Say($"/flatten {Pin}");
        await _listener.PollAsync(Stop);
        _telegram.ReplaysEverything = true;
        await _listener.PollAsync(Stop);
        _listener.Dispose();
        _listener = Listen();
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.Done, PhoneVerdict.Replayed, PhoneVerdict.Replayed], Verdicts);
        Assert.Single(_done);
        Assert.Single(_telegram.Answers);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task An_old_message_and_one_from_the_future_are_refused(int minutes)
    {
        _telegram.Says(Owner, $"/flatten {Pin}", _clock.GetUtcNow().AddMinutes(minutes));
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.TooOld], Verdicts);
        Assert.Empty(_done);
    }

    [Fact]
    public async Task Only_commands_that_read_are_switched_on_at_first()
    {
        _listener.Dispose();
        _listener = Listen(plan => plan with { Verbs = new PhonePlan().Verbs });
        foreach (var verb in new[] { "stop", "flatten", "resume" }) Say($"/{verb} {Pin}");
        foreach (var command in new[] { "/status", "/positions", "/why AAPL", "/ack", "/help", "/start" }) Say(command);
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.SwitchedOff, PhoneVerdict.SwitchedOff, PhoneVerdict.SwitchedOff, .. Enumerable.Repeat(PhoneVerdict.Done, 6)], Verdicts);
        Assert.Equal([PhoneVerb.Status, PhoneVerb.Positions, PhoneVerb.Why, PhoneVerb.Ack], _done.Select(command => command.Verb));
    }

    [Theory]
    [InlineData("hello 2468", "*** ***")]
    [InlineData("2468", "***")]
    [InlineData("/flaten 2468", "/flaten ***")]
    [InlineData("/why A B", "/why ***")]
    [InlineData("/stop 2468 please", "/stop ***")]
    [InlineData("/3", "***")]
    [InlineData("", "***")]
    public async Task What_is_no_command_gets_help_and_its_words_are_not_kept(string text, string shown)
    {
        Say(text);
        await _listener.PollAsync(Stop);
        var audit = Assert.Single(_audits);
        Assert.Equal((shown, PhoneVerdict.NotACommand), (audit.What, audit.Verdict));
        Assert.Empty(_done);
    }

    [Fact]
    public async Task Odd_updates_hold_up_nobody()
    {
        _telegram.Add("\"edited_message\":{\"text\":\"/status\"}");
        _telegram.Add("\"message\":null");
        _telegram.Add("\"message\":[1,2,{}]");
        _telegram.Add($"\"message\":{{\"date\":99999999999999999,\"chat\":{{\"id\":{Owner},\"type\":\"private\"}},\"text\":\"/status\"}}");
        _telegram.Add($"\"message\":{{\"date\":{_clock.GetUtcNow().ToUnixTimeSeconds()},\"chat\":{{\"id\":{Owner},\"type\":\"private\"}},\"text\":\"\\ud800 /flatten\"}}");
        _telegram.Add("\"message\":{\"date\":\"soon\",\"chat\":{\"id\":\"me\"},\"text\":5}");
        Say("/status");
        await _listener.PollAsync(Stop);
        Assert.Equal(7, _audits.Count);
        Assert.Equal(PhoneVerb.Status, Assert.Single(_done).Verb);
    }

    [Fact]
    public async Task An_unreadable_reply_is_passed_over_one_update_at_a_time()
    {
        var first = Say("/status");
        Say("/positions");
        _telegram.Garbage = $"{{\"ok\":true,\"result\":[{{\"update_id\": {first}, ...";
        Assert.Equal(TimeSpan.Zero, await _listener.PollAsync(Stop));
        Assert.Equal(TimeSpan.Zero, await _listener.PollAsync(Stop));
        _telegram.Garbage = null;
        await _listener.PollAsync(Stop);
        Assert.Equal([PhoneVerdict.NotACommand, PhoneVerdict.Done], Verdicts);
        Assert.Equal(PhoneVerb.Positions, Assert.Single(_done).Verb);
    }

    [Fact]
    public async Task A_command_that_fails_or_hangs_is_answered_and_the_next_one_heard()
    {
        var hangs = new TaskCompletionSource();
        _listener.Dispose();
        _listener = Listen(execute: async (command, cancel) =>
        {
            if (command.Verb == PhoneVerb.Positions) throw new InvalidOperationException("no broker; account 83405188");
            if (command.Verb == PhoneVerb.Status) return "all is well";
            hangs.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return "";
        });
        Say("/positions");
        Say("/status");
        Say("/why AAPL");
        var poll = _listener.PollAsync(Stop);
        await hangs.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        for (; !poll.IsCompleted; await Task.Delay(5, Stop)) _clock.Advance(TimeSpan.FromSeconds(20));
        await poll;
        Assert.Equal(["/positions failed: no broker; account ****5188", "all is well", "/why has not finished after 60 seconds; it may still be at work: see /status"], _telegram.Answers);
        Assert.Equal([PhoneVerdict.Failed, PhoneVerdict.Done, PhoneVerdict.Failed], Verdicts);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_obeyed()
    {
        Say("/status");
        await _listener.PollAsync(Stop);
        Execute("CREATE TRIGGER broken BEFORE INSERT ON phone_update BEGIN SELECT RAISE(ABORT, 'out of order'); END");
        for (var i = 0; i < 3; i++) Say($"/flatten {Pin}");
        await _listener.PollAsync(Stop);
        Assert.Single(_done);
        Assert.Equal([PhoneVerdict.Done, PhoneVerdict.Failed, PhoneVerdict.Failed, PhoneVerdict.Failed], Verdicts);
        Assert.StartsWith("nothing was done, because the command cannot be recorded", _telegram.Answers[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_login_is_said_in_Telegrams_words_and_tried_again_later()
    {
        _telegram.Http.Answer = LocalProvider.Saying(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""");
        var wait = await _listener.PollAsync(Stop);
        Assert.InRange(wait.TotalSeconds, 4, 6);
        Assert.Equal("401 Unauthorized (check TELEGRAM_BOT_TOKEN)", _listener.Problem);
        _telegram.Http.Answer = LocalProvider.Saying(429, """{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":40}}""");
        Assert.Equal(TimeSpan.FromSeconds(40), await _listener.PollAsync(Stop));
    }

    [Fact]
    public async Task Running_it_hears_by_itself_and_ends_when_told()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var heard = new TaskCompletionSource();
        _listener.Dispose();
        _listener = Listen(execute: (_, _) =>
        {
            heard.TrySetResult();
            return Task.FromResult("ok");
        });
        Say("/status");
        var running = _listener.RunAsync(end.Token);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await end.CancelAsync();
        await running;
    }

    void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    IReadOnlyList<PhoneVerdict> Verdicts => [.. _audits.Select(audit => audit.Verdict)];

    long Say(string text) => _telegram.Says(Owner, text, _clock.GetUtcNow());

    TelegramListener Listen(Func<PhonePlan, PhonePlan>? change = null, Func<PhoneCommand, CancellationToken, Task<string>>? execute = null)
    {
        var plan = new PhonePlan { Chats = new HashSet<long> { Owner }, Pin = Pin, Verbs = Enum.GetValues<PhoneVerb>().ToHashSet() };
        var options = new PhoneOptions(_folder.Path, change?.Invoke(plan) ?? plan, new(execute ?? ExecuteAsync, _audits.Add)) { Clock = _clock };
        return TelegramListener.From(name => name switch { "TELEGRAM_BOT_TOKEN" => "1:token", "TELEGRAM_BASE_URL" => _telegram.Http.Url.ToString(), _ => null }, _telegram.Http.Http, options)!;
    }

    Task<string> ExecuteAsync(PhoneCommand command, CancellationToken cancel)
    {
        _done.Add(command);
        return Task.FromResult($"did {command.Verb}");
    }
}
