using System.Globalization;

namespace EtradeBot.Analysis;

/// <summary>What is measured on one candle, in dollars; <see cref="Colour"/> is 1 for white (close at or above open) and -1 for black.</summary>
enum Measure
{
    Open,
    High,
    Low,
    Close,
    Body,
    Range,
    Top,
    Bottom,
    UpperShadow,
    LowerShadow,
    Colour,
}

/// <summary>What counts as long, short or near: <paramref name="Factor"/> times the average of a measure over the
/// <paramref name="Period"/> candles before the one it is applied to; period 0 means that candle's own measure.</summary>
sealed record Threshold(string Name, Measure Of, int Period, double Factor)
{
    // TA-Lib's default candle settings.
    public static readonly Threshold BodyLong = new(nameof(BodyLong), Measure.Body, 10, 1.0);
    public static readonly Threshold BodyShort = new(nameof(BodyShort), Measure.Body, 10, 1.0);
    public static readonly Threshold BodyDoji = new(nameof(BodyDoji), Measure.Range, 10, 0.1);
    public static readonly Threshold ShadowLong = new(nameof(ShadowLong), Measure.Body, 0, 1.0);
    public static readonly Threshold ShadowVeryShort = new(nameof(ShadowVeryShort), Measure.Range, 10, 0.1);
    public static readonly Threshold Near = new(nameof(Near), Measure.Range, 5, 0.2);
    public static readonly Threshold Far = new(nameof(Far), Measure.Range, 5, 0.6);
}

enum Operator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Differs,
}

/// <summary>A measure, or a threshold when one is named, at the candle <paramref name="Ago"/> candles before the judged one.</summary>
readonly record struct Quantity(Measure Measure, Threshold? Threshold, int Ago)
{
    public override string ToString()
    {
        var name = Threshold?.Name ?? string.Concat(char.ToLowerInvariant(Measure.ToString()[0]).ToString(), Measure.ToString().AsSpan(1));
        return Ago == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}[{Ago}]");
    }
}

/// <summary>A quantity, plus a multiple of a second one unless <paramref name="Factor"/> is 0. The operators let rules read as they are spoken.</summary>
sealed record Term(Quantity Main, double Factor = 0, Quantity Added = default)
{
    public static Term operator +(Term left, Term right) => new(left.Main, right.Factor == 0 ? 1 : right.Factor, right.Main);

    // Negating the factor is exact, so a - f * b and a + (-f) * b are the same double.
    public static Term operator -(Term left, Term right) => new(left.Main, right.Factor == 0 ? -1 : -right.Factor, right.Main);

    /// <summary>Only meaningful as the right-hand side of + or -.</summary>
    public static Term operator *(double factor, Term term) => term with { Factor = factor };

    public static Comparison operator <(Term left, Term right) => new(left.Main, Operator.Less, right);

    public static Comparison operator >(Term left, Term right) => new(left.Main, Operator.Greater, right);

    public static Comparison operator <=(Term left, Term right) => new(left.Main, Operator.LessOrEqual, right);

    public static Comparison operator >=(Term left, Term right) => new(left.Main, Operator.GreaterOrEqual, right);

    public Comparison DiffersFrom(Term right) => new(Main, Operator.Differs, right);

    public override string ToString() => Factor switch
    {
        0 => $"{Main}",
        1 => $"{Main} + {Added}",
        -1 => $"{Main} - {Added}",
        < 0 => string.Create(CultureInfo.InvariantCulture, $"{Main} - {-Factor} * {Added}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Main} + {Factor} * {Added}"),
    };
}

sealed record Comparison(Quantity Left, Operator Operator, Term Right)
{
    public string Symbol => Operator switch
    {
        Operator.Less => "<",
        Operator.LessOrEqual => "<=",
        Operator.Greater => ">",
        Operator.GreaterOrEqual => ">=",
        _ => "<>",
    };

    public override string ToString() => $"{Left} {Symbol} {Right}";
}

/// <summary>One thing that must hold, in words and as numbers.</summary>
sealed record Condition(string Words, Comparison Test);

/// <summary>The conditions that decide between a pattern's strong and weak forms; of several variants the first that holds counts.</summary>
sealed record Variant(int Value, params Condition[] Conditions);

/// <summary>Where the sign of a pattern's value comes from.</summary>
enum SignRule
{
    /// <summary>The value stands as written.</summary>
    AsWritten,

    /// <summary>Positive when the candle itself is white.</summary>
    ByOwnColour,

    /// <summary>Positive when the candle before is black.</summary>
    AgainstPreviousColour,
}

/// <summary>One row of <see cref="PatternTable"/>.</summary>
sealed record PatternRule(PatternInfo Info, Condition[] Conditions)
{
    public SignRule Sign { get; init; } = SignRule.AsWritten;

    public Variant[] Variants { get; init; } = [new(100)];
}
