using EtradeBot.Market;

namespace EtradeBot.Analysis;

/// <summary>How often a pattern was followed by a rise or a fall on given candles.</summary>
/// <remarks>
/// <para>An occurrence on candle i is bought at the open of candle i + 1, the first price one can trade at once i has closed, and
/// judged at the close of candle i + <see cref="Horizon"/>. The return is close / open - 1, before costs; a rise is a return above 0,
/// a fall one below. A window that has not ended yet counts nowhere.</para>
/// <para>Windows that overlap share candles: counted each for itself they would repeat one move several times and make every
/// interval too narrow. So occurrences are taken oldest first, and one that follows before the last counted window has ended is left
/// out. <see cref="Count"/> and all that is made of it are of those separate windows; <see cref="Occurrences"/> tells how many there
/// were with the others. Taking them oldest first, later candles never change what was counted before.</para>
/// <para>The base rate is made of all windows of the series, overlapping ones included, as it needs no interval of its own: it has
/// many times the windows of any pattern and is taken as known.</para>
/// </remarks>
/// <param name="Direction">Which values were asked for: 1 above 0, -1 below, 0 both (patterns whose sign says nothing of direction).</param>
/// <param name="Horizon">Candles from the first one after the pattern to the one at whose close the result is read; 1 at least.</param>
public sealed record PatternEvidence(Pattern Pattern, int Direction, int Horizon)
{
    /// <summary>Fewer separate windows than this are too few to speak of a rate.</summary>
    public const int Enough = 30;

    /// <summary>Share of unlucky intervals that is accepted: 95 of 100 hold the true rate.</summary>
    const double Error = 0.05;

    /// <summary>Finished windows, overlapping ones included; never less than <see cref="Count"/>.</summary>
    public int Occurrences { get; init; }

    /// <summary>Finished windows that share no candle: rises, falls and unchanged ones.</summary>
    public int Count { get; init; }

    public int Rises { get; init; }

    public int Falls { get; init; }

    /// <summary>Share of rises after any candle of the same series over the same horizon; NaN where no window has ended.</summary>
    public double BaseRate { get; init; } = double.NaN;

    /// <summary>Mean return of the counted windows, a fraction before costs; NaN for none.</summary>
    public double MeanReturn { get; init; } = double.NaN;

    /// <summary>Median return of the counted windows, a fraction before costs; NaN for none.</summary>
    public double MedianReturn { get; init; } = double.NaN;

    /// <summary>Share of rises among the counted windows; NaN for none.</summary>
    public double RiseRate => Count == 0 ? double.NaN : (double)Rises / Count;

    /// <summary>Where the true share of rises lies with 95 %: Wilson's score interval.</summary>
    public (double Low, double High) RiseInterval => RiseIntervalAmong(1);

    /// <summary>True from <see cref="Enough"/> separate windows on.</summary>
    public bool IsEnough => Count >= Enough;

    /// <summary>True when <see cref="RiseInterval"/> excludes the base rate: after this pattern things went differently from usual.</summary>
    public bool IsTold => IsToldAmong(1);

    /// <summary>For sorting; see <see cref="EvidenceScoreAmong"/>.</summary>
    public double EvidenceScore => EvidenceScoreAmong(1);

    /// <summary>Wilson's interval, so wide that all intervals of as many tests hold their true shares with 95 % together (Bonferroni's correction).</summary>
    /// <remarks>E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927. Unlike the
    /// textbook's interval it stays within 0 and 1 and holds what it promises for few cases and rates near the ends.</remarks>
    /// <param name="tests">How many patterns, symbols and timeframes were looked at, this one included; 1 at least.</param>
    public (double Low, double High) RiseIntervalAmong(int tests)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tests, 1);
        return Wilson.Interval(Rises, Count, Error / tests);
    }

    /// <summary>As <see cref="IsTold"/>, by the interval of <see cref="RiseIntervalAmong"/>.</summary>
    /// <inheritdoc cref="RiseIntervalAmong" path="/param"/>
    public bool IsToldAmong(int tests)
    {
        var (low, high) = RiseIntervalAmong(tests);
        return BaseRate < low || BaseRate > high;
    }

    /// <summary>The least difference from the usual that the interval leaves open: the distance of its nearer end from the base rate,
    /// 0 where it holds the base rate, and 0 below <see cref="Enough"/> windows.</summary>
    /// <remarks>A lower bound of |share of rises - base rate|: a big difference seen a few times does not outrank a smaller one seen often.</remarks>
    /// <inheritdoc cref="RiseIntervalAmong" path="/param"/>
    public double EvidenceScoreAmong(int tests)
    {
        var (low, high) = RiseIntervalAmong(tests);
        if (!IsEnough || double.IsNaN(BaseRate)) return 0;
        return Math.Max(0, Math.Max(low - BaseRate, BaseRate - high));
    }

    /// <param name="values">The pattern's column for these candles, as of <see cref="Patterns.Find"/>.</param>
    /// <param name="sign">As <see cref="Direction"/>.</param>
    /// <param name="until">Index of the last candle that had closed when the question was asked; null: the series' last.</param>
    /// <exception cref="ArgumentException">The column is not as long as the candles.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A horizon below 1, a sign other than -1, 0 and 1, or no such candle.</exception>
    public static PatternEvidence Of(CandleSeries candles, ReadOnlySpan<sbyte> values, Pattern pattern, int sign, int horizon = 5, int? until = null)
    {
        ArgumentNullException.ThrowIfNull(candles);
        if (values.Length != candles.Count) throw new ArgumentException($"{values.Length} values for {candles.Count} candles", nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (sign is < -1 or > 1) throw new ArgumentOutOfRangeException(nameof(sign), sign, "a direction is -1, 0 or 1");
        if (until is { } last && (uint)last >= (uint)candles.Count) throw new ArgumentOutOfRangeException(nameof(until), last, $"the candles go from 0 to {candles.Count - 1}");
        // The last candle whose window has ended.
        var end = (until ?? candles.Count - 1) - horizon;
        var evidence = new PatternEvidence(pattern, sign, horizon) { BaseRate = RisesAfterAny(candles, horizon, end) };
        return evidence.Counted(candles, values, end);
    }

    static double RisesAfterAny(CandleSeries candles, int horizon, int end)
    {
        if (end < 0) return double.NaN;
        var open = candles.Open.Slice(1, end + 1);
        var close = candles.Close.Slice(horizon, end + 1);
        var rises = 0;
        for (var i = 0; i < open.Length; i++) rises += close[i] > open[i] ? 1 : 0;
        return (double)rises / open.Length;
    }

    PatternEvidence Counted(CandleSeries candles, ReadOnlySpan<sbyte> values, int end)
    {
        var returns = new List<double>();
        int occurrences = 0, rises = 0, falls = 0;
        var free = 0; // the first candle whose window shares none with the last counted one
        for (var i = 0; i <= end; i++)
        {
            if (values[i] == 0 || values[i] * Direction < 0) continue;
            occurrences++;
            if (i < free) continue;
            free = i + Horizon;
            double bought = candles.Open[i + 1], judged = candles.Close[i + Horizon];
            if (judged > bought) rises++;
            if (judged < bought) falls++;
            returns.Add(judged / bought - 1);
        }
        if (returns.Count == 0) return this;
        returns.Sort();
        var median = (returns[(returns.Count - 1) / 2] + returns[returns.Count / 2]) / 2;
        return this with { Occurrences = occurrences, Count = returns.Count, Rises = rises, Falls = falls, MeanReturn = returns.Average(), MedianReturn = median };
    }
}
