namespace EtradeBot.Notify.Delivery;

/// <summary>Notices between <see cref="Notifier.Post"/> and the outbox. Adding waits for nothing but another add; when full, the oldest of the least level goes.</summary>
sealed class NoticeQueue(int capacity)
{
    readonly Lock _gate = new();
    readonly LinkedList<(Notice Notice, NoticeLevel Level)> _notices = new();
    readonly int[] _counts = new int[Enum.GetValues<NoticeLevel>().Length];
    TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count
    {
        get { lock (_gate) return _notices.Count; }
    }

    /// <summary>How many went because there was no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Completes when there is something.</summary>
    public Task Arrived
    {
        get { lock (_gate) return _arrived.Task; }
    }

    public void Add(Notice notice, NoticeLevel level)
    {
        lock (_gate)
        {
            _notices.AddLast((notice, level));
            _counts[(int)level]++;
            if (_notices.Count > capacity) DropOne();
            _arrived.TrySetResult();
        }
    }

    void DropOne()
    {
        var least = Array.FindIndex(_counts, count => count > 0);
        var node = _notices.First!;
        while ((int)node.Value.Level != least) node = node.Next!;
        Remove(node);
        Dropped++;
    }

    /// <summary>The oldest ones; they stay until they are removed.</summary>
    public IReadOnlyList<(Notice Notice, NoticeLevel Level)> Peek(int most)
    {
        lock (_gate) return [.. _notices.Take(most)];
    }

    /// <summary>Takes these out, where they have not been dropped meanwhile.</summary>
    public void Remove(IReadOnlyList<(Notice Notice, NoticeLevel Level)> taken)
    {
        lock (_gate)
        {
            var gone = taken.Select(item => item.Notice).ToHashSet(ReferenceEqualityComparer.Instance);
            for (var node = _notices.First; node is not null && gone.Count > 0;)
            {
                var next = node.Next;
                if (gone.Remove(node.Value.Notice)) Remove(node);
                node = next;
            }
            if (_notices.Count == 0 && _arrived.Task.IsCompleted) _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    void Remove(LinkedListNode<(Notice Notice, NoticeLevel Level)> node)
    {
        _counts[(int)node.Value.Level]--;
        _notices.Remove(node);
    }
}
