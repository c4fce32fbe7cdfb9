using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EtradeBot.Market;

/// <summary>The closed candles of one symbol and timeframe, oldest first, as columns. Immutable; a slice shares its columns.</summary>
public sealed class CandleSeries
{
    readonly CandleColumns _columns;
    readonly int _start;

    CandleSeries(Symbol symbol, Timeframe timeframe, CandleOrigin origin, CandleColumns columns, int start, int count)
    {
        Symbol = symbol;
        Timeframe = timeframe;
        Origin = origin;
        _columns = columns;
        _start = start;
        Count = count;
    }

    /// <summary>Takes the columns over: the caller must not add to them afterwards.</summary>
    /// <exception cref="CandleDataException">Times do not ascend strictly.</exception>
    public static CandleSeries FromColumns(Symbol symbol, Timeframe timeframe, CandleOrigin origin, CandleColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var times = columns.OpenTimes.AsSpan(0, columns.Count);
        for (var i = 1; i < times.Length; i++)
            if (times[i] <= times[i - 1])
                throw new CandleDataException($"{symbol} {timeframe}: candle {i + 1} at {new DateTimeOffset(times[i], TimeSpan.Zero):O} does not come after the one before it");
        return new CandleSeries(symbol, timeframe, origin, columns, 0, columns.Count);
    }

    public static CandleSeries From(Symbol symbol, Timeframe timeframe, CandleOrigin origin, IEnumerable<Candle> candles)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var columns = new CandleColumns();
        foreach (var candle in candles) columns.Add(candle);
        return FromColumns(symbol, timeframe, origin, columns);
    }

    public Symbol Symbol { get; }

    public Timeframe Timeframe { get; }

    public CandleOrigin Origin { get; }

    public int Count { get; }

    /// <summary>UTC ticks (100 ns since year 1) of each candle's open.</summary>
    public ReadOnlySpan<long> OpenTicks => new(_columns.OpenTimes, _start, Count);

    /// <summary><see cref="OpenTicks"/> for those who keep them.</summary>
    public ReadOnlyMemory<long> OpenTicksMemory => _columns.OpenTimes.AsMemory(_start, Count);

    public ReadOnlySpan<double> Open => new(_columns.Open, _start, Count);

    public ReadOnlySpan<double> High => new(_columns.High, _start, Count);

    public ReadOnlySpan<double> Low => new(_columns.Low, _start, Count);

    public ReadOnlySpan<double> Close => new(_columns.Close, _start, Count);

    public ReadOnlySpan<long> Volume => new(_columns.Volume, _start, Count);

    /// <summary>The columns without a span's cost at every candle; row 0 of the series is at <see cref="Start"/>.</summary>
    internal CandleColumns Columns => _columns;

    internal int Start => _start;

    public Candle this[int index] =>
        new(OpenTime(index), Open[index], High[index], Low[index], Close[index], Volume[index]);

    public DateTimeOffset OpenTime(int index) => new(OpenTicks[index], TimeSpan.Zero);

    /// <summary>The candle's time as files and screens print it; see <see cref="MarketCalendar.Label"/>.</summary>
    public string Label(int index) => MarketCalendar.Nyse.Label(OpenTime(index), Timeframe);

    /// <summary>Candles <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> - 1, sharing memory.</summary>
    public CandleSeries Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + count, Count, nameof(count));
        return new CandleSeries(Symbol, Timeframe, Origin, _columns, _start + start, count);
    }

    /// <summary>This series with one more candle at its end. The series itself stays as it is; both share their memory, so that growing candle by candle costs no copies.</summary>
    /// <exception cref="CandleDataException">The candle does not come after the last one.</exception>
    public CandleSeries Append(in Candle candle)
    {
        if (Count > 0 && candle.OpenTime.UtcTicks <= OpenTicks[^1]) throw new CandleDataException($"{Symbol} {Timeframe}: candle at {candle.OpenTime:O} does not come after the last one");
        lock (_columns)
        {
            if (_start + Count == _columns.Count)
            {
                _columns.Add(candle);
                return new CandleSeries(Symbol, Timeframe, Origin, _columns, _start, Count + 1);
            }
        }
        // Another series has grown over this one's end already.
        var copy = new CandleColumns(Count + 1024);
        for (var i = 0; i < Count; i++) copy.Add(this[i]);
        copy.Add(candle);
        return new CandleSeries(Symbol, Timeframe, Origin, copy, 0, copy.Count);
    }

    /// <summary>Index of the first candle that opens at or after the instant; <see cref="Count"/> when there is none.</summary>
    public int IndexAtOrAfter(DateTimeOffset instant)
    {
        var found = OpenTicks.BinarySearch(instant.UtcTicks);
        return found >= 0 ? found : ~found;
    }

    /// <summary>Same candles under another name or origin.</summary>
    public CandleSeries With(Symbol symbol, CandleOrigin origin) => new(symbol, Timeframe, origin, _columns, _start, Count);

    /// <summary>SHA-256 over the six columns as little-endian bytes, in lower-case hexadecimal: equal candles, equal hash.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(OpenTicks));
        hash.AppendData(MemoryMarshal.AsBytes(Open));
        hash.AppendData(MemoryMarshal.AsBytes(High));
        hash.AppendData(MemoryMarshal.AsBytes(Low));
        hash.AppendData(MemoryMarshal.AsBytes(Close));
        hash.AppendData(MemoryMarshal.AsBytes(Volume));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
