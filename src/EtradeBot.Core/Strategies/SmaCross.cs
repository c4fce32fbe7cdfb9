using EtradeBot.Trading;

namespace EtradeBot.Strategies;

/// <summary>Long while the fast average of closes is above the slow one: in when it crosses above, out when it crosses below.</summary>
[About("Buys when the fast simple average of closes crosses above the slow one, sells when it crosses below.")]
public sealed class SmaCross : Strategy
{
    [About("Period of the fast average", Unit = "candles", Min = 1, Max = 1_000_000)]
    public int Fast { get; init; } = 10;

    [About("Period of the slow average", Unit = "candles", Min = 2, Max = 1_000_000)]
    public int Slow { get; init; } = 20;

    static readonly Signal In = new() { Side = Side.Buy, Because = "fast average crossed above slow" };
    static readonly Signal Out = new() { Side = Side.Sell, Because = "fast average crossed below slow" };

    Line _fast = null!, _slow = null!;

    public override void Init(View view)
    {
        if (Fast >= Slow) throw new StrategyException($"strategy sma-cross: Fast={Fast} must be below Slow={Slow}");
        _fast = view.Sma(Fast);
        _slow = view.Sma(Slow);
    }

    public override Signal? OnCandle(View view)
    {
        if (view.IsFlat) return _fast.CrossedAbove(_slow) ? In : null;
        return _fast.CrossedBelow(_slow) ? Out : null;
    }
}
