namespace EtradeBot.Execution.World;

/// <summary>One life of the program under test, from its start to its end or its death. Its clock, disk and connections die with it.</summary>
sealed class VirtualProcess
{
    readonly VirtualWorld _world;

    public VirtualProcess(VirtualWorld world, int number)
    {
        (_world, Number) = (world, number);
        Clock = new ProcessClock(world.Clock, this);
        Disk = new ProcessDisk(world, this);
    }

    public VirtualWorld World => _world;

    /// <summary>Counts from 1.</summary>
    public int Number { get; }

    public bool IsDead { get; private set; }

    /// <summary>Killed, not come to its end: what was in flight to the disk is in doubt.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>The machine's clock as the program reads it.</summary>
    public ProcessClock Clock { get; }

    public ProcessDisk Disk { get; }

    /// <summary>Seeded draws from 0 to 1, for <c>ETradeOptions.Jitter</c>.</summary>
    public Func<double> Jitter => field ??= Dice.For(_world.Schedule.Seed, "jitter", Number).Unit;

    /// <summary>For <c>ETradeOptions.Transport</c>.</summary>
    public HttpMessageHandler NewTransport() => new VirtualTransport(_world, this);

    /// <summary>Counts a place where the process can die; false when it is dead, of old or from here.</summary>
    public bool Survives(string point)
    {
        _world.Thread.Demand(point);
        if (!IsDead) _world.Pass(this, point);
        return !IsDead;
    }

    public void Die(string where)
    {
        if (IsDead) return;
        IsDead = WasKilled = true;
        _world.Trace.Add($"process {Number} dies at {where}");
    }

    /// <summary>The program has returned: what it left running ends with it.</summary>
    public void End() => IsDead = true;
}

/// <summary>Thrown into a program that is dead already, so that it goes no further; whatever it does with it has no effect.</summary>
sealed class ProcessDiedException() : Exception("the process is dead");

/// <summary>Clock of one machine and process: it may be wrong, jump and miss time; its timestamps never go back.</summary>
sealed class ProcessClock(VirtualClock truth, VirtualProcess owner) : TimeProvider
{
    TimeSpan _missed;

    /// <summary>How far <see cref="GetUtcNow"/> is ahead of true time.</summary>
    public TimeSpan Skew { get; set; }

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("far", TimeSpan.FromHours(9), "far", "far");

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => truth.Now + Skew;

    public override long GetTimestamp() => truth.Ticks - _missed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new VirtualTimer(truth, owner, () => { if (owner.Survives("timer")) callback(state); }, dueTime, period);

    /// <summary>The machine slept: true time has gone on, monotonic time and the timers have not.</summary>
    public void Miss(TimeSpan length)
    {
        _missed += length;
        truth.Postpone(owner, length);
    }
}
