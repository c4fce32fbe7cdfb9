using System.Buffers.Binary;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>What a chart fetches, as little-endian blocks: one block for each column, so that a browser reads them without parsing.</summary>
static class ChartPages
{
    /// <summary>Candles in one answer.</summary>
    public const int Most = 20_000;

    /// <summary>A candle's flags.</summary>
    public const byte Backfilled = 1, Incomplete = 2, AfterHole = 4;

    /// <summary>Open times (8-byte Unix seconds), open, high, low, close, volume (4-byte floats), flags (bytes).</summary>
    public static byte[] Candles(SymbolHistory history, int start, int end)
    {
        var count = end - start;
        var bytes = new byte[count * (8 + 5 * 4 + 1)];
        var candles = history.Candles.Slice(start, count);
        var rest = Times(bytes, candles);
        rest = Floats(rest, candles.Open);
        rest = Floats(rest, candles.High);
        rest = Floats(rest, candles.Low);
        rest = Floats(rest, candles.Close);
        for (var i = 0; i < count; i++, rest = rest[4..]) BinaryPrimitives.WriteSingleLittleEndian(rest, candles.Volume[i]);
        for (var i = 0; i < count; i++) rest[i] = Flags(history, start + i);
        return bytes;
    }

    /// <summary>Open times (8-byte Unix seconds), then the columns of <see cref="ChartAnalysis.Columns"/> (4-byte floats, NaN while warming up).</summary>
    public static byte[] Indicators(SymbolHistory history, int start, int end)
    {
        var columns = ChartAnalysis.Of(history).Columns;
        var bytes = new byte[(end - start) * (8 + 4 * columns.Count)];
        var rest = Times(bytes, history.Candles.Slice(start, end - start));
        foreach (var column in columns) rest = Floats(rest, column.AsSpan(start, end - start));
        return bytes;
    }

    /// <summary>One row for each pattern found: open times (8-byte Unix seconds), the pattern's number (bytes), its value (signed bytes).</summary>
    public static byte[] Patterns(SymbolHistory history, int start, int end)
    {
        var hits = ChartAnalysis.Of(history).Hits(start, end);
        var bytes = new byte[hits.Count * 10];
        var rest = bytes.AsSpan();
        foreach (var hit in hits) rest = Seconds(rest, history.Candles.OpenTicks[hit.Index]);
        foreach (var hit in hits)
        {
            rest[0] = (byte)hit.Pattern;
            rest = rest[1..];
        }
        foreach (var hit in hits)
        {
            rest[0] = (byte)hit.Value;
            rest = rest[1..];
        }
        return bytes;
    }

    public static byte Flags(SymbolHistory history, int index)
    {
        var open = history.Candles.OpenTicks[index];
        byte flags = 0;
        if (history.Quality.TryGetValue(open, out var quality))
        {
            if (quality.IsBackfilled) flags |= Backfilled;
            if (quality.IsIncomplete) flags |= Incomplete;
        }
        if (history.Holes.Count == 0) return flags;
        var before = index > 0 ? history.Candles.OpenTicks[index - 1] : long.MinValue;
        foreach (var hole in history.Holes)
            if (hole.To.UtcTicks > before && hole.To.UtcTicks <= open + history.Candles.Timeframe.Length.Ticks && hole.From.UtcTicks < open && open - before > history.Candles.Timeframe.Length.Ticks) return (byte)(flags | AfterHole);
        return flags;
    }

    static Span<byte> Times(Span<byte> to, CandleSeries candles)
    {
        foreach (var ticks in candles.OpenTicks) to = Seconds(to, ticks);
        return to;
    }

    static Span<byte> Seconds(Span<byte> to, long ticks)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(to, UnixSeconds(ticks));
        return to[8..];
    }

    public static double UnixSeconds(long ticks) => (ticks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    static Span<byte> Floats(Span<byte> to, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(to, (float)value);
            to = to[4..];
        }
        return to;
    }
}
