namespace EtradeBot.Analysis;

/// <summary>Candlestick patterns, each defined by one row of <see cref="Patterns"/>.</summary>
public enum Pattern
{
    Hammer,
    Engulfing,
    Doji,
    MorningStar,
    EveningStar,
    InvertedHammer,
    ShootingStar,
    HangingMan,
    Harami,
    Piercing,
    DarkCloudCover,
    ThreeWhiteSoldiers,
    ThreeBlackCrows,
    Marubozu,
    SpinningTop,
    DragonflyDoji,
    GravestoneDoji,
}
