/// <summary>Buys a hammer that forms above its moving average; leaves at the stop, at the target or when the trend breaks.</summary>
[About("Buys a hammer above its moving average, stop below the hammer.")]
public sealed class HammerInUptrend : Strategy
{
    [About("Length of the trend's average.", Unit = "candles", Min = 2, Max = 500)]
    public int TrendPeriod { get; init; } = 50;

    [About("Target as a multiple of the distance to the stop.", Unit = "R", Min = 0.1)]
    public double Reward { get; init; } = 2;

    Line _trend = null!;

    public override void Init(View view) => _trend = view.Sma(TrendPeriod);

    public override Signal? OnCandle(View view)
    {
        var (close, low) = (view.Now.Close, view.Now.Low);
        if (view.IsLong && close < _trend.Now) return new() { Side = Side.Sell, Because = "closed below its trend" };
        if (!view.IsFlat || !view.Has(Pattern.Hammer) || close <= _trend.Now) return null;
        return new() { Side = Side.Buy, Stop = low, Target = close + Reward * (close - low), Because = "hammer above its trend" };
    }
}
