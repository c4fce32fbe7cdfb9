namespace EtradeBot.Simulator.Market;

/// <summary>Prints of the hours before the open or after the close, kept one by one since they are few.</summary>
sealed class ThinPrints
{
    /// <summary>One print in each such slot.</summary>
    const long Slot = 5 * TimeSpan.TicksPerMinute;

    /// <summary>A print comes in the first four minutes of its slot, a second after its start at the earliest.</summary>
    const int SpanMilliseconds = 239_000;

    readonly long[] _at;
    readonly double[] _price;
    readonly long[] _volume;

    ThinPrints(int capacity) => (_at, _price, _volume) = (new long[capacity], new double[capacity], new long[capacity]);

    public static ThinPrints None { get; } = new(0);

    public int Count { get; private set; }

    public long At(int i) => _at[i];

    public double Price(int i) => _price[i];

    /// <summary>Shares of the first so many prints.</summary>
    public long VolumeOf(int count) => count == 0 ? 0 : _volume[count - 1];

    public int CountUpTo(long ticks)
    {
        var i = Array.BinarySearch(_at, 0, Count, ticks);
        return i >= 0 ? i + 1 : ~i;
    }

    /// <summary>Invented prints on a wandering way from one price to another; a print trades one to sixty millionths of the day's volume for each minute of its slot.</summary>
    public static ThinPrints Between((long From, long To) hours, (double From, double To) price, long dayVolume, ulong seed)
    {
        var count = (int)((hours.To - hours.From) / Slot);
        var prints = new ThinPrints(count);
        for (var i = 0; i < count; i++)
        {
            var draw = MinuteWalk.Mix(seed + (ulong)i);
            var at = hours.From + i * Slot + (1000 + (long)(draw % SpanMilliseconds)) * TimeSpan.TicksPerMillisecond;
            var line = price.From + (price.To - price.From) * (i + 1) / (count + 1);
            var wander = ((draw >> 32 & 0xFFFF) / 65_535.0 - 0.5) * 0.002;
            prints.Add(at, Math.Max(0.0001, Cents.Near(line * (1 + wander))), 1 + (long)(dayVolume * 5e-6 * (1 + (draw >> 50) % 60)));
        }
        return prints;
    }

    /// <summary>The walks of given candles outside the regular session.</summary>
    public static ThinPrints Of(in MinuteSlice minutes, ulong seed)
    {
        if (minutes.Count == 0) return None;
        var prints = new ThinPrints(minutes.Count * MinuteWalk.Prints);
        for (var m = 0; m < minutes.Count; m++)
        {
            var walk = minutes.Walk(m, seed);
            var volume = minutes.Volume(m);
            for (var k = 0; k < MinuteWalk.Prints; k++)
                prints.Add(minutes.OpenTicks(m) + walk.Offset(k), walk.Price(k), MinuteWalk.Volume(volume, k + 1) - MinuteWalk.Volume(volume, k));
        }
        return prints;
    }

    void Add(long at, double price, long volume)
    {
        var i = Count++;
        (_at[i], _price[i]) = (at, price);
        _volume[i] = volume + (i == 0 ? 0 : _volume[i - 1]);
    }
}
