using System.Globalization;
using EtradeBot.Analysis;
using EtradeBot.Market;

namespace EtradeBot.Strategies;

/// <summary>The past a strategy may see: candles and lines up to the one that has just closed.</summary>
public sealed class View
{
    readonly Dictionary<string, Line> _lines = [];
    readonly List<Source> _sources = [];
    readonly sbyte[]?[] _patterns = new sbyte[Enum.GetValues<Pattern>().Length][];

    CandleSeries _candles;
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

    /// <summary>Shares traded in each candle.</summary>
    public Line Volume => Column("volume", static c =>
    {
        var volume = new double[c.Count];
        for (var i = 0; i < volume.Length; i++) volume[i] = c.Volume[i];
        return volume;
    });

    /// <summary>Simple average of closes; see <see cref="Indicators.Sma"/>.</summary>
    public Line Sma(int period) => Column($"sma {period}", c => Indicators.Sma(c.Close, period));

    /// <summary>Exponential average of closes; see <see cref="Indicators.Ema"/>.</summary>
    public Line Ema(int period) => Column($"ema {period}", c => Indicators.Ema(c.Close, period));

    /// <summary>Relative strength of closes, 0 to 100; see <see cref="Indicators.Rsi"/>.</summary>
    public Line Rsi(int period = 14) => Column($"rsi {period}", c => Indicators.Rsi(c.Close, period));

    /// <summary>Average true range, dollars; see <see cref="Indicators.Atr(CandleSeries, int)"/>.</summary>
    public Line Atr(int period = 14) => Column($"atr {period}", c => Indicators.Atr(c, period));

    /// <summary>MACD line, signal and histogram of closes, dollars; see <see cref="Indicators.Macd"/>.</summary>
    public (Line Macd, Line Signal, Line Histogram) Macd(int fast = 12, int slow = 26, int signal = 9)
    {
        var periods = string.Create(CultureInfo.InvariantCulture, $"{fast} {slow} {signal}");
        var lines = NewLines(Compute, $"macd {periods}", $"macd signal {periods}", $"macd histogram {periods}");
        return (lines[0], lines[1], lines[2]);

        double[][] Compute(CandleSeries candles)
        {
            var (macd, signalLine, histogram) = Indicators.Macd(candles.Close, fast, slow, signal);
            return [macd, signalLine, histogram];
        }
    }

    /// <summary>Bollinger Bands of closes, dollars; see <see cref="Indicators.Bollinger"/>.</summary>
    public (Line Upper, Line Middle, Line Lower) Bollinger(int period = 20, double deviations = 2)
    {
        var width = string.Create(CultureInfo.InvariantCulture, $"{period} {deviations}");
        var lines = NewLines(Compute, $"upper band {width}", $"middle band {width}", $"lower band {width}");
        return (lines[0], lines[1], lines[2]);

        double[][] Compute(CandleSeries candles)
        {
            var (upper, middle, lower) = Indicators.Bollinger(candles.Close, period, deviations);
            return [upper, middle, lower];
        }
    }

    /// <summary>Finds these patterns in one pass over the candles; <see cref="Value"/> would find them one by one.</summary>
    public void Find(params ReadOnlySpan<Pattern> patterns)
    {
        var columns = Patterns.FindAll(_candles, patterns);
        for (var i = 0; i < columns.Length; i++) _patterns[(int)patterns[i]] = columns[i];
    }

    /// <summary>A column of the strategy's own making. Value i may depend on candles 0 to i only: <c>etrade-bot lookahead</c> checks it.</summary>
    /// <param name="compute">Live it is called again with each new candle: it must not keep anything from call to call.</param>
    public Line Line(Func<CandleSeries, double[]> compute) => Line("", compute);

    /// <inheritdoc cref="Line(Func{CandleSeries, double[]})"/>
    /// <param name="name">By which decisions show its value.</param>
    public Line Line(string name, Func<CandleSeries, double[]> compute)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(compute);
        return NewLines(candles => [compute(candles)], name)[0];
    }

    /// <summary>The pattern's value at the candle that has just closed: 100, 80, 0, -80 or -100.</summary>
    public int Value(Pattern pattern) =>
        (_patterns[(int)pattern] ??= Patterns.Find(_candles, pattern))[Index];

    public bool Has(Pattern pattern) => Value(pattern) != 0;

    public bool HasBullish(Pattern pattern) => Value(pattern) > 0;

    public bool HasBearish(Pattern pattern) => Value(pattern) < 0;

    /// <summary>Every line asked for so far, in that order: what the look-ahead check compares beside the decisions.</summary>
    internal List<Line> Lines { get; } = [];

    /// <summary>Every pattern looked for so far, with its value at the candle that has just closed.</summary>
    internal IEnumerable<(Pattern Pattern, int Value)> PatternsNow =>
        from i in Enumerable.Range(0, _patterns.Length)
        where _patterns[i] is { } column && (uint)Index < (uint)column.Length
        select ((Pattern)i, (int)_patterns[i]![Index]);

    /// <summary>Ends <see cref="Strategy.Init"/>: lines must be asked for before the first candle.</summary>
    internal void Seal() => _isSealed = true;

    /// <summary>Brings lines and patterns up to a longer series of the same candles. <see cref="Index"/> stays where it is: what is
    /// new can be read only once the engine has moved it.</summary>
    internal void Grow(CandleSeries longer)
    {
        _candles = longer;
        foreach (var source in _sources)
        {
            var columns = source.Compute(longer);
            for (var i = 0; i < columns.Length; i++) source.Lines[i].Grow(Whole(columns[i]));
        }
        Pattern[] found = [.. from i in Enumerable.Range(0, _patterns.Length) where _patterns[i] is not null select (Pattern)i];
        if (found.Length > 0) Find(found);
    }

    Line Column(string name, Func<CandleSeries, double[]> compute)
    {
        if (!_lines.TryGetValue(name, out var line)) _lines[name] = line = NewLines(candles => [compute(candles)], name)[0];
        return line;
    }

    Line[] NewLines(Func<CandleSeries, double[][]> compute, params ReadOnlySpan<string> names)
    {
        if (_isSealed) throw new InvalidOperationException("lines are asked for in Init, not in OnCandle: keep them in fields");
        var columns = compute(_candles);
        var lines = new Line[names.Length];
        for (var i = 0; i < lines.Length; i++) lines[i] = new Line(this, names[i], Whole(columns[i]));
        _sources.Add(new Source(compute, lines));
        Lines.AddRange(lines);
        return lines;
    }

    double[] Whole(double[] values) => values.Length == _candles.Count
        ? values
        : throw new ArgumentException($"a line needs one value for each of the {_candles.Count} candles, not {values.Length}");

    /// <summary>Lines that are computed together, and how: once in a backtest, at every candle while candles still come.</summary>
    readonly record struct Source(Func<CandleSeries, double[][]> Compute, Line[] Lines);
}
