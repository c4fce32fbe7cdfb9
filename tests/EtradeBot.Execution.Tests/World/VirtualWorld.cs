using EtradeBot.Simulator;

namespace EtradeBot.Execution.World;

/// <summary>How a run of the program ended.</summary>
enum Ending
{
    /// <summary>By itself.</summary>
    Finished,

    /// <summary>With an exception.</summary>
    Failed,

    /// <summary>Killed: what comes next is the next life, from what lies on the disk.</summary>
    Died,

    /// <summary>Its time was up.</summary>
    OutOfTime,

    /// <summary>It waits for something that will never come.</summary>
    DeadEnd,
}

/// <param name="Problem">Of a run that failed.</param>
sealed record RunResult(Ending Ending, VirtualProcess Process, Exception? Problem = null);

/// <summary>Clock, broker, network, disk and life of the program under one seed, on one thread: a schedule decides everything that happens.</summary>
/// <remarks>
/// Begin it within <see cref="OneThread.Run(Action)"/>. The program may be any asynchronous code over the clock, the disk and the transport of
/// its <see cref="VirtualProcess"/>. It keeps to these: no Task.Run, no Task.Yield, no TaskCompletionSource with asynchronous
/// continuations, no CancelAsync, no two awaits on one pending task (.NET moves the second to the pool). What does not is found out and named.
/// </remarks>
sealed class VirtualWorld
{
    readonly List<VirtualProcess> _processes = [];

    public VirtualWorld(Schedule schedule, Func<SimulatorOptions, SimulatorOptions>? adjust = null)
    {
        Schedule = schedule;
        Thread = new OneThread();
        Clock = new VirtualClock(schedule.Start, Thread);
        Trace = new WorldTrace(() => Clock.Passed);
        Thread.LastDone = () => Trace.Last;
        var options = new SimulatorOptions
        {
            Seed = (int)(schedule.Seed % int.MaxValue),
            Start = schedule.Start,
            VisibleAfterSeconds = schedule.VisibleAfter,
            Replay = VirtualMarket.Around(schedule.Seed, schedule.Start),
        };
        Broker = new SimulatedBroker(adjust?.Invoke(options) ?? options, Clock.Truth);
        Ledger = new BrokerLedger(Broker, Clock.Truth);
        Mischief = new Mischief(this);
        foreach (var fault in schedule.Faults) Mischief.Arm(fault);
    }

    public Schedule Schedule { get; }

    public OneThread Thread { get; }

    public VirtualClock Clock { get; }

    public VirtualDisk Disk { get; } = new();

    public SimulatedBroker Broker { get; }

    /// <summary>The truth, for the judge.</summary>
    public BrokerLedger Ledger { get; }

    public Mischief Mischief { get; }

    public WorldTrace Trace { get; }

    /// <summary>Calls that were begun.</summary>
    public int Calls { get; private set; }

    /// <summary>Places passed where the program could have died: <c>crash@point#n</c> lets it die at the n-th.</summary>
    public int Points { get; private set; }

    /// <summary>What has left the program to preview, make, change or cancel an order, in order.</summary>
    public List<SentRequest> Sent { get; } = [];

    /// <summary>What spoiled the disk before a life began, by the number of that life.</summary>
    public List<(int Process, string What)> Spoiled { get; } = [];

    /// <summary>State of the newest order as the program has it, for the table of faults.</summary>
    public Func<string> NewestState { get; set; } = () => "none";

    public IReadOnlyList<VirtualProcess> Living => [.. _processes.Where(process => !process.IsDead)];

    /// <summary>What a person or a second copy of the program is to do now.</summary>
    public event Action<PlannedFault>? DriverAsked;

    /// <summary>How far the machine's clock is ahead of true time.</summary>
    public TimeSpan Skew
    {
        get;
        set
        {
            field = value;
            foreach (var process in _processes) process.Clock.Skew = value;
        }
    }

