using EtradeBot.Notify.Delivery;
using EtradeBot.Notify.Storage;

namespace EtradeBot.Notify;

/// <summary>Tells the owner, without ever holding up who posts: notices go through memory into an outbox on disk and from there, at least once, to every channel of their route.</summary>
/// <remarks>Safe for several threads. Of several programs on one data folder one sends; the notices of the others reach it through the file.</remarks>
public sealed class Notifier : IDisposable
{
    /// <summary>How often the outbox is looked at: for what other programs put there, for back-offs, gaps and quiet hours that ended.</summary>
    static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    readonly TimeProvider _clock;
    readonly TimeSpan _sendTimeout;
    readonly Masking _masking;
    readonly NoticeQueue _queue;
    readonly OutboxConnection _file;
    readonly Outbox _outbox;
    readonly Keeper _keeper;
    readonly IReadOnlyList<Lane> _lanes;
    volatile NotifierSettings _settings;

    public Notifier(NotifierOptions options)
    {
        (_clock, _sendTimeout, _masking) = (options.Clock, options.SendTimeout, options.Masking);
        _settings = new(options.Plan, options.Channels);
        _queue = new(options.QueueLength);
        _file = new(options.DataFolder, _clock);
        _outbox = new(_file);
        _lanes = [.. options.Channels.Select(channel => new Lane(channel.Name, _outbox, _clock, Post))];
        _keeper = new(_queue, _file, _outbox, _masking);
    }

    internal OutboxConnection File => _file;

    public NotifierHealth Health => new(_file.IsSender, _queue.Count, _queue.Dropped, _keeper.Problem)
    {
        Channels = [.. _lanes.Select(lane =>
        {
            var setup = Setup(lane);
            return new ChannelHealth(lane.Name, setup.Plan.For(lane.Name).IsEnabled, setup.Channel.IsReady, setup.Channel.Problem ?? lane.Problem) { LastSentAt = lane.LastSentAt };
        })],
    };

    /// <summary>Hands a notice over and returns at once: it never throws and never waits for disk or network. One whose key is known already is not told again.</summary>
    public void Post(Notice notice)
    {
        var plan = _settings.Plan;
        if (plan.Wants(notice)) _queue.Add(notice, plan.LevelOf(notice));
    }

    /// <summary>Takes new settings while running. Channels are the same as at the start, by name; ones that became ready are used from now on.</summary>
    public void Apply(NoticePlan plan, IReadOnlyList<ChannelSetup> channels)
    {
        _settings = new(plan, channels);
        foreach (var lane in _lanes) lane.Reopen();
        _keeper.ReleaseHeld();
    }

    /// <summary>Sends until cancelled; what was posted before is then on disk, for whoever sends next. Whatever fails is survived, kept in <see cref="Health"/>, and tried again.</summary>
    public Task RunAsync(CancellationToken cancel) =>
        Task.WhenAll([Task.Run(() => KeepAsync(cancel), CancellationToken.None), .. _lanes.Select(lane => Task.Run(() => LaneAsync(lane, cancel), CancellationToken.None))]);

    /// <summary>Sends a test over one channel at once, past the outbox, whatever its route.</summary>
    /// <exception cref="ArgumentException">There is no such channel.</exception>
    public async Task<ChannelAnswer> TestAsync(string channel, CancellationToken cancel = default)
    {
        var lane = _lanes.FirstOrDefault(lane => lane.Name == channel) ?? throw new ArgumentException($"there is no channel '{channel}': {string.Join(", ", _lanes.Select(lane => lane.Name))}", nameof(channel));
        var setup = Setup(lane);
        if (setup.Channel.Channel is not { } ready) return new ChannelAnswer.Refused(setup.Channel.Problem ?? "none of its settings is set");
        var now = _clock.GetUtcNow();
        var test = new Message($"test-{Guid.NewGuid():N}", NoticeLevel.Info, "Test from etrade-bot", "If you read this, this channel works.", now) { Event = NoticeEvents.Test };
        return await lane.SendAsync(ready, test, setup, cancel);
    }

