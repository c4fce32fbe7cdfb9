using System.Globalization;

namespace EtradeBot.Brokers;

public enum SlippageKind
{
    None,

    /// <summary>Dollars a share.</summary>
    Fixed,

    /// <summary>Hundredths of a percent of the price.</summary>
    BasisPoints,

    /// <summary>Fraction of the candle's high - low.</summary>
    Range,

    /// <summary>Candle's range times the square root of the order's share of the candle's volume, times a factor.</summary>
    Volume,
}

/// <summary>How much worse than the undisturbed price a market or stop order fills. Limit orders do not slip: they fill or wait.</summary>
/// <remarks>The volume form is the square-root impact law (Almgren et al., Direct Estimation of Equity Market Impact, 2005)
/// with the candle's range for the volatility.</remarks>
public readonly record struct Slippage(SlippageKind Kind, double Amount)
{
    public static readonly Slippage None = new(SlippageKind.None, 0);

    /// <summary>Reads <c>none</c>, <c>fixed:0.01</c>, <c>bps:5</c>, <c>range:0.1</c> and <c>volume:0.5</c>.</summary>
    /// <exception cref="FormatException">None of these, or negative.</exception>
    public static Slippage Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().ToLowerInvariant().Split(':', 2);
        if (parts is ["none"]) return None;
        SlippageKind? kind = parts[0] switch
        {
            "fixed" => SlippageKind.Fixed,
            "bps" => SlippageKind.BasisPoints,
            "range" => SlippageKind.Range,
            "volume" => SlippageKind.Volume,
            _ => null,
        };
        if (kind is { } known && parts.Length == 2
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount is >= 0 and < 10_000)
            return new Slippage(known, amount);
        throw new FormatException($"'{text}' is not a slippage: use none, fixed:0.01 (dollars a share), bps:5, range:0.1 (of the candle's range) or volume:0.5");
    }

    /// <summary>Dollars a share, zero or positive.</summary>
    internal decimal On(decimal price, double range, double shareOfVolume) => Kind switch
    {
        SlippageKind.None => 0,
        SlippageKind.Fixed => (decimal)Amount,
        SlippageKind.BasisPoints => decimal.Round(price * (decimal)Amount / 10_000, 6),
        SlippageKind.Range => decimal.Round((decimal)(range * Amount), 6),
        _ => decimal.Round((decimal)(range * Amount * Math.Sqrt(Math.Clamp(shareOfVolume, 0, 1))), 6),
    };

    public override string ToString() => Kind switch
    {
        SlippageKind.None => "none",
        SlippageKind.Fixed => string.Create(CultureInfo.InvariantCulture, $"fixed:{Amount}"),
        SlippageKind.BasisPoints => string.Create(CultureInfo.InvariantCulture, $"bps:{Amount}"),
        SlippageKind.Range => string.Create(CultureInfo.InvariantCulture, $"range:{Amount}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"volume:{Amount}"),
    };
}
