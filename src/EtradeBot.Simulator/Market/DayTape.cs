using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>What a day leaves to the next: its last regular price, when that traded, and its volume.</summary>
readonly record struct DayEnd(double Close, long TradedAt, long Volume);

/// <summary>What stands on the board after some of a day's prints. Prices are 0 where there is none; volume counts from 04:00.</summary>
readonly record struct BoardState(double Last, long LastAt, double Open, double High, double Low, long Volume, (double Last, long At)? Extended);

/// <summary>One trading day of one symbol as prints, numbered in order: before the open, regular, after the close. Regular prints are worked out from their candle when asked for.</summary>
sealed class DayTape
{
    readonly MinuteSlice _minutes;
    readonly ThinPrints _before, _after;
    readonly double[] _highs, _lows;
    readonly long[] _volumes;
    readonly ulong _seed;
    readonly int _regular;

    /// <param name="previous">Null when nothing traded before; the first open then stands in for the close before it.</param>
    /// <param name="seed">Of the symbol.</param>
    public DayTape(in TradingHours hours, CandleColumns minutes, DayEnd? previous, (ulong Seed, bool HasThinHours) seed)
    {
        (Hours, _seed) = (hours, seed.Seed);
        var open = FirstFrom(minutes, hours.Open);
        var close = FirstFrom(minutes, hours.Close);
        _minutes = new MinuteSlice(minutes, open, close);
        _regular = _minutes.Count * MinuteWalk.Prints;
        (_highs, _lows, _volumes) = Running(_minutes);
        if (seed.HasThinHours && _minutes.Count > 0)
        {
            var (first, last) = (_minutes.Open(0), _minutes.Close(_minutes.Count - 1));
            var daySeed = MinuteWalk.Mix(_seed ^ (ulong)hours.Day.DayNumber);
            _before = ThinPrints.Between((hours.Start, hours.Open), (previous?.Close ?? first, first), _volumes[^1], daySeed);
            _after = ThinPrints.Between((hours.Close, hours.End), (last, last), _volumes[^1], ~daySeed);
        }
        else
        {
            _before = ThinPrints.Of(new(minutes, 0, open), _seed);
            _after = ThinPrints.Of(new(minutes, close, minutes.Count), _seed);
        }
        Previous = previous;
        HalfSpread = Cents.HalfSpread(previous?.Volume ?? _volumes[^1]);
    }

    public TradingHours Hours { get; }

    public DayEnd? Previous { get; }

    /// <summary>Half of the spread as a fraction of the price.</summary>
    public double HalfSpread { get; }

    public int Count => _before.Count + _regular + _after.Count;

    /// <summary>Prints up to and with the instant.</summary>
    public int CountUpTo(long ticks)
    {
        if (ticks < Hours.Open || (_regular == 0 && ticks < Hours.Close)) return _before.CountUpTo(ticks);
        if (ticks >= Hours.Close) return _before.Count + _regular + _after.CountUpTo(ticks);
        var m = _minutes.LastOpened(ticks);
        return _before.Count + (m < 0 ? 0 : m * MinuteWalk.Prints + _minutes.Walk(m, _seed).CountUpTo(ticks - _minutes.OpenTicks(m)));
    }

    /// <summary>A print; its half spread is for the price as it stands here.</summary>
    public Print Print(int i)
    {
        if (i < _before.Count) return Thin(_before, i, MarketPhase.PreMarket);
        i -= _before.Count;
        if (i >= _regular) return Thin(_after, i - _regular, MarketPhase.AfterHours);
        var (m, k) = Math.DivRem(i, MinuteWalk.Prints);
        var walk = _minutes.Walk(m, _seed);
        var volume = MinuteWalk.Volume(_minutes.Volume(m), k + 1) - MinuteWalk.Volume(_minutes.Volume(m), k);
        return Of((_minutes.OpenTicks(m) + walk.Offset(k), walk.Price(k)), volume, MarketPhase.Regular);
    }

    /// <summary>The board after the first <paramref name="count"/> prints.</summary>
    public BoardState After(int count)
    {
        var before = Math.Min(count, _before.Count);
        var regular = Math.Min(count - before, _regular);
        var after = count - before - regular;
        var thin = _before.VolumeOf(before) + _after.VolumeOf(after);
        if (regular == 0)
        {
            (double, long)? last = before > 0 ? (_before.Price(before - 1), _before.At(before - 1)) : null;
            if (after > 0) last = (_after.Price(after - 1), _after.At(after - 1));
            return new(Previous?.Close ?? 0, Previous?.TradedAt ?? 0, 0, 0, 0, thin, last);
        }
        var state = Regular(regular);
        state = state with { Volume = state.Volume + thin };
        return after == 0 ? state : state with { Extended = (_after.Price(after - 1), _after.At(after - 1)) };
    }

    static int FirstFrom(CandleColumns minutes, long ticks)
    {
        var i = Array.BinarySearch(minutes.OpenTimes, 0, minutes.Count, ticks);
        return i >= 0 ? i : ~i;
    }

    /// <summary>High, low and volume of the first 0, 1, 2, ... candles.</summary>
    static (double[] Highs, double[] Lows, long[] Volumes) Running(in MinuteSlice minutes)
    {
        var count = minutes.Count;
        double[] highs = new double[count + 1], lows = new double[count + 1];
        var volumes = new long[count + 1];
        (highs[0], lows[0]) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var m = 0; m < count; m++)
        {
            highs[m + 1] = Math.Max(highs[m], minutes.High(m));
            lows[m + 1] = Math.Min(lows[m], minutes.Low(m));
            volumes[m + 1] = volumes[m] + minutes.Volume(m);
        }
        return (highs, lows, volumes);
    }

    BoardState Regular(int count)
    {
        var (m, prints) = Math.DivRem(count - 1, MinuteWalk.Prints);
        prints++;
        var walk = _minutes.Walk(m, _seed);
        double high = _highs[m], low = _lows[m], price = 0;
        for (var k = 0; k < prints; k++)
        {
            price = walk.Price(k);
            high = Math.Max(high, price);
            low = Math.Min(low, price);
        }
        var volume = _volumes[m] + MinuteWalk.Volume(_minutes.Volume(m), prints);
        return new(price, _minutes.OpenTicks(m) + walk.Offset(prints - 1), _minutes.Open(0), high, low, volume, null);
    }

    Print Thin(ThinPrints prints, int i, MarketPhase phase) =>
        Of((prints.At(i), prints.Price(i)), prints.VolumeOf(i + 1) - prints.VolumeOf(i), phase);

    Print Of((long At, double Price) print, long volume, MarketPhase phase) =>
        new(new(print.At, TimeSpan.Zero), print.Price, volume, Cents.HalfSpread(print.Price, HalfSpread), phase);
}
