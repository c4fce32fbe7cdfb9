namespace EtradeBot.Simulator.Protocol.OAuth;

/// <summary>Nonces seen within the time that stamps are good for. Holds a bounded number: the oldest second goes first.</summary>
sealed class NonceMemory(int capacity = NonceMemory.UsualCapacity)
{
    const int UsualCapacity = 200_000;

    readonly SortedDictionary<long, HashSet<string>> _bySecond = [];

    public int Count { get; private set; }

    /// <summary>False when the nonce came with that stamp before.</summary>
    public bool TryRemember(long timestamp, string nonce)
    {
        if (!_bySecond.TryGetValue(timestamp, out var nonces)) _bySecond[timestamp] = nonces = new HashSet<string>(StringComparer.Ordinal);
        if (!nonces.Add(nonce)) return false;
        Count++;
        while (Count > capacity) ForgetOldest();
        return true;
    }

    /// <summary>Stamps before that second are refused for their age, so that their nonces need no memory.</summary>
    public void ForgetBefore(long timestamp)
    {
        while (_bySecond.Count > 0 && _bySecond.First().Key < timestamp) ForgetOldest();
    }

    void ForgetOldest()
    {
        var (second, nonces) = _bySecond.First();
        _bySecond.Remove(second);
        Count -= nonces.Count;
    }
}
