using EtradeBot.Analysis;
using EtradeBot.Trading;

namespace EtradeBot.Strategies;

/// <summary>In on any bullish pattern, out on any bearish one: patterns alone, without a filter, stop or target.</summary>
[About("Buys after a Hammer, Bullish Engulfing or Morning Star, sells after a Bearish Engulfing or Evening Star.")]
public sealed class CandleStrategy : Strategy
{
    static readonly Signal Hammer = new() { Side = Side.Buy, Because = "hammer" };
    static readonly Signal BullishEngulfing = new() { Side = Side.Buy, Because = "bullish engulfing" };
    static readonly Signal MorningStar = new() { Side = Side.Buy, Because = "morning star" };
    static readonly Signal BearishEngulfing = new() { Side = Side.Sell, Because = "bearish engulfing" };
    static readonly Signal EveningStar = new() { Side = Side.Sell, Because = "evening star" };

    public override void Init(View view) => view.Find(Pattern.Hammer, Pattern.Engulfing, Pattern.MorningStar, Pattern.EveningStar);

    public override Signal? OnCandle(View view)
    {
        var engulfing = view.Value(Pattern.Engulfing);
        if (view.IsFlat)
            return engulfing > 0 ? BullishEngulfing : view.Has(Pattern.Hammer) ? Hammer : view.Has(Pattern.MorningStar) ? MorningStar : null;
        return engulfing < 0 ? BearishEngulfing : view.Has(Pattern.EveningStar) ? EveningStar : null;
    }
}
