using EtradeBot.Simulator.Faults;

namespace EtradeBot.Execution.World;

/// <summary>Carries out the schedule of one world: hands the broker its faults when their time comes, and keeps those of the wire and the machine.</summary>
sealed class Mischief
{
    readonly VirtualWorld _world;
    readonly List<Entry> _entries = [];
    readonly SortedDictionary<string, int> _fired = new(StringComparer.Ordinal);
    readonly Dictionary<(string Kind, string State), int> _firedAt = [];

    public Mischief(VirtualWorld world)
    {
        _world = world;
        world.Broker.Plan.Struck += fault =>
        {
            // Those with a symbol are the crowd of other orders that some worlds have, no fault of a schedule.
            if (fault.Symbol is null) Note(fault.Name);
        };
    }

    /// <summary>How often each fault has struck.</summary>
    public IReadOnlyDictionary<string, int> Fired => _fired;

    /// <summary>The same by the state of the newest order at that moment.</summary>
    public IReadOnlyDictionary<(string Kind, string State), int> FiredAt => _firedAt;

    /// <summary>When anything but the market's data was last tampered with, or will have been: a connection that is down is so until then.</summary>
    public DateTimeOffset LastStruck { get; private set; }

    public void Arm(PlannedFault fault)
    {
        var kind = FaultTable.Find(fault.Kind) ?? throw new ArgumentException($"there is no fault '{fault.Kind}'");
        if (fault.IsAtInstant) _world.Clock.After(TimeSpan.FromSeconds(fault.Number), null, () => Begin(kind, fault));
        else if (kind.Maker == FaultMaker.Broker) _world.Broker.AddFault(ForBroker(fault) with { Call = fault.At, Skip = (int)fault.Number - 1 });
        else _entries.Add(new Entry(fault, null) { Skip = (int)fault.Number - 1 });
    }

    /// <summary>Counts an occasion; the fault when it strikes now, null otherwise.</summary>
    public PlannedFault? Strike(string kind, string occasion)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.Fault.Kind != kind || entry.Ends <= _world.Clock.Now || !(entry.Fault.IsAtInstant || entry.Fault.At == occasion)) continue;
            if (entry.Skip-- > 0) continue;
            if (entry.Ends is null && ++entry.Struck >= entry.Fault.Times) _entries.RemoveAt(i);
            Note(kind);
            return entry.Fault;
        }
        return null;
    }

    /// <summary>True while the connection is down.</summary>
    public bool IsDown => Lasts("outage") is not null || Lasts("flapping") is { } flapping && IsOddPeriod(flapping);

    /// <summary>How many times longer than usual calls take.</summary>
    public double Slowness => Lasts("slow-hour")?.Fault.Value ?? 1;

    void Begin(FaultKind kind, PlannedFault fault)
    {
        _world.Trace.Add($"fault {Schedule.Text(fault)}");
        switch (kind)
        {
            case { Maker: FaultMaker.Broker }:
                _world.Broker.AddFault(ForBroker(fault) with { Seconds = fault.Seconds, Times = fault.Seconds is null ? fault.Times : null });
                // These two last instead of striking.
                if (kind.Name is "halt" or "closed") Note(kind.Name);
                break;
            case { Maker: FaultMaker.Driver }:
                Note(kind.Name);
                _world.TellDriver(fault);
                break;
            case { Seconds: not null }:
                Note(kind.Name);
                LastStruck = _world.Clock.Now.AddSeconds(fault.Seconds ?? 60);
                _entries.Add(new Entry(fault, LastStruck) { Began = _world.Clock.Now });
                break;
            default:
                Note(kind.Name);
                Trouble.Befall(_world, fault);
                break;
        }
    }

    static Fault ForBroker(PlannedFault fault) => new(fault.Kind) { Value = fault.Value, Text = fault.Text, Times = fault.Times };

    Entry? Lasts(string kind) => _entries.Find(entry => entry.Fault.Kind == kind && entry.Ends > _world.Clock.Now);

    bool IsOddPeriod(Entry flapping) => (long)((_world.Clock.Now - flapping.Began).TotalSeconds / (flapping.Fault.Value ?? 10)) % 2 == 0;

    void Note(string kind)
    {
        _fired[kind] = _fired.GetValueOrDefault(kind) + 1;
        if (!FaultTable.Find(kind)!.IsOfMarket && LastStruck < _world.Clock.Now) LastStruck = _world.Clock.Now;
        var cell = (kind, _world.NewestState());
        _firedAt[cell] = _firedAt.GetValueOrDefault(cell) + 1;
    }

    sealed class Entry(PlannedFault fault, DateTimeOffset? ends)
    {
        public PlannedFault Fault { get; } = fault;

        public DateTimeOffset? Ends { get; } = ends;

        public DateTimeOffset Began { get; init; }

        public int Skip { get; set; }

        public int Struck { get; set; }
    }
}
