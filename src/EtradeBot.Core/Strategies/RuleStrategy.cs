using System.Globalization;
using EtradeBot.Analysis;
using EtradeBot.Trading;

namespace EtradeBot.Strategies;

/// <summary>
/// Candlestick patterns confirmed by RSI, MACD, Bollinger Bands and the trend, with an ATR stop and target. The whole rule in
/// words is in <c>docs/strategies.md</c>.
/// </summary>
[About("Buys bullish patterns that RSI, MACD, Bollinger Bands or the trend confirm; ATR stop and target; sells on confirmed bearish patterns.")]
public sealed class RuleStrategy : Strategy
{
    [About("Confirmations of four that an entry needs", Unit = "of 4", Min = 0, Max = 4)]
    public int Confirmations { get; init; } = 2;

    [About("Confirmations of four that an exit on a bearish pattern needs", Unit = "of 4", Min = 0, Max = 4)]
    public int ExitConfirmations { get; init; } = 2;

    [About("Period of the RSI", Unit = "candles", Min = 2, Max = 500)]
    public int RsiPeriod { get; init; } = 14;

    [About("An RSI below this confirms a bullish pattern, one above 100 minus this a bearish one", Unit = "0 to 100", Min = 0, Max = 100)]
    public double RsiLow { get; init; } = 45;

    [About("Period of the simple average that tells the trend", Unit = "candles", Min = 2, Max = 1000)]
    public int TrendPeriod { get; init; } = 100;

    [About("Period of the Bollinger Bands", Unit = "candles", Min = 2, Max = 500)]
    public int BandPeriod { get; init; } = 20;

    [About("Width of the Bollinger Bands", Unit = "deviations", Min = 0.1, Max = 10)]
    public double BandWidth { get; init; } = 2;

    [About("Period of the average true range", Unit = "candles", Min = 1, Max = 500)]
    public int AtrPeriod { get; init; } = 14;

    [About("Distance of the stop below the close", Unit = "ATR", Min = 0.1, Max = 100)]
    public double StopAtr { get; init; } = 2;

    [About("Distance of the target above the close; 0 for none", Unit = "ATR", Min = 0, Max = 100)]
    public double TargetAtr { get; init; } = 3;

    [About("Longest time in a position; 0 for no limit", Unit = "candles", Min = 0, Max = 100_000)]
    public int MaxCandles { get; init; }

    Line _rsi = null!, _trend = null!, _atr = null!, _histogram = null!, _upper = null!, _middle = null!, _lower = null!;

    public override void Init(View view)
    {
        _rsi = view.Rsi(RsiPeriod);
        _trend = view.Sma(TrendPeriod);
        _atr = view.Atr(AtrPeriod);
        (_, _, _histogram) = view.Macd();
        (_upper, _middle, _lower) = view.Bollinger(BandPeriod, BandWidth);
        view.Find(Pattern.Hammer, Pattern.Engulfing, Pattern.MorningStar, Pattern.EveningStar);
    }

    public override Signal? OnCandle(View view)
    {
        if (double.IsNaN(_trend.Now)) return null;
        if (view.IsFlat) return BullishPattern(view) is { } pattern ? Enter(view, pattern) : null;
        return view.IsLong && BearishPattern(view) is { } warning ? Leave(view, warning) : null;
    }

    Signal? Enter(View view, string pattern)
    {
        var close = view.Now.Close;
        // The pattern's lowest point counts for the bands: a hammer dips to the band and closes above it.
        var low = Math.Min(view.Now.Low, view[1].Low);
        var (count, words) = Count(
            (_rsi.Now < RsiLow, "RSI low"),
            (_histogram.Now > _histogram.Before, "MACD rising"),
            (low <= _lower.Now + (_middle.Now - _lower.Now) / 4, "at the lower band"),
            (close > _trend.Now, "uptrend"));
        if (count < Confirmations) return null;
        return new Signal
        {
            Side = Side.Buy,
            Because = Because(pattern, words),
            Stop = close - StopAtr * _atr.Now,
            Target = TargetAtr > 0 ? close + TargetAtr * _atr.Now : null,
            MaxCandles = MaxCandles > 0 ? MaxCandles : null,
        };
    }

    Signal? Leave(View view, string pattern)
    {
        var high = Math.Max(view.Now.High, view[1].High);
        var (count, words) = Count(
            (_rsi.Now > 100 - RsiLow, "RSI high"),
            (_histogram.Now < _histogram.Before, "MACD falling"),
            (high >= _upper.Now - (_upper.Now - _middle.Now) / 4, "at the upper band"),
            (view.Now.Close < _trend.Now, "downtrend"));
        return count >= ExitConfirmations ? new() { Side = Side.Sell, Because = Because(pattern, words) } : null;
    }

    static string? BullishPattern(View view) =>
        view.HasBullish(Pattern.MorningStar) ? "morning star"
        : view.HasBullish(Pattern.Engulfing) ? "bullish engulfing"
        : view.HasBullish(Pattern.Hammer) ? "hammer" : null;

    static string? BearishPattern(View view) =>
        view.HasBearish(Pattern.EveningStar) ? "evening star"
        : view.HasBearish(Pattern.Engulfing) ? "bearish engulfing" : null;

    static (int Count, string Words) Count(params ReadOnlySpan<(bool Holds, string Words)> checks)
    {
        var (count, words) = (0, "");
        foreach (var (holds, word) in checks)
        {
            if (!holds) continue;
            count++;
            words += (words.Length > 0 ? ", " : "") + word;
        }
        return (count, words);
    }

    static string Because(string pattern, string confirmations) =>
        confirmations.Length == 0 ? pattern : string.Create(CultureInfo.InvariantCulture, $"{pattern}: {confirmations}");
}
