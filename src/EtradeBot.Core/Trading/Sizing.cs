using System.Globalization;

namespace EtradeBot.Trading;

public enum SizingKind
{
    /// <summary>Lose a fixed fraction of the account when the stop is hit.</summary>
    Risk,

    /// <summary>As many whole shares as the cash buys at the fill, costs included.</summary>
    AllIn,

    Shares,

    /// <summary>A fixed fraction of the account's value.</summary>
    Fraction,

    Dollars,
}

/// <summary>How many shares an entry gets.</summary>
/// <param name="Amount">Fraction of the account (0.01 = 1 %), shares or dollars, by <paramref name="Kind"/>; 1 for all-in.</param>
public readonly record struct Sizing(SizingKind Kind, double Amount)
{
    public static readonly Sizing AllIn = new(SizingKind.AllIn, 1);

    /// <summary>Reads <c>all-in</c>, <c>100</c> (shares), <c>risk:1%</c>, <c>percent:25</c> and <c>cash:10000</c>.</summary>
    /// <exception cref="FormatException">None of these, or out of range.</exception>
    public static Sizing Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().ToLowerInvariant().Split(':', 2);
        var sizing = parts switch
        {
            ["all-in"] => AllIn,
            ["risk"] => new Sizing(SizingKind.Risk, 0.01),
            ["risk", var amount] => new Sizing(SizingKind.Risk, Percent(amount)),
            ["percent", var amount] => new Sizing(SizingKind.Fraction, Percent(amount)),
            ["cash", var amount] => new Sizing(SizingKind.Dollars, Number(amount)),
            [var shares] => new Sizing(SizingKind.Shares, Number(shares)),
            _ => default,
        };
        var isValid = sizing.Kind switch
        {
            SizingKind.Shares => sizing.Amount is >= 1 and <= 100_000_000 && sizing.Amount == Math.Floor(sizing.Amount),
            SizingKind.Risk or SizingKind.Fraction => sizing.Amount is > 0 and <= 1,
            _ => sizing.Amount is > 0 and < 1e12,
        };
        return isValid ? sizing : throw new FormatException($"'{text}' is not a size: use all-in, a number of shares such as 100, risk:1%, percent:25 or cash:10000");
    }

    public override string ToString() => Kind switch
    {
        SizingKind.AllIn => "all-in",
        SizingKind.Risk => string.Create(CultureInfo.InvariantCulture, $"risk:{Amount * 100:0.####}%"),
        SizingKind.Fraction => string.Create(CultureInfo.InvariantCulture, $"percent:{Amount * 100:0.####}"),
        SizingKind.Dollars => string.Create(CultureInfo.InvariantCulture, $"cash:{Amount:0.##}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Amount:0}"),
    };

    static double Percent(string text) => Number(text.TrimEnd('%')) / 100;

    static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
