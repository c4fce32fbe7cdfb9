using EtradeBot.Execution.Disk;

namespace EtradeBot.Execution.World;

/// <summary>The disk as one life of the program has it: with its faults, with the places where the program can die, and dead once it has.</summary>
sealed class ProcessDisk(VirtualWorld world, VirtualProcess process) : IDisk
{
    /// <summary>Usual and longest time of a flush in seconds.</summary>
    const double UsualFlush = 0.002, LongestFlush = 1;

    int _writes;

    public byte[]? Read(string name)
    {
        Step($"read {name}");
        if (world.Mischief.Strike("disk-unreadable", "read") is not null) throw Trouble(name, "read", "Input/output error");
        return world.Disk.Read(name);
    }

    public void Append(string name, ReadOnlySpan<byte> bytes)
    {
        Step($"append {name}, nothing written");
        Begin(name, bytes);
        world.Disk.Add(name, bytes);
        Shake(name);
        Step($"append {name}, written");
        if (world.Mischief.Strike("flush-error", "write") is not null) throw Trouble(name, "written", "Input/output error");
        world.Disk.Flush(name);
        Wait();
        world.Trace.Add("append", name, bytes);
        Step($"append {name}, flushed");
    }

    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        Step($"replace {name}, nothing written");
        Begin(name, []);
        Shake(name);
        Step($"replace {name}, beside the old one");
        var fails = world.Mischief.Strike("flush-error", "write") is not null;
        if (!fails || Luck("replaced")) world.Disk.Put(name, bytes);
        if (fails) throw Trouble(name, "written", "Input/output error");
        Wait();
        world.Trace.Add("replace", name, bytes);
        Step($"replace {name}, done");
    }

    public void Truncate(string name, long length)
    {
        Step($"cut {name}, nothing done");
        if (world.Disk.Read(name) is not { } bytes) throw Trouble(name, "cut", "No such file or directory");
        if (length < 0 || length > bytes.Length) throw new ArgumentOutOfRangeException(nameof(length), length, $"{name} has {bytes.Length} bytes");
        if (world.Mischief.Strike("disk-read-only", "write") is not null) throw Trouble(name, "cut", "Read-only file system");
        var fails = world.Mischief.Strike("flush-error", "write") is not null;
        if (!fails || Luck("cut")) world.Disk.Cut(name, length);
        if (fails) throw Trouble(name, "cut", "Input/output error");
        Wait();
        world.Trace.Add($"cut {name} to {length}");
        Step($"cut {name}, done");
    }

    /// <summary>Faults that leave nothing, or a part, behind.</summary>
    void Begin(string name, ReadOnlySpan<byte> bytes)
    {
        _writes++;
        if (world.Mischief.Strike("disk-read-only", "write") is not null) throw Trouble(name, "written", "Read-only file system");
        if (world.Mischief.Strike("disk-full", "write") is not { } full) return;
        var part = (int)(bytes.Length * Math.Clamp(full.Value ?? 0, 0, 1));
        if (part > 0) world.Disk.Add(name, bytes[..part]);
        throw Trouble(name, "written", "No space left on device");
    }

    /// <summary>What befalls the machine between writing and flushing.</summary>
    void Shake(string name)
    {
        if (world.Mischief.Strike("freeze", "write") is { } freeze) world.Clock.PassFrozen(TimeSpan.FromSeconds(freeze.Value ?? 60));
        if (world.Mischief.Strike("crash", "write") is not null) process.Die($"write of {name}");
    }

    /// <summary>The program waits for its disk, and does nothing else meanwhile.</summary>
    void Wait() => world.Clock.PassFrozen(TimeSpan.FromSeconds(UsualFlush + Draw("flush").HeavyTail(UsualFlush, LongestFlush)));

    void Step(string point)
    {
        if (!process.Survives(point)) throw new ProcessDiedException();
    }

    IOException Trouble(string name, string what, string why)
    {
        world.Trace.Add($"{name} cannot be {what}: {why}");
        return new IOException($"{name} cannot be {what}: {why}");
    }

    bool Luck(string purpose) => Draw(purpose).Chance(0.5);

    Dice Draw(string purpose) => Dice.For(world.Schedule.Seed, purpose, (long)process.Number << 32 | (uint)_writes);
}
