namespace EtradeBot.Simulator.Market;

/// <summary>The way the price takes through one candle of a minute: twelve prints, the same ones whenever they are asked for.</summary>
/// <remarks>
/// <para>Print 0 comes with the candle, at its open. Print k comes 5k seconds later and a drawn part of the next three seconds, so a
/// price stands for two seconds at least and whoever looks every second sees each. The last one is the close, two seconds or more
/// before the candle ends.</para>
/// <para>One of the prints 1 to 4 is the extreme nearer to the open (in a tie: the low of a white candle, the high of a black one),
/// one of 6 to 9 the other extreme. The others lie on the straight line between these with a drawn deviation of up to a fifth of
/// the candle's range, within its range, on a cent where that is possible.</para>
/// <para>Each print has a fixed share of the volume, rounded so that all of them add up to it; the rest of a few shares comes last.</para>
/// </remarks>
readonly struct MinuteWalk
{
    /// <summary>Prints of a candle.</summary>
    public const int Prints = 12;

    const int Last = Prints - 1;
    const int Step = 5000; // ms
    const int Jitter = 96; // ms, times 0 to 31

    /// <summary>Sixty-fourths of the volume that have traded after so many prints.</summary>
    static readonly int[] Shares = [0, 10, 15, 20, 24, 29, 33, 38, 43, 47, 52, 56, 64];

    readonly double _open, _first, _second, _close;
    readonly double _low, _high;
    readonly int _firstAt, _secondAt;
    readonly ulong _jitter, _noise;

    /// <param name="seed">Draws the walk: different for each symbol and minute.</param>
    public MinuteWalk(double open, double high, double low, double close, ulong seed)
    {
        (_open, _low, _high, _close) = (open, low, high, close);
        (_first, _second) = IsLowFirst(open, high, low, close) ? (low, high) : (high, low);
        _jitter = Mix(seed);
        _noise = Mix(_jitter);
        _firstAt = 1 + (int)(_noise >> 60) % 4;
        _secondAt = 6 + (int)(_jitter >> 60) % 4;
    }

    /// <summary>True when the low comes before the high.</summary>
    public static bool IsLowFirst(double open, double high, double low, double close)
    {
        double up = high - open, down = open - low;
        return down < up || (down == up && close >= open);
    }

    /// <summary>Shares of the candle's volume traded with that many prints.</summary>
    public static long Volume(long total, int prints) =>
        (total >> 6) * Shares[prints] + (((total & 63) * Shares[prints]) >> 6);

    /// <summary>A number in which every bit depends on every bit of the seed.</summary>
    public static ulong Mix(ulong seed)
    {
        var z = seed + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Ticks (100 ns) from the candle's open to print <paramref name="k"/>.</summary>
    public long Offset(int k) =>
        k == 0 ? 0 : (k * Step + (int)(_jitter >> (5 * (k - 1)) & 31) * Jitter) * TimeSpan.TicksPerMillisecond;

    public double Price(int k)
    {
        if (k == 0) return _open;
        if (k == _firstAt) return _first;
        if (k == _secondAt) return _second;
        if (k == Last) return _close;
        if (k < _firstAt) return Between(k, (0, _open), (_firstAt, _first));
        return k < _secondAt ? Between(k, (_firstAt, _first), (_secondAt, _second)) : Between(k, (_secondAt, _second), (Last, _close));
    }

    /// <summary>Prints up to and with that many ticks after the candle's open, from 0 on.</summary>
    public int CountUpTo(long offset)
    {
        var k = (int)Math.Min(offset / (Step * TimeSpan.TicksPerMillisecond), Last);
        return Offset(k) <= offset ? k + 1 : k;
    }

    double Between(int k, (int At, double Price) from, (int At, double Price) to)
    {
        var deviation = ((int)(_noise >> (5 * (k - 1)) & 31) - 15.5) / 77.5;
        var price = from.Price + (to.Price - from.Price) * (k - from.At) / (to.At - from.At) + deviation * (_high - _low);
        return Math.Clamp(Cents.Near(price), _low, _high);
    }
}
