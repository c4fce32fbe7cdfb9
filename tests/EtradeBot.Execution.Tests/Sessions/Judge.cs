using System.Text;
using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Sessions;

/// <summary>What a judge has in front of it: the broker's true books, what left the program, and what the test asked for.</summary>
/// <param name="CalmFrom">From here on nothing new was to befall the program but what a schedule binds to its calls.</param>
sealed record Evidence(VirtualWorld World, TradingProgram Program, Trader Trader, DateTimeOffset CalmFrom)
{
    public DateTimeOffset Now { get; } = World.Clock.Now;

    /// <summary>Tickers of which the program took an order of the person for its own that is equal to its own in side, shares and kind: by the list alone nobody
    /// can tell them apart. What follows from that is not judged, but named at the end.</summary>
    public IReadOnlySet<string> Mistaken { get; } = World.Ledger.Account(Program.Account).Orders
        .Where(order => order.IsForeign && Trader.Book.Find(order.OrderId)?.Intent is { } intent && IsTwin(order, intent)).Select(order => order.Ticker).ToHashSet();

    /// <summary>Of the program; those of the person at the broker's screens are not its business.</summary>
    public IReadOnlyList<TrueOrder> Own { get; } = [.. World.Ledger.Account(Program.Account).Orders.Where(order => !order.IsForeign)];

    public Testimony Testimony => Program.Testimony;

    public IEnumerable<string> Tickers => Own.Select(order => order.Ticker).Distinct().Where(ticker => !Mistaken.Contains(ticker));

    /// <summary>The program says that it cannot read the broker, or that nothing is to be sent: it cannot know more.</summary>
    public bool IsBlind => Trader.Standing.Readiness is Readiness.Frozen or Readiness.ManageOnly;

    public TimeSpan VisibleAfter => TimeSpan.FromSeconds(Math.Max(World.Schedule.VisibleAfter, World.Schedule.Faults.Where(fault => fault.Kind == "late-visible").Select(fault => fault.Value ?? 0).DefaultIfEmpty().Max()));

    public bool Struck(params ReadOnlySpan<string> kinds)
    {
        foreach (var kind in kinds)
            if (World.Mischief.Fired.ContainsKey(kind)) return true;
        return false;
    }

    static bool IsTwin(TrueOrder order, Orders.OrderIntent intent) =>
        (order.Ticker, order.Shares, order.PriceType) == (intent.Symbol.Ticker, intent.Shares, intent.Type.ToString()) && order.Action == intent.Action.ToString();

    public static int Sign(TrueOrder order) => order.Action.StartsWith("Buy", StringComparison.OrdinalIgnoreCase) ? 1 : -1;
}

/// <summary>Compares the broker's true books with what the program says of itself. It knows the books, what left the program and the names of orders, and
/// nothing of how the program works.</summary>
static class Judge
{
    /// <summary>Invariants that this judge can see broken.</summary>
    public static IReadOnlyList<string> Judged { get; } = ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I12", "I14", "I15", "I16"];

    public static IReadOnlyList<string> Violations(Evidence evidence) =>
    [
        .. BookRules.Broken(evidence), .. SentRules.Broken(evidence), .. CoverRules.Broken(evidence), .. Secrets(evidence), .. Standing(evidence.Trader.Standing),
    ];

    static IEnumerable<string> Standing(Standing standing)
    {
        if (standing.Readiness != Readiness.Ready && standing.Reasons.Count == 0) yield return $"I16: {standing.Readiness} without a reason";
    }

    static IEnumerable<string> Secrets(Evidence evidence)
    {
        foreach (var name in evidence.World.Disk.Names)
        {
            var text = Encoding.UTF8.GetString(evidence.World.Disk.Read(name)!);
            if (evidence.Program.Secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal))) yield return $"I15: {name} holds a secret";
        }
    }
}
