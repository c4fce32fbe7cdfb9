using System.Diagnostics;

namespace EtradeBot.Execution.World;

/// <summary>Watches that the code of a world stays on the thread of the world: a hop to the thread pool would make its order depend on the machine.</summary>
/// <remarks>
/// Every continuation, timer and work item carries the execution context of its origin, so a thread that takes one over takes over the mark
/// below and is seen at once, even when it touches neither clock nor disk nor broker. Only what is queued without a context escapes this
/// and is caught where it next touches one of those.
/// </remarks>
sealed class OneThread
{
    /// <summary>Continuations run nested in one another, and .NET moves them to the pool when little of the stack is left.</summary>
    const int StackBytes = 64 * 1024 * 1024;

    static readonly AsyncLocal<OneThread?> Mark = new(OnSwitch);

    readonly int _id = Environment.CurrentManagedThreadId;
    volatile bool _isNamed;
    volatile string? _hop;

    /// <summary>Appended to complaints: what the world did last.</summary>
    public Func<string>? LastDone { get; set; }

    /// <summary>Does the work on a thread of its own, without any synchronization context or scheduler of a test runner.</summary>
    public static void Run(Action work)
    {
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception caught)
            {
                problem = caught;
            }
        }, StackBytes)
        { IsBackground = true, Name = "virtual world" };
        thread.UnsafeStart();
        thread.Join();
        if (problem is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(problem);
    }

    /// <inheritdoc cref="Run(Action)"/>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        Run(() => { result = work(); });
        return result;
    }

    /// <summary>Marks what is begun from here on until the end as part of the world.</summary>
    public IDisposable Watch()
    {
        Demand("the world");
        if (SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default)
            throw new InvalidOperationException("a virtual world needs a thread without synchronization context: begin it with OneThread.Run");
        Mark.Value = this;
        return new Watched();
    }

    /// <exception cref="ThreadHopException">Called on another thread than that of the world.</exception>
    public void Demand(string what)
    {
        if (Environment.CurrentManagedThreadId == _id) return;
        // Its stack tells whose code it is; the first sight of a hop mostly does not.
        _hop = $"{what} was used on another thread ({Environment.CurrentManagedThreadId} instead of {_id}):{Environment.NewLine}{new StackTrace(1, fNeedFileInfo: true)}";
        _isNamed = true;
        Complain();
    }

    /// <exception cref="ThreadHopException">Some code of the world has run on another thread.</exception>
    public void Complain()
    {
        if (_hop is null) return;
        SpinWait.SpinUntil(() => _isNamed, TimeSpan.FromMilliseconds(200));
        throw new ThreadHopException($"{_hop}{Environment.NewLine}The last that happened before: {LastDone?.Invoke()}");
    }

    static void OnSwitch(AsyncLocalValueChangedArgs<OneThread?> change)
    {
        if (change is { ThreadContextChanged: true, CurrentValue: { } world } && Environment.CurrentManagedThreadId != world._id)
            world._hop ??= $"code of the world was taken over by thread {Environment.CurrentManagedThreadId}, and it went on without touching anything:{Environment.NewLine}{new StackTrace(1)}";
    }

    sealed class Watched : IDisposable
    {
        public void Dispose() => Mark.Value = null;
    }
}

/// <summary>Code of a virtual world has left its thread.</summary>
sealed class ThreadHopException(string where) : Exception($"A hop to another thread: {where}");
