using EtradeBot.Market;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>The one place here where prices of the market become decimal.</summary>
static class QuotePrices
{
    // Beyond any share, and far from where decimals end: quotients and products of what lies between stay numbers.
    const double Least = 1e-6, Most = 1e12;

    /// <summary>Half way between bid and ask; null without both.</summary>
    public static decimal? Middle(Quote? quote) => Of(quote?.Bid) is { } bid && Of(quote?.Ask) is { } ask ? (bid + ask) / 2 : null;

    /// <summary>What a share may cost now: the highest of bid, ask and last.</summary>
    public static decimal? Highest(Quote? quote) =>
        quote is null ? null : new[] { Of(quote.Bid), Of(quote.Ask), Of(quote.Last) }.Max();

    /// <summary>Null for what is no positive price.</summary>
    public static decimal? Of(double? price) => price is >= Least and < Most ? (decimal)price.Value : null;

    /// <summary>The number, or what no price and no count of shares comes to where it is more: an absurd order is to be refused, not to end the program.</summary>
    public static decimal Capped(decimal number) => Math.Clamp(number, -(decimal)Most, (decimal)Most);

    /// <summary>How far one price lies from the other, as a fraction; 5 % of a price that has no exact double is still 5 %.</summary>
    public static decimal? Apart(decimal? price, decimal? from) => from > 0 && price is { } value ? decimal.Round(Math.Abs(Capped(value) / from.Value - 1), 9) : null;
}
