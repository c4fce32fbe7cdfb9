using System.Globalization;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Risk;

/// <summary>What the risk manager made of a signal.</summary>
public abstract record RiskDecision
{
    RiskDecision()
    {
    }

    /// <summary>The order may go out.</summary>
    /// <param name="Shares">At least 1; an upper bound when <paramref name="IsAllCash"/>.</param>
    /// <param name="Arithmetic">How risk sizing came to the number; null for the other kinds.</param>
    public sealed record Sized(int Shares, bool IsAllCash = false, PositionSizing? Arithmetic = null) : RiskDecision
    {
        /// <summary>The limit that brought the number down, in words; empty when none did.</summary>
        public string CutBy { get; init; } = "";

        public override string ToString() =>
            (Arithmetic?.ToString() ?? (IsAllCash ? "as many shares as the cash buys" : string.Create(CultureInfo.InvariantCulture, $"{Shares} shares"))) + (CutBy.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; cut to {Shares}, because {CutBy}"));
    }

    /// <summary>No order.</summary>
    /// <param name="Rule">The rule's name in kebab case.</param>
    /// <param name="Limit">What the rule allows.</param>
    /// <param name="Asked">What was asked for, in the same unit.</param>
    public sealed record Denied(string Rule, string Words, double Limit, double Asked) : RiskDecision
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Words} (limit {Limit:0.####}, asked {Asked:0.####})");
    }
}

/// <summary>The account as the risk manager sees it when it judges an entry.</summary>
/// <param name="Price">Last close: what the entry is expected to cost a share, dollars.</param>
/// <param name="Atr">Average true range in dollars; NaN while warming up. Asked for only when the signal has no stop.</param>
/// <param name="DayStartEquity">Account value at the last close of the day before, dollars.</param>
public readonly record struct RiskContext(Account Account, double Price, double Atr, double DayStartEquity)
{
    /// <summary>The symbol the entry is for: an entry of its own still at work would be replaced and does not count.</summary>
    public Symbol Symbol { get; init; }
}

/// <summary>The same for an account that somebody else keeps, such as a broker's: its figures instead of its books.</summary>
/// <param name="Equity">Account value, dollars.</param>
/// <param name="Positions">Open or on their way, without those that the entry would add to.</param>
/// <param name="Exposure">Market value of all positions, long and short added up, with the entries at work as if filled, dollars.</param>
public readonly record struct RiskStanding(double Equity, int Positions, double Exposure)
{
    /// <inheritdoc cref="RiskContext.Price"/>
    public required double Price { get; init; }

    /// <inheritdoc cref="RiskContext.Atr"/>
    public required double Atr { get; init; }

    /// <inheritdoc cref="RiskContext.DayStartEquity"/>
    public required double DayStartEquity { get; init; }

    /// <summary>The part of <see cref="Exposure"/> that is of the entry's symbol and stays: it counts against the limit of one position.</summary>
    public double HeldOfSymbol { get; init; }
}
