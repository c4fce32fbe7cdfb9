namespace EtradeBot.Backtests;

/// <summary>The middle share of resampled histories.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>An interval that could not be computed.</summary>
    public static Interval None { get; } = new(double.NaN, double.NaN);

    public bool IsKnown => double.IsFinite(Low) && double.IsFinite(High);

    public bool Covers(double value) => Low <= value && value <= High;
}

/// <summary>Intervals from histories put together at random from blocks of the real one.</summary>
/// <remarks>
/// The circular block bootstrap of D. Politis and J. Romano (1992). The history is cut into cells of one trading day (one candle
/// when candles are days or longer); a block is as many successive cells as the cube root of their number, rounded up, and may
/// start at every cell, the last being followed by the first. Each block is summed up beforehand, so that a resampled history
/// costs one step a block however many candles the block holds.
/// </remarks>
sealed class Bootstrap
{
    /// <summary>Fewer blocks than this say nothing about how histories differ.</summary>
    const int FewestBlocks = 8;

    /// <summary>More cells would only cost time and memory.</summary>
    const int MostCells = 1 << 14;

    const double SessionsPerYear = 252;

    public required Interval TotalReturn { get; init; }

    public required Interval Sharpe { get; init; }

    public required Interval MaxDrawdown { get; init; }

    /// <summary>Candles in a block.</summary>
    public required int BlockCandles { get; init; }

    /// <summary>Null where the history is too short (under eight blocks) or the account was ruined.</summary>
    public static Bootstrap? Of(CurveBasis basis, MetricsOptions options)
    {
        var (curve, statistics, _, riskless) = basis;
        if (options.Resamples == 0 || statistics.RuinedAt is not null) return null;
        var size = CellSize(curve.Count, options.PeriodsPerYear);
        var cells = Cells(curve, size, statistics.Shift);
        var length = (int)Math.Ceiling(Math.Cbrt(cells.Length) - 1e-9);
        if (cells.Length < FewestBlocks * length || length == 0) return null;
        var totals = new double[options.Resamples];
        var sharpes = new double[options.Resamples];
        var drawdowns = new double[options.Resamples];
        var blocks = Blocks(cells, length);
        var random = new SplitMix64(options.Seed);
        var excess = statistics.Shift - riskless;
        for (var i = 0; i < totals.Length; i++)
        {
            var history = Draw(cells, blocks, length, ref random);
            totals[i] = history.Growth - 1;
            sharpes[i] = history.Sharpe(excess) * Math.Sqrt(options.PeriodsPerYear);
            drawdowns[i] = 1 - history.Fall;
        }
        return new Bootstrap
        {
            TotalReturn = Middle(totals, options.IntervalLevel),
            Sharpe = Middle(sharpes, options.IntervalLevel),
            MaxDrawdown = Middle(drawdowns, options.IntervalLevel),
            BlockCandles = length * size,
        };
    }

    static int CellSize(int candles, double periodsPerYear)
    {
        var session = Math.Max(1, (int)Math.Min(candles, Math.Round(periodsPerYear / SessionsPerYear)));
        return Math.Max(session, (candles + MostCells - 1) / MostCells);
    }

    static Stretch[] Cells(EquityCurve curve, int size, double shift)
    {
        var cells = new Stretch[(curve.Count + size - 1) / size];
        for (var i = 0; i < cells.Length; i++)
        {
            var from = i * size;
            var values = curve.Equity.AsSpan(from, Math.Min(size, curve.Count - from));
            cells[i] = Stretch.Of(values, from == 0 ? curve.StartingCash : curve.Equity[from - 1], shift);
        }
        return cells;
    }

    static Stretch[] Blocks(Stretch[] cells, int length)
    {
        var blocks = new Stretch[cells.Length];
        for (var start = 0; start < cells.Length; start++)
        {
            var block = Stretch.Empty;
            for (var i = 0; i < length; i++) block.Append(cells[(start + i) % cells.Length]);
            blocks[start] = block;
        }
        return blocks;
    }

    // As many cells as the real history; the last block is cut short.
    static Stretch Draw(Stretch[] cells, Stretch[] blocks, int length, ref SplitMix64 random)
    {
        var history = Stretch.Empty;
        for (var i = cells.Length / length; i > 0; i--) history.Append(blocks[random.Next(cells.Length)]);
        var rest = cells.Length % length;
        if (rest == 0) return history;
        var start = random.Next(cells.Length);
        for (var i = 0; i < rest; i++) history.Append(cells[(start + i) % cells.Length]);
        return history;
    }

    static Interval Middle(double[] values, double level)
    {
        Array.Sort(values);
        var tail = (1 - level) / 2;
        return new Interval(Quantile(values, tail), Quantile(values, 1 - tail));
    }

    /// <summary>Linear between order statistics (type 7 of Hyndman and Fan, 1996).</summary>
    static double Quantile(double[] sorted, double fraction)
    {
        var at = fraction * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