    /// <summary>No more repeats of this critical notice.</summary>
    /// <param name="notice"><see cref="OutboxRow.NoticeId"/>.</param>
    /// <returns>False where there is none, or it was acknowledged before.</returns>
    /// <exception cref="IOException">The outbox cannot be written.</exception>
    public bool Acknowledge(long notice) => _outbox.Acknowledge(notice) > 0;

    /// <summary>No more repeats of any critical notice so far.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">The outbox cannot be written.</exception>
    public int AcknowledgeAll() => _outbox.Acknowledge(null);

    /// <summary>Sends a row that was given up, or that waits, as soon as its channel can.</summary>
    /// <param name="row"><see cref="OutboxRow.Id"/>.</param>
    /// <returns>False where there is none, or it was sent or is being sent.</returns>
    /// <exception cref="IOException">The outbox cannot be written.</exception>
    public bool Retry(long row) => _outbox.Retry(row);

    /// <exception cref="IOException">The outbox cannot be read.</exception>
    public IReadOnlyList<OutboxRow> Outbox(OutboxQuery? query = null) => _outbox.Rows(query ?? new());

    /// <summary>One round of everything: what tests over time call in place of <see cref="RunAsync"/>.</summary>
    internal async Task PassAsync(CancellationToken cancel)
    {
        await _keeper.StepAsync(Routes(), DirectAsync, cancel);
        foreach (var lane in _lanes) await StepAsync(lane, cancel);
    }

    async Task KeepAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var isWell = false;
            await SurviveAsync(async () => isWell = await _keeper.StepAsync(Routes(), DirectAsync, cancel));
            var pulse = Task.Delay(Pulse, _clock, cancel);
            await (isWell ? Task.WhenAny(pulse, _queue.Arrived) : Task.WhenAny(pulse));
        }
        await SurviveAsync(() => _keeper.StepAsync(Routes(), DirectAsync, cancel));
    }

    async Task LaneAsync(Lane lane, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await StepAsync(lane, cancel);
            await Task.WhenAny(Task.Delay(Pulse, _clock, cancel));
        }
    }

    Task StepAsync(Lane lane, CancellationToken cancel) => SurviveAsync(async () =>
    {
        if (_file.IsSender) await lane.StepAsync(Setup(lane), cancel);
    });

    /// <summary>A failure of one round must not be the last round: it is shown, and the next one tries again.</summary>
    async Task SurviveAsync(Func<Task> round)
    {
        try
        {
            await round();
        }
        catch (OperationCanceledException)
        {
            // The end: the loops see it by themselves.
        }
        catch (Exception problem)
        {
            _keeper.Problem = _masking.Mask(problem.Message);
        }
    }

    /// <summary>Sends rows that could not be written down, as one message, to every channel of the route.</summary>
    async Task<bool> DirectAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(_lanes
            .Select(lane => (Lane: lane, Setup: Setup(lane)))
            .Where(way => way.Setup.Channel.IsReady && way.Setup.Plan.For(way.Lane.Name).Takes(rows[0].Event, NoticeLevel.Critical))
            .Select(way => way.Lane.SendAsync(way.Setup.Channel.Channel!, Composer.Compose(rows), way.Setup, cancel)));
        return answers.Any(answer => answer is ChannelAnswer.Delivered);
    }

    Routes Routes() => new(_settings.Plan, [.. _settings.Channels.Where(channel => channel.IsReady).Select(channel => channel.Name)]);

    LaneSetup Setup(Lane lane)
    {
        var settings = _settings;
        var channel = settings.Channels.FirstOrDefault(channel => channel.Name == lane.Name) ?? new(lane.Name, null, null);
        return new(channel, settings.Plan, _masking, _sendTimeout);
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Swapped as one, so that a plan never meets the channels of another.</summary>
sealed record NotifierSettings(NoticePlan Plan, IReadOnlyList<ChannelSetup> Channels);
