using System.Globalization;
using EtradeBot.Notify.Storage;

namespace EtradeBot.Notify.Delivery;

/// <summary>What a lane works with at this moment; settings may change it between two steps.</summary>
sealed record LaneSetup(ChannelSetup Channel, NoticePlan Plan, Masking Masking, TimeSpan SendTimeout);

/// <summary>Sends what waits for one channel, one message at a time. A channel that hangs holds up no other.</summary>
sealed class Lane(string name, Outbox outbox, TimeProvider clock, Action<Notice> post)
{
    DateTimeOffset _openAt = DateTimeOffset.MinValue;
    long _lastSentTicks;
    int _failures;
    volatile bool _isReopened;
    Action? _unrecorded;

    public string Name => name;

    /// <summary>The last message the provider answered for good. Read by other threads.</summary>
    public DateTimeOffset? LastSentAt => Interlocked.Read(ref _lastSentTicks) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The provider's words when it did not take the last message; null where it did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Settings have changed: what failed before may work now.</summary>
    public void Reopen() => _isReopened = true;

    /// <summary>Sends one message where something is due.</summary>
    /// <returns>Whether a message was tried.</returns>
    /// <exception cref="IOException">The outbox cannot be read or written; an answer not written down yet is kept, and nothing is sent before it is.</exception>
    public async Task<bool> StepAsync(LaneSetup setup, CancellationToken cancel)
    {
        if (_unrecorded is not null) WriteDown(_unrecorded);
        if (!setup.Plan.For(name).IsEnabled) outbox.GiveUp(name, "the channel was switched off");
        if (_isReopened) (_isReopened, _openAt, _failures) = (false, DateTimeOffset.MinValue, 0);
        var now = clock.GetUtcNow();
        if (setup.Channel.Channel is not { } channel || now < _openAt) return false;
        var rows = outbox.Claim(name, new(now, setup.Plan.Quiet?.EndAt(now), IsPast(setup.Plan.CriticalGap), IsPast(setup.Plan.Gap)));
        if (rows.Count == 0) return false;
        var answer = await SendAsync(channel, Composer.Compose(rows), setup, cancel);
        var nextAt = Judge(answer);
        WriteDown(() => outbox.Record(rows, answer, nextAt));
        cancel.ThrowIfCancellationRequested();
        return true;

        bool IsPast(TimeSpan gap) => LastSentAt is not { } last || now - last >= gap;
    }

    /// <summary>One try, its time limited, its failures as answers, the provider's words masked.</summary>
    public async Task<ChannelAnswer> SendAsync(INoticeChannel channel, Message message, LaneSetup setup, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(setup.SendTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var masked = message with { Title = setup.Masking.Mask(message.Title), Text = setup.Masking.Mask(message.Text) };
            var answer = await channel.SendAsync(masked, either.Token).WaitAsync(either.Token);
            return answer with { Words = setup.Masking.Mask(answer.Words) };
        }
        catch (OperationCanceledException)
        {
            var words = cancel.IsCancellationRequested ? "the program ended while it was sending" : $"no answer within {setup.SendTimeout.TotalSeconds:0} seconds";
            return new ChannelAnswer.TryAgain(words) { MayHaveArrived = true };
        }
        catch (Exception problem)
        {
            // A channel's own mistake: it must not end the lane, and the message stays in the outbox.
            return new ChannelAnswer.TryAgain(setup.Masking.Mask($"{problem.GetType().Name}: {problem.Message}")) { MayHaveArrived = true };
        }
    }

    DateTimeOffset Judge(ChannelAnswer answer)
    {
        var now = clock.GetUtcNow();
        Problem = answer is ChannelAnswer.Delivered ? null : answer.Words;
        _failures = answer is ChannelAnswer.TryAgain ? _failures + 1 : 0;
        if (answer is ChannelAnswer.TryAgain again) return _openAt = now + BackOff.After(_failures, again.After);
        if (answer is ChannelAnswer.Refused) TellOthers(answer.Words, now);
        Interlocked.Exchange(ref _lastSentTicks, now.UtcTicks);
        return now;
    }

    /// <summary>Whoever waits for messages of this channel waits in vain: the other channels say so, once a day.</summary>
    void TellOthers(string words, DateTimeOffset now)
    {
        var text = $"The provider said: {words}. Mend the settings, test them with 'etrade-bot notify --mode test', then send again what was given up.";
        var key = string.Create(CultureInfo.InvariantCulture, $"channel-failed:{name}:{now.UtcDateTime:yyyy-MM-dd}");
        post(new(NoticeEvents.ChannelFailed, key, $"Messages by {name} are refused", text, now) { ExceptBy = name });
    }

    void WriteDown(Action record)
    {
        _unrecorded = record;
        record();
        _unrecorded = null;
    }
}
