using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.Strategies;

/// <summary>The past a strategy may see: candles and lines up to the one that has just closed.</summary>
public sealed class View
{
    readonly CandleSeries _candles;
    readonly Dictionary<(string, int, int, double), Line> _lines = [];
    readonly sbyte[]?[] _patterns = new sbyte[Enum.GetValues<Pattern>().Length][];

    bool _isSealed;

    internal View(CandleSeries candles) => _candles = candles;

    /// <summary>Index of the candle that has just closed; -1 during <see cref="Strategy.Init"/>.</summary>
    public int Index { get; internal set; } = -1;

    public Symbol Symbol => _candles.Symbol;

    public Timeframe Timeframe => _candles.Timeframe;

    /// <summary>The candle that has just closed.</summary>
    public Candle Now => this[0];

    /// <summary>The candle <paramref name="ago"/> candles before <see cref="Now"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative (the future), or before the first candle.</exception>
    public Candle this[int ago]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ago);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ago, Index);
            return _candles[Index - ago];
        }
    }

    /// <summary>Shares held of this symbol: negative when short.</summary>
    public int Shares { get; internal set; }

    /// <summary>Average entry price of the open position, dollars; 0 when flat.</summary>
    public double EntryPrice { get; internal set; }

    /// <summary>Candles closed since the position was opened; 0 when flat.</summary>
    public int CandlesHeld => Shares == 0 ? 0 : Index - EntryIndex;

    internal int EntryIndex { get; set; }

    public bool IsFlat => Shares == 0;

    public bool IsLong => Shares > 0;

    public bool IsShort => Shares < 0;

    public Line Open => Column("open", static c => c.Open.ToArray());

    public Line High => Column("high", static c => c.High.ToArray());

    public Line Low => Column("low", static c => c.Low.ToArray());

    public Line Close => Column("close", static c => c.Close.ToArray());

    public Line Sma(int period) => Cached(("sma", period, 0, 0), c => Indicators.Sma(c.Close, period));

    /// <summary>A column of the strategy's own making. Value i may depend on candles 0 to i only: <c>etrade-bot lookahead</c> checks it.</summary>
    public Line Line(Func<CandleSeries, double[]> compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        return NewLine(compute(_candles));
    }

    /// <summary>The pattern's value at the candle that has just closed: 100, 80, 0, -80 or -100.</summary>
    public int Value(Pattern pattern) =>
        (_patterns[(int)pattern] ??= Patterns.Find(_candles, pattern))[Index];

    public bool Has(Pattern pattern) => Value(pattern) != 0;

    /// <summary>Every line asked for so far, in that order: what the look-ahead check compares beside the decisions.</summary>
    internal List<Line> Lines { get; } = [];

    Line Column(string name, Func<CandleSeries, double[]> compute) => Cached((name, 0, 0, 0), compute);

    Line Cached((string, int, int, double) key, Func<CandleSeries, double[]> compute)
    {
        if (!_lines.TryGetValue(key, out var line)) _lines[key] = line = NewLine(compute(_candles));
        return line;
    }

    /// <summary>Ends <see cref="Strategy.Init"/>: lines must be asked for before the first candle.</summary>
    internal void Seal() => _isSealed = true;

    Line NewLine(double[] values)
    {
        if (_isSealed) throw new InvalidOperationException("lines are asked for in Init, not in OnCandle: keep them in fields");
        if (values.Length != _candles.Count)
            throw new ArgumentException($"a line needs one value for each of the {_candles.Count} candles, not {values.Length}");
        var line = new Line(this, values);
        Lines.Add(line);
        return line;
    }
}
