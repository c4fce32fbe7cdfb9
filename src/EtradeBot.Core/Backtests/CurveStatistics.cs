namespace EtradeBot.Backtests;

/// <summary>What one pass over the account value, the exposure and the benchmark gathers.</summary>
sealed class CurveStatistics
{
    readonly EquityCurve _curve;
    readonly double _target;
    readonly double[] _buffer = new double[2 * ReturnColumn.Chunk];

    ReturnMoments _returns, _benchmarkReturns;
    double _products;

    CurveStatistics(EquityCurve curve, double target)
    {
        _curve = curve;
        _target = target;
        Shift = MeanGuess(curve.StartingCash, curve.Count == 0 ? curve.StartingCash : curve.Equity[^1], curve.Count);
        _returns = new ReturnMoments(Shift, target);
        Drawdowns = new DrawdownTracker(curve.StartingCash);
    }

    /// <summary>The value about which powers of returns are summed.</summary>
    public double Shift { get; }

    /// <summary>Returns of the account; every return after <see cref="RuinedAt"/> counts as 0.</summary>
    public ReturnMoments Returns => _returns;

    public DrawdownTracker Drawdowns { get; }

    /// <summary>First candle at whose close the account was worth nothing or less; null if none.</summary>
    public int? RuinedAt { get; private set; }

    public double EquitySum { get; private set; }

    public int CandlesInPosition { get; private set; }

    public double ExposureSum { get; private set; }

    public ReturnMoments? BenchmarkReturns { get; private set; }

    public DrawdownTracker? BenchmarkDrawdowns { get; private set; }

    /// <summary>Sample covariance with the benchmark; NaN without one.</summary>
    public double Covariance { get; private set; } = double.NaN;

    /// <param name="curve">The account.</param>
    /// <param name="target">Return a candle below which a return counts as downside.</param>
    /// <param name="benchmark">The value held instead before the first candle and at each close; empty for none.</param>
    /// <exception cref="ArgumentException">A value of the account is NaN or infinite.</exception>
    public static CurveStatistics Of(EquityCurve curve, double target, BenchmarkValues benchmark)
    {
        var statistics = new CurveStatistics(curve, target);
        if (benchmark.Closes.IsEmpty) statistics.Walk();
        else statistics.Walk(benchmark);
        return statistics;
    }

    void Walk()
    {
        var returns = _buffer.AsSpan(0, ReturnColumn.Chunk);
        for (var at = 0; at < _curve.Count; at += ReturnColumn.Chunk) AddChunk(at, returns);
        Drawdowns.Finish(_curve.Count);
    }

    void Walk(in BenchmarkValues benchmark)
    {
        var closes = benchmark.Closes;
        var shift = MeanGuess(benchmark.Start, closes[^1], closes.Length);
        _benchmarkReturns = new ReturnMoments(shift, _target);
        var drawdowns = new DrawdownTracker(benchmark.Start);
        var returns = _buffer.AsSpan(0, ReturnColumn.Chunk);
        for (var at = 0; at < _curve.Count; at += ReturnColumn.Chunk)
        {
            var filled = AddChunk(at, returns);
            var chunk = closes.Slice(at, filled.Length);
            var others = _buffer.AsSpan(ReturnColumn.Chunk, filled.Length);
            ReturnColumn.Fill(chunk, at == 0 ? benchmark.Start : closes[at - 1], others);
            _benchmarkReturns.Add(others);
            _products += ReturnMoments.Products(filled, Shift, others, shift);
            var (min, max, _) = ReturnColumn.Range(chunk);
            drawdowns.Add(chunk, at, min, max);
        }
        Drawdowns.Finish(_curve.Count);
        drawdowns.Finish(_curve.Count);
        BenchmarkReturns = _benchmarkReturns;
        BenchmarkDrawdowns = drawdowns;
        Covariance = ReturnMoments.Covariance(_returns, _benchmarkReturns, _products);
    }

    Span<double> AddChunk(int at, Span<double> returns)
    {
        var equity = _curve.Equity.AsSpan(at, Math.Min(ReturnColumn.Chunk, _curve.Count - at));
        returns = returns[..equity.Length];
        var (min, max, sum) = ReturnColumn.Range(equity);
        if (!double.IsFinite(sum)) throw NotFinite(at);
        ReturnColumn.Fill(equity, at == 0 ? _curve.StartingCash : _curve.Equity[at - 1], returns);
        if (RuinedAt is not null) returns.Clear();
        else if (min <= 0) StopAtRuin(equity, at, returns);
        _returns.Add(returns);
        Drawdowns.Add(equity, at, min, max);
        EquitySum += sum;
        var (held, exposure) = ReturnColumn.NonZero(_curve.Exposure.AsSpan(at, equity.Length));
        CandlesInPosition += held;
        ExposureSum += exposure;
        return returns;
    }

    // The return of the candle of the ruin is real; a return on nothing, or on a debt, has no meaning.
    void StopAtRuin(ReadOnlySpan<double> equity, int at, Span<double> returns)
    {
        var i = 0;
        while (equity[i] > 0) i++;
        RuinedAt = at + i;
        returns[(i + 1)..].Clear();
    }

    ArgumentException NotFinite(int at)
    {
        while (at < _curve.Count - 1 && double.IsFinite(_curve.Equity[at])) at++;
        return new ArgumentException($"the account value of candle {at + 1} is {_curve.Equity[at]}: it must be a finite number");
    }

    // The geometric mean lies half a variance under the arithmetic one: near enough to sum powers about.
    static double MeanGuess(double start, double end, int count) =>
        count > 0 && end > 0 ? Math.Pow(end / start, 1.0 / count) - 1 : 0;
}

/// <summary>A holding to compare with: its value before the first candle and at the close of each candle.</summary>
readonly ref struct BenchmarkValues(double start, ReadOnlySpan<double> closes)
{
    public double Start { get; } = start;

    public ReadOnlySpan<double> Closes { get; } = closes;
}
