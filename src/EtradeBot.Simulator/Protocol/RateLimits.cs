using EtradeBot.Simulator.Protocol.Routes;

namespace EtradeBot.Simulator.Protocol;

/// <summary>The broker's limits on requests: a few a second and some thousand an hour, for each module apart.</summary>
/// <remarks>
/// Time is the simulated one, or the customer's where that has gone further: with the simulated clock paused nobody could
/// ever call again. How the broker counts a second is not
/// known, and programs that place three requests in a row work: a bucket holds the requests of some seconds and fills evenly. The hour
/// begins with its first request.
/// </remarks>
/// <param name="burst">Seconds whose requests may come at once.</param>
sealed class RateLimits(TimeProvider clock, TimeProvider wall, double burst)
{
    /// <summary>What clients match on, word for word.</summary>
    public const string Refusal = "Number of requests exceeded the rate limit set";

    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    readonly Dictionary<Module, Bucket> _buckets = new()
    {
        [Module.Accounts] = new Bucket(2, 7_000, burst),
        [Module.Market] = new Bucket(4, 14_000, burst),
        [Module.Orders] = new Bucket(2, 7_000, burst),
        [Module.User] = new Bucket(2, 7_000, burst),
    };

    DateTimeOffset _simulated = clock.GetUtcNow();
    DateTimeOffset _real = wall.GetUtcNow();
    TimeSpan _passed;

    /// <summary>Counts a request; false when it is one too many.</summary>
    public bool TryEnter(Module module)
    {
        var (simulated, real) = (clock.GetUtcNow(), wall.GetUtcNow());
        var further = simulated - _simulated > real - _real ? simulated - _simulated : real - _real;
        if (further > TimeSpan.Zero) _passed += further;
        (_simulated, _real) = (simulated, real);
        return _buckets[module].TryTake(_passed);
    }

    sealed class Bucket(int aSecond, int anHour, double burst)
    {
        double _tokens = aSecond * burst;
        TimeSpan _filledAt;
        TimeSpan _hourBegan;
        int _inHour;

        public bool TryTake(TimeSpan now)
        {
            _tokens = Math.Min(aSecond * burst, _tokens + (now - _filledAt).TotalSeconds * aSecond);
            _filledAt = now;
            if (now - _hourBegan >= Hour) (_hourBegan, _inHour) = (now, 0);
            // Sums of thirds of a second fall short of a whole by a hair.
            if (_tokens < 1 - 1e-9 || _inHour >= anHour) return false;
            _tokens--;
            _inHour++;
            return true;
        }
    }
}
