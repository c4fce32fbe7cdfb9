namespace EtradeBot.Analysis;

/// <summary>What traders read a pattern as.</summary>
public enum PatternBias
{
    Bullish,
    Bearish,

    /// <summary>The sign of each value tells: positive bullish, negative bearish.</summary>
    EitherWay,

    /// <summary>No direction, whatever the sign of the value.</summary>
    Neutral,
}

/// <summary>A pattern in words, for lists and pages.</summary>
/// <param name="Name">Name for people: <c>Morning Star</c>.</param>
/// <param name="TaLibName">TA-Lib's name of the same rule: <c>CDLMORNINGSTAR</c>.</param>
/// <param name="Candles">Candles that form the pattern, the judged one included.</param>
/// <param name="FirstIndex">Index of the first candle that can be judged; earlier ones lack the candles for the averages.</param>
/// <param name="Description">What it looks like and how it is read, one sentence.</param>
public sealed record PatternInfo(
    Pattern Pattern, string Name, string TaLibName, PatternBias Bias, int Candles, int FirstIndex, string Description)
{
    /// <summary>1 when the value is bullish, -1 when bearish, 0 when it says nothing about direction.</summary>
    /// <param name="value">A value of <see cref="Patterns.Find"/>.</param>
    public int DirectionOf(int value) => Bias == PatternBias.Neutral ? 0 : Math.Sign(value);

    /// <summary>The name with its direction where both exist: <c>Bearish Engulfing</c>.</summary>
    /// <param name="value">A value of <see cref="Patterns.Find"/>.</param>
    public string NameOf(int value) => (Bias, value) switch
    {
        (PatternBias.EitherWay, > 0) => $"Bullish {Name}",
        (PatternBias.EitherWay, < 0) => $"Bearish {Name}",
        _ => Name,
    };
}
