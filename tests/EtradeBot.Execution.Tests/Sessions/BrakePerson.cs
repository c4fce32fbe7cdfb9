using EtradeBot.Execution.Disk;
using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Sessions;

/// <summary>In some worlds a person pulls the brake, from the program's own page or from another process, and in some of those lets it go later.</summary>
sealed class BrakePerson
{
    readonly VirtualWorld _world;
    readonly Testimony _testimony;
    readonly bool _isInside, _flattens;
    readonly DateTimeOffset? _pulls, _lets;
    bool _isPulled, _isLet;

    public BrakePerson(VirtualWorld world, Testimony testimony, TimeSpan troubled)
    {
        (_world, _testimony) = (world, testimony);
        var dice = Dice.For(world.Schedule.Seed, "brake");
        if (world.Schedule.IsCalm || !dice.Chance(0.25)) return;
        _pulls = world.Schedule.Start + TimeSpan.FromSeconds(dice.Between(0.1, 0.9) * troubled.TotalSeconds);
        if (dice.Chance(0.5)) _lets = _pulls + TimeSpan.FromSeconds(dice.Between(20, 120));
        (_isInside, _flattens) = (dice.Chance(0.6), dice.Chance(0.4));
        if (_isInside) return;
        if (dice.Chance(0.5))
        {
            PullAtPreview(1 + dice.Below(8));
            return;
        }
        world.Clock.After(_pulls.Value - world.Clock.Now, null, () => Pull(new KillFlag(new Outside(world.Disk), world.Clock.Truth)));
        if (_lets is { } end) world.Clock.After(end - world.Clock.Now, null, () => Let(new KillFlag(new Outside(world.Disk), world.Clock.Truth)));
    }

    /// <summary>At the program's own page: tried again with each beat until it is surely on the disk.</summary>
    public void Act(KillFlag flag)
    {
        if (!_isInside) return;
        try
        {
            if (!_isPulled && _world.Clock.Now >= _pulls) Pull(flag);
            else if (_isPulled && !_isLet && _world.Clock.Now >= _lets) Let(flag);
        }
        catch (IOException)
        {
            // The person is told, and presses again.
        }
    }

    /// <summary>The worst moment: the order has passed its first check, and is about to leave.</summary>
    void PullAtPreview(int number) => _world.Left += sent =>
    {
        if (sent is { Call: "preview", IsEntry: true } && --number == 0) Pull(new KillFlag(new Outside(_world.Disk), _world.Clock.Truth));
    };

    void Pull(KillFlag flag)
    {
        flag.Raise("a person", "test", _flattens);
        _isPulled = true;
        _testimony.Halts.Add((_world.Clock.Now, null));
        _world.Trace.Add("the brake is pulled");
    }

    void Let(KillFlag flag)
    {
        // From here on it may count as let go, even if the disk then refuses to confirm it.
        if (_testimony.Halts is [.., var (from, to)] && to is null) _testimony.Halts[^1] = (from, _world.Clock.Now);
        flag.Clear("a person");
        _isLet = true;
        _world.Trace.Add("the brake is let go");
    }

    /// <summary>The same folder, from a process that nothing befalls.</summary>
    sealed class Outside(VirtualDisk disk) : IDisk
    {
        public byte[]? Read(string name) => disk.Read(name);

        public void Append(string name, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public void Replace(string name, ReadOnlySpan<byte> bytes) => disk.Put(name, bytes);

        public void Truncate(string name, long length) => throw new NotSupportedException();
    }
}
