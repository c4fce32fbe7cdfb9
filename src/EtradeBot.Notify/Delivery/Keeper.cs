using EtradeBot.Notify.Storage;

namespace EtradeBot.Notify.Delivery;

/// <summary>Brings notices from memory to disk, and keeps the outbox in order: the right to send, repeats, what is too old.</summary>
sealed class Keeper(NoticeQueue queue, OutboxConnection file, Outbox outbox, Masking masking)
{
    const int MostAtOnce = 500;
    static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(30);
    static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);

    /// <summary>Keys of critical notices that were sent while the outbox could not be written.</summary>
    readonly HashSet<string> _told = [];
    DateTimeOffset _tidiedAt = DateTimeOffset.MinValue;
    DateTimeOffset _tellsAgainAt = DateTimeOffset.MinValue;
    long _droppedSaid;
    bool _mustRecover;
    volatile bool _releasesHeld;

    /// <summary>Why the outbox cannot be written; null where it can.</summary>
    public string? Problem { get; set; }

    public void ReleaseHeld() => _releasesHeld = true;

    /// <param name="sendDirectly">How critical notices leave while the outbox cannot be written; says whether any channel took them.</param>
    /// <returns>False where the outbox cannot be written; nothing is lost by that.</returns>
    public async Task<bool> StepAsync(Routes routes, Func<IReadOnlyList<OutboxRow>, CancellationToken, Task<bool>> sendDirectly, CancellationToken cancel)
    {
        try
        {
            _mustRecover |= file.TryBecomeSender();
            if (_mustRecover) outbox.Recover();
            _mustRecover = false;
            Drain(routes);
            if (file.IsSender) Tend(routes);
            Problem = file.SetAside is { } aside ? $"the outbox was damaged and a new one begun; the old file is {aside}" : null;
            return true;
        }
        catch (IOException problem)
        {
            Problem = problem.Message;
            await TellDirectlyAsync(routes.Plan, sendDirectly, cancel);
            return false;
        }
    }

    void Drain(Routes routes)
    {
        while (queue.Peek(MostAtOnce) is { Count: > 0 } taken)
        {
            outbox.Add([.. taken.Select(item => Masked(item.Notice))], routes, _told);
            queue.Remove(taken);
            foreach (var (notice, _) in taken) _told.Remove(notice.Key);
            SayDropped();
        }
    }

    /// <summary>Called when there is room again: saying it while memory is full would drop another one.</summary>
    void SayDropped()
    {
        if (queue.Dropped == _droppedSaid) return;
        var count = queue.Dropped - _droppedSaid;
        _droppedSaid = queue.Dropped;
        var now = file.Clock.GetUtcNow();
        queue.Add(new(NoticeEvents.DiskLow, $"dropped:{now:O}", $"{count} messages were lost", "The outbox could not be written for so long that memory filled up: the oldest messages of the least level went.", now), NoticeLevel.Warning);
    }

    Notice Masked(Notice notice) => notice with { Title = masking.Mask(notice.Title), Text = masking.Mask(notice.Text) };

    void Tend(Routes routes)
    {
        if (_releasesHeld)
        {
            _releasesHeld = false;
            outbox.Release();
        }
        outbox.Repeat(routes);
        var now = file.Clock.GetUtcNow();
        if (now - _tidiedAt < TidyEvery) return;
        outbox.Tidy(routes.Plan);
        _tidiedAt = now;
    }

    async Task TellDirectlyAsync(NoticePlan plan, Func<IReadOnlyList<OutboxRow>, CancellationToken, Task<bool>> sendDirectly, CancellationToken cancel)
    {
        var now = file.Clock.GetUtcNow();
        if (now < _tellsAgainAt) return;
        var untold = queue.Peek(int.MaxValue).Where(item => item.Level == NoticeLevel.Critical && !_told.Contains(item.Notice.Key)).Select(item => Masked(item.Notice)).ToList();
        foreach (var kind in untold.GroupBy(notice => notice.Event))
        {
            if (await sendDirectly([.. kind.Select(notice => Row(notice, plan))], cancel)) _told.UnionWith(kind.Select(notice => notice.Key));
            else _tellsAgainAt = now + TellAgainAfter;
        }
    }

    OutboxRow Row(Notice notice, NoticePlan plan) => new(0, 0, "", OutboxState.Sending)
    {
        Key = notice.Key,
        Event = notice.Event,
        Level = plan.LevelOf(notice),
        Title = notice.Title,
        Text = $"{notice.Text}\n\nThe outbox cannot be written ({Problem}); this is told again when it can.",
        Symbol = notice.Symbol,
        At = notice.At,
    };
}
