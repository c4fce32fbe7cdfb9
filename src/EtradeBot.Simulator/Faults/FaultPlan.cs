using EtradeBot.Market;

namespace EtradeBot.Simulator.Faults;

/// <summary>The faults that are set at present. One plan serves all layers; whoever carries a fault out asks for it by name.</summary>
sealed class FaultPlan(TimeProvider time, SeededRandom random)
{
    readonly List<(Fault Fault, DateTimeOffset? Ends, int Passed, int Struck)> _set = [];
    int _lastId;

    /// <summary>Told of each fault as it is set, for those that last instead of striking.</summary>
    public event Action<Fault>? Added;

    /// <summary>Told of each fault that is taken back before its end.</summary>
    public event Action<Fault>? TakenBack;

    /// <summary>Told of each fault as it strikes.</summary>
    public event Action<Fault>? Struck;

    public IReadOnlyList<Fault> Set => [.. _set.Select(entry => entry.Fault)];

    public Fault Add(Fault fault)
    {
        var added = fault with { Id = ++_lastId };
        DateTimeOffset? ends = fault.Seconds is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null;
        _set.Add((added, ends, 0, 0));
        Added?.Invoke(added);
        return added;
    }

    public bool Remove(int id)
    {
        var index = _set.FindIndex(entry => entry.Fault.Id == id);
        if (index < 0) return false;
        var fault = _set[index].Fault;
        _set.RemoveAt(index);
        TakenBack?.Invoke(fault);
        return true;
    }

    public void Clear()
    {
        foreach (var fault in Set) Remove(fault.Id);
    }

    /// <summary>Counts an occasion; the fault when it strikes now, null otherwise.</summary>
    /// <param name="call">Name of the call being served; null: any, for faults of the market.</param>
    public Fault? Strike(string name, string? call = null, string? symbol = null)
    {
        if (_set.Count == 0) return null;
        var now = time.GetUtcNow();
        _set.RemoveAll(entry => entry.Ends <= now);
        for (var i = 0; i < _set.Count; i++)
        {
            var (fault, ends, passed, struck) = _set[i];
            if (fault.Name != name || !Matches(fault, call, symbol)) continue;
            if (passed < fault.Skip)
            {
                _set[i] = (fault, ends, passed + 1, struck);
                continue;
            }
            if (fault.Probability < 1 && random.NextDouble() >= fault.Probability) continue;
            if (fault.Times is { } times && struck + 1 >= times) _set.RemoveAt(i);
            else _set[i] = (fault, ends, passed, struck + 1);
            Struck?.Invoke(fault);
            return fault;
        }
        return null;
    }

    static bool Matches(Fault fault, string? call, string? symbol) =>
        (call is null || fault.Call == "*" || fault.Call == call)
        && (fault.Symbol is null || symbol is null || string.Equals(fault.Symbol, symbol, StringComparison.OrdinalIgnoreCase));
}
