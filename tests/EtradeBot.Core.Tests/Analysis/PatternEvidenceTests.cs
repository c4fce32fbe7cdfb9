using System.Globalization;
using CsCheck;
using EtradeBot.Market;

namespace EtradeBot.Analysis;

public class PatternEvidenceTests
{
    const string Seed = "0N0XIzNsQ0O2";

    static readonly sbyte[] AnyValue = [-100, -80, 0, 0, 0, 80, 100];

    static readonly Gen<(CandleSeries Candles, sbyte[] Values)> AnyColumn =
        AnyCandles.Of(1, 200).SelectMany(candles => Gen.Int[0, 6].Select(i => AnyValue[i]).Array[candles.Count].Select(values => (candles, values)));

    [Fact]
    public void An_independent_count_gives_the_same_numbers()
    {
        var series = GoldenFile.Synthetic.Select(GoldenFile.Candles).ToDictionary(candles => candles.Symbol.Ticker);
        var rows = File.ReadLines(TestFolders.Golden("evidence", "expected.csv")).Skip(2).Select(line => line.Split(',')).ToList();
        Assert.NotEmpty(rows);
        foreach (var cells in rows)
        {
            var candles = series[cells[0]];
            var pattern = Patterns.All.Single(info => info.TaLibName == cells[2]).Pattern;
            var found = PatternEvidence.Of(candles, Patterns.Find(candles, pattern), pattern, Whole(cells[3]), Whole(cells[4]), Whole(cells[1]) - 1);
            Assert.Equal(cells[5..9].Select(Whole), [found.Occurrences, found.Count, found.Rises, found.Falls]);
            double[] actual = [found.RiseInterval.Low, found.RiseInterval.High, found.BaseRate, found.MeanReturn, found.MedianReturn];
            Assert.All(cells[9..14].Zip(actual), pair => Assert.Equal(pair.First.Length == 0 ? double.NaN : double.Parse(pair.First, CultureInfo.InvariantCulture), pair.Second, 1e-11));
        }

        static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
    }