    /// <summary>Begins a life of the program and lets it run to its end, its death, or the end of its time.</summary>
    /// <param name="limit">True time that it gets at most.</param>
    /// <exception cref="ThreadHopException">Its code has left the thread of the world.</exception>
    public RunResult Run(Func<VirtualProcess, Task> program, TimeSpan limit)
    {
        var process = Boot();
        using var watch = Thread.Watch();
        return Drive(process, Begun(program, process), Clock.Now + limit);
    }

    /// <summary>Begins a life of the program beside those that live, without waiting for it: it goes on whenever the world does.</summary>
    public (VirtualProcess Process, Task Work) Start(Func<VirtualProcess, Task> program)
    {
        var process = Boot();
        return (process, Begun(program, process));
    }

    /// <summary>Nothing but time passes.</summary>
    public void Wait(TimeSpan length)
    {
        var end = Clock.Now + length;
        while (Clock.FireNext(end)) Thread.Complain();
        Clock.PassFrozen(end - Clock.Now);
    }

    /// <summary>The same for two runs that were the same: all that happened, the disk, and the broker's books.</summary>
    public string Fingerprint() =>
        $"{WorldTrace.Sum(System.Text.Encoding.UTF8.GetBytes(Trace.ToString()))} disk {Disk.Hash()} books {WorldTrace.Sum(System.Text.Encoding.UTF8.GetBytes(Ledger.ToString()))} calls {Calls} points {Points}";

    /// <summary>A request has left that previews, makes, changes or cancels an order.</summary>
    public event Action<SentRequest>? Left;

    internal void Leave(SentRequest sent)
    {
        Sent.Add(sent);
        Left?.Invoke(sent);
    }

    internal int NextCall() => ++Calls;

    internal void Pass(VirtualProcess process, string point)
    {
        Points++;
        if (Mischief.Strike("crash", "point") is not null) process.Die(point);
    }

    internal void TellDriver(PlannedFault fault) => DriverAsked?.Invoke(fault);

    VirtualProcess Boot()
    {
        var process = new VirtualProcess(this, _processes.Count + 1);
        // A copy beside a living one finds the files as that one has them.
        if (Living.Count == 0 && _processes.Exists(earlier => earlier.WasKilled)) Disk.Settle(Dice.For(Schedule.Seed, "settle", process.Number));
        Spoil("corrupt-tail", Disk.SpoilTail, process.Number);
        Spoil("corrupt-middle", Disk.SpoilMiddle, process.Number);
        if (Mischief.Strike("clock-skew", "boot") is { } skew) Skew = TimeSpan.FromSeconds(skew.Value ?? 60);
        process.Clock.Skew = Skew;
        _processes.Add(process);
        Trace.Add($"process {process.Number} begins");
        return process;
    }

    void Spoil(string fault, Func<Dice, string?> spoil, int number)
    {
        if (Mischief.Strike(fault, "boot") is not null && spoil(Dice.For(Schedule.Seed, fault, number)) is { } what)
        {
            Trace.Add(what);
            Spoiled.Add((number, what));
        }
    }

    Task Begun(Func<VirtualProcess, Task> program, VirtualProcess process)
    {
        try
        {
            return program(process);
        }
        catch (Exception problem) when (problem is not ThreadHopException)
        {
            return Task.FromException(problem);
        }
    }

    RunResult Drive(VirtualProcess process, Task task, DateTimeOffset end)
    {
        while (!task.IsCompleted && !process.IsDead && Clock.FireNext(end)) Thread.Complain();
        Thread.Complain();
        var ending = process.IsDead ? Ending.Died : !task.IsCompleted ? Unfinished(task) : task.IsCompletedSuccessfully ? Ending.Finished : Ending.Failed;
        Trace.Add($"process {process.Number}: {ending}");
        process.End();
        return new RunResult(ending, process, task.Exception?.InnerException);
    }

    Ending Unfinished(Task task)
    {
        if (Clock.HasAlarms) return Ending.OutOfTime;
        // A hop without a context may be under way on another thread, which then finds itself on the wrong one.
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne(200);
        Thread.Complain();
        return Ending.DeadEnd;
    }
}
