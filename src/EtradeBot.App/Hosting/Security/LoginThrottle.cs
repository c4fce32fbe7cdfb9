using System.Net;
using System.Net.Sockets;

namespace EtradeBot.App.Hosting.Security;

/// <summary>Slows guessing down without ever locking a name: failures count for a name from an address, and for the address. Safe for several threads.</summary>
/// <remarks>Who guesses from one address delays nobody at another. On loopback the delay stays short, so that the owner at the machine always gets in.
/// Guessing from very many addresses is left to long passwords and the second factor: whatever stopped it would lock the owner out as well.</remarks>
sealed class LoginThrottle(TimeProvider time)
{
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LongestOnLoopback = TimeSpan.FromSeconds(4);

    const int FreeForName = 3;
    const int FreeForAddress = 10;
    const int MostKept = 20_000;

    static readonly TimeSpan Forgotten = TimeSpan.FromHours(2);

    readonly Lock _gate = new();
    readonly Dictionary<string, (int Failures, DateTimeOffset LastAt)> _tries = [];

    /// <summary>Counts a try as failed before it is judged, so that many at once are not all free; <see cref="Succeeded"/> takes it back.</summary>
    /// <returns>How long to wait before the next try; null: this one may go on.</returns>
    public TimeSpan? Begin(string user, IPAddress address)
    {
        var (pair, whole) = Keys(user, address);
        lock (_gate)
        {
            var left = new[] { Left(pair, FreeForName, address), Left(whole, FreeForAddress, address) }.Max();
            if (left > TimeSpan.Zero) return left;
            Count(pair, 1);
            Count(whole, 1);
            return null;
        }
    }

    /// <summary>The login is complete: the name is free of its failures at this address, the address of the last one only.</summary>
    public void Succeeded(string user, IPAddress address)
    {
        var (pair, whole) = Keys(user, address);
        lock (_gate)
        {
            _tries.Remove(pair);
            Count(whole, -1);
        }
    }

    /// <summary>A try that was right so far (the password of a user with a second factor) is not a failure, and no success either.</summary>
    public void TakeBack(string user, IPAddress address)
    {
        var (pair, whole) = Keys(user, address);
        lock (_gate)
        {
            Count(pair, -1);
            Count(whole, -1);
        }
    }

    TimeSpan Left(string key, int free, IPAddress address)
    {
        if (!_tries.TryGetValue(key, out var tries) || tries.Failures < free) return TimeSpan.Zero;
        var longest = IPAddress.IsLoopback(address) ? LongestOnLoopback : LongestDelay;
        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(tries.Failures - free, 20)), longest.TotalSeconds));
        return tries.LastAt + delay - time.GetUtcNow();
    }

    void Count(string key, int change)
    {
        var now = time.GetUtcNow();
        var failures = _tries.TryGetValue(key, out var tries) && now - tries.LastAt < Forgotten ? tries.Failures : 0;
        if (failures + change <= 0) _tries.Remove(key);
        else _tries[key] = (failures + change, change > 0 ? now : tries.LastAt);
        if (_tries.Count > MostKept) Trim(now);
    }

    /// <summary>Forgets what is old, then whatever has the fewest failures: a guesser is remembered longest.</summary>
    void Trim(DateTimeOffset now)
    {
        foreach (var (key, _) in _tries.Where(entry => now - entry.Value.LastAt >= Forgotten).ToArray()) _tries.Remove(key);
        foreach (var (key, _) in _tries.OrderBy(entry => entry.Value.Failures).ThenBy(entry => entry.Value.LastAt).Take(_tries.Count - (MostKept / 2)).ToArray()) _tries.Remove(key);
    }

    /// <summary>One line of a provider holds a /64 of IPv6: that counts as one address.</summary>
    static (string Pair, string Whole) Keys(string user, IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var whole = IPAddress.IsLoopback(address) ? "loopback"
            : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
        return ($"{whole}\n{user.Trim().ToUpperInvariant()}", whole);
    }
}
