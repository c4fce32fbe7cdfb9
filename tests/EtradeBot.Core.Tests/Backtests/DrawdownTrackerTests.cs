using CsCheck;

namespace EtradeBot.Backtests;

public class DrawdownTrackerTests
{
    // Few different prices make peaks that are met again exactly; long levels make stretches in which nothing moves.
    static readonly Gen<double[]> Curves = Gen.OneOf(
        Gen.Int[1, 6].Select(i => (double)i).Array[1, 900],
        Gen.Select(Gen.Int[1, 6], Gen.OneOf(Gen.Int[1, 700], Gen.Int[1, 3].Select(i => i * ReturnColumn.Chunk))).Array[1, 5].Select(levels => levels.SelectMany(level => Enumerable.Repeat((double)level.Item1, level.Item2)).ToArray()),
        Gen.Double[0.5, 1000].Array[1, 900],
        Gen.ULong.Select(seed => Runs.Walk(seed, 900, 0.001, 0.01)));

    [Fact]
    public void Falls_equal_those_found_candle_by_candle() => Curves.Sample(values =>
    {
        var tracker = Track(3, values);
        var falls = OneByOne(3, values);
        var deepest = falls.Count == 0 ? (Fall?)null : falls.MaxBy(fall => fall.Depth);
        var longest = falls.Count == 0 ? (Fall?)null : falls.MaxBy(fall => (fall.RecoveredAt ?? values.Length - 1) - fall.PeakAt);
        return tracker.Count == falls.Count && tracker.Deepest == deepest && tracker.Longest == longest
            && Math.Abs(tracker.MeanDepth - (falls.Count == 0 ? 0 : falls.Average(fall => fall.Depth))) < 1e-12;
    });

    [Fact]
    public void The_depth_of_a_positive_curve_lies_between_0_and_1() =>
        Curves.Sample(values => Track(3, values).MaxDepth is >= 0 and < 1);

    static DrawdownTracker Track(double start, double[] values)
    {
        var tracker = new DrawdownTracker(start);
        for (var at = 0; at < values.Length; at += ReturnColumn.Chunk)
        {
            var chunk = values.AsSpan(at, Math.Min(ReturnColumn.Chunk, values.Length - at));
            var (min, max, _) = ReturnColumn.Range(chunk);
            tracker.Add(chunk, at, min, max);
        }
        tracker.Finish(values.Length);
        return tracker;
    }

    static List<Fall> OneByOne(double start, double[] values)
    {
        var falls = new List<Fall>();
        var peak = start;
        var peakAt = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < peak)
            {
                var recovered = Array.FindIndex(values, i, value => value >= peak);
                var under = values[i..(recovered < 0 ? values.Length : recovered)];
                falls.Add(new Fall(peak, under.Min(), peakAt, i + Array.IndexOf(under, under.Min()), recovered < 0 ? null : recovered));
                if (recovered < 0) break;
                i = recovered;
            }
            peak = values[i];
            peakAt = i;
        }
        return falls;
    }
}
