using System.Globalization;
using EtradeBot.Engine;
using EtradeBot.Execution.Bots;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>A named number; NaN while its line warms up.</summary>
sealed record NamedValue(string Name, double Value);

/// <summary>One decision as it is kept: what was seen, what was wanted, every gate in order, what became of it.</summary>
/// <param name="ClosedAt">When the candle had closed.</param>
/// <param name="Wanted">The strategy's wish with its reason and its prices; empty: nothing.</param>
/// <param name="Risk">The arithmetic of the size, or why there is none; empty when it was not asked.</param>
/// <param name="Outcome">The order it became, or why none; empty without a wish.</param>
/// <param name="Intent">Name of the order in the journal; null: none.</param>
sealed record DecisionRow(DateTimeOffset ClosedAt, string Symbol, string Timeframe, string Strategy, Candle Candle, string Wanted, string Risk, string Outcome, string? Intent)
{
    /// <summary>Shares held at that moment, negative when short, and their average price in dollars.</summary>
    public int Shares { get; init; }

    public double EntryPrice { get; init; }

    public IReadOnlyList<NamedValue> Lines { get; init; } = [];

    /// <summary>Of the patterns the strategy looks for: 100, 80, 0, -80 or -100.</summary>
    public IReadOnlyList<NamedValue> Patterns { get; init; } = [];

    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>How the strategy failed; null: it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>The first that blocked; null: none did.</summary>
    public Gate? BlockedBy => Gates.FirstOrDefault(gate => !gate.Passed);

    public static DecisionRow Of(Decision decision, IReadOnlyList<WishedOrder> wishes) => new(
        MarketCalendar.Nyse.CloseTime(decision.Candle.OpenTime, decision.Timeframe),
        decision.Symbol.Ticker,
        decision.Timeframe.ToString(),
        decision.Strategy,
        decision.Candle,
        WantedOf(decision),
        decision.Risk?.ToString() ?? "",
        string.Join("; ", wishes.Select(wish => $"{wish.Intent?.ToString() ?? (wish.Order.IsExit ? "leave" : "no order")}{(wish.Words.Length > 0 ? $" ({wish.Words})" : "")}")),
        wishes.LastOrDefault(wish => wish.Intent is not null)?.Intent!.Id)
    {
        Shares = decision.Position.Shares,
        EntryPrice = decision.Position.EntryPrice,
        Lines = [.. decision.Lines.Select(line => new NamedValue(line.Name, line.Value))],
        Patterns = [.. decision.Patterns.Select(seen => new NamedValue(seen.Pattern.ToString(), seen.Value))],
        Gates = decision.Gates,
        Failure = decision.Failure,
    };

    static string WantedOf(Decision decision)
    {
        if (decision.Signal is not { } signal) return "";
        var prices = new[] { ("limit", signal.Limit), ("trigger", signal.Trigger), ("stop", signal.Stop), ("target", signal.Target), ("trail", signal.Trail) }
            .Where(price => price.Item2 is not null).Select(price => string.Create(CultureInfo.InvariantCulture, $", {price.Item1} {price.Item2:0.00##}"));
        return $"{signal.Side.ToString().ToLowerInvariant()}: {signal.Because}{string.Concat(prices)}";
    }
}