    [Theory] // R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998, table I, method 3
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_s_interval_is_the_published_one(int hits, int count, double low, double high)
    {
        var interval = Wilson.Interval(hits, count, 0.05);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Theory] // Python's statistics.NormalDist().inv_cdf
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400536)]
    [InlineData(0.3, -0.5244005127080407)]
    [InlineData(2.5e-6, -4.564787730280884)]
    [InlineData(1e-15, -7.941345326170995)]
    public void The_normal_quantile_is_right_in_the_middle_and_far_out(double probability, double expected) =>
        Assert.Equal(expected, NormalQuantile.At(probability), 1e-12);

    [Fact]
    public void Later_candles_change_nothing_that_was_known_before() =>
        Gen.Select(AnyColumn, Gen.Int[0, 199], Gen.Int[1, 12], Gen.Int[-1, 1]).Sample((column, cut, horizon, sign) =>
        {
            var last = Math.Min(cut, column.Candles.Count - 1);
            var then = PatternEvidence.Of(column.Candles.Slice(0, last + 1), column.Values.AsSpan(0, last + 1), Pattern.Doji, sign, horizon);
            var later = PatternEvidence.Of(column.Candles, column.Values, Pattern.Doji, sign, horizon, last);
            Assert.Equal(then, later);
        }, seed: Seed, iter: 500);

    [Fact]
    public void Every_counted_window_rose_fell_or_stayed_and_lies_apart_from_the_others() =>
        Gen.Select(AnyColumn, Gen.Int[1, 12], Gen.Int[-1, 1]).Sample((column, horizon, sign) =>
        {
            var (candles, values) = column;
            var found = PatternEvidence.Of(candles, values, Pattern.Doji, sign, horizon);
            var (rises, falls, unchanged, end) = (0, 0, 0, 0);
            for (var i = 0; i + horizon < candles.Count; i++)
            {
                if (values[i] == 0 || (sign != 0 && Math.Sign(values[i]) != sign) || i + 1 <= end) continue;
                end = i + horizon;
                var move = candles.Close[end] - candles.Open[i + 1];
                if (move > 0) rises++;
                else if (move < 0) falls++;
                else unchanged++;
            }
            Assert.Equal((rises, falls, rises + falls + unchanged), (found.Rises, found.Falls, found.Count));
            Assert.InRange(found.Count, found.Occurrences == 0 ? 0 : 1, found.Occurrences);
            var (low, high) = found.RiseInterval;
            Assert.True(found.Count == 0 || (low <= found.RiseRate && found.RiseRate <= high));
        }, seed: Seed, iter: 500);

    [Fact]
    public void The_first_price_is_the_next_open_and_not_the_pattern_s_close()
    {
        // The close of the pattern is 10; the next candle opens at 12 and falls to 11: who reads the pattern loses.
        var candles = Candles((10, 10), (12, 11), (11, 11));
        var found = PatternEvidence.Of(candles, [100, 0, 0], Pattern.Hammer, 1, 1);
        Assert.Equal((1, 0, 1), (found.Count, found.Rises, found.Falls));
        Assert.Equal(11.0 / 12 - 1, found.MeanReturn, 1e-15);
    }

    [Fact]
    public void A_window_that_has_not_ended_counts_nowhere()
    {
        var candles = Candles((10, 10), (10, 11), (11, 12));
        var found = PatternEvidence.Of(candles, [0, 100, 0], Pattern.Hammer, 1, 2);
        Assert.Equal(0, found.Occurrences);
        Assert.Equal((0d, 1d), found.RiseInterval);
        Assert.False(found.IsTold);
        Assert.Equal(1, found.BaseRate);
    }

    [Fact]
    public void Windows_that_overlap_are_told_but_not_counted()
    {
        var candles = Candles((10, 10), (10, 11), (11, 12), (12, 13), (13, 14));
        var found = PatternEvidence.Of(candles, [100, 100, 100, 0, 0], Pattern.Hammer, 1, 2);
        Assert.Equal((3, 2), (found.Occurrences, found.Count));
    }

    [Theory]
    [InlineData(70, 100, true)]
    [InlineData(55, 100, false)]
    [InlineData(30, 100, true)]
    [InlineData(9, 9, true)]
    public void Evidence_is_told_when_the_interval_excludes_the_base_rate(int rises, int count, bool isTold) =>
        Assert.Equal(isTold, Counted(rises, count).IsTold);

    [Fact]
    public void The_score_is_the_distance_of_the_nearer_end_and_0_within_or_for_too_few()
    {
        Assert.Equal(Counted(70, 100).RiseInterval.Low - 0.5, Counted(70, 100).EvidenceScore, 1e-15);
        Assert.Equal(0.5 - Counted(30, 100).RiseInterval.High, Counted(30, 100).EvidenceScore, 1e-15);
        Assert.Equal(0, Counted(55, 100).EvidenceScore);
        Assert.Equal(0, Counted(29, 29).EvidenceScore);
        Assert.True(Counted(30, 30).EvidenceScore > 0);
    }

    [Fact]
    public void Among_many_tests_the_interval_is_wider_and_fewer_are_told()
    {
        var found = Counted(65, 100);
        Assert.True(found.IsTold);
        Assert.False(found.IsToldAmong(5000));
        Assert.True(found.RiseIntervalAmong(5000).Low < found.RiseInterval.Low && found.RiseIntervalAmong(5000).High > found.RiseInterval.High);
        Assert.Equal(0, found.EvidenceScoreAmong(5000));
    }

    [Fact]
    public void Questions_that_make_no_sense_are_refused()
    {
        var candles = Candles((10, 10), (10, 11));
        Assert.Throws<ArgumentException>(() => PatternEvidence.Of(candles, [100], Pattern.Doji, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PatternEvidence.Of(candles, [100, 0], Pattern.Doji, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PatternEvidence.Of(candles, [100, 0], Pattern.Doji, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PatternEvidence.Of(candles, [100, 0], Pattern.Doji, 0, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Counted(1, 2).RiseIntervalAmong(0));
    }

    static PatternEvidence Counted(int rises, int count) => new(Pattern.Hammer, 1, 5) { Occurrences = count, Count = count, Rises = rises, Falls = count - rises, BaseRate = 0.5 };

    static CandleSeries Candles(params (double Open, double Close)[] bodies) => CandleSeries.From(Symbol.Parse("TEST"), Timeframe.D1, new CandleOrigin("by hand"),
        bodies.Select((body, i) => new Candle(MarketCalendar.Nyse.DailyOpen(new DateOnly(2026, 3, 2).AddDays(i)), body.Open, Math.Max(body.Open, body.Close), Math.Min(body.Open, body.Close), body.Close, 1)));
}
