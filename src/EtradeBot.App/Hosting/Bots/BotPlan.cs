using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>What a bot is to trade, and how.</summary>
/// <param name="Values">Of the strategy's parameters; those that are missing keep their defaults.</param>
sealed record BotPlan(string Strategy, IReadOnlyList<KeyValuePair<string, string>> Values, IReadOnlyList<Symbol> Symbols, Timeframe Timeframe)
{
    /// <summary>Null: what the strategy prefers, else 1 % risk.</summary>
    public Sizing? Size { get; init; }

    public RiskLimits Risk { get; init; } = new();

    /// <summary><c>rule on AAPL, MSFT, candles of 5m</c></summary>
    public string Words => $"{Strategy} on {string.Join(", ", Symbols)}, candles of {Timeframe}";
}
