using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Sessions;

/// <summary>The bot's shares over time, by the broker's books: protected soon after they are there, and never more than one entry brings.</summary>
static class CoverRules
{
    public const string TwoEntries = "more than one entry";

    /// <summary>Longest time in calm weather that shares may be without a resting sale, beyond the time that lists are late. A stop whose fate nobody knows
    /// is sent again only after two minutes of looking for it.</summary>
    static readonly TimeSpan Bare = TimeSpan.FromSeconds(150);

    /// <summary>What takes shares, orders or knowledge away behind the program's back, or books other than was asked.</summary>
    static readonly string[] Meddling = ["foreign-order", "foreign-cancel", "foreign-sell", "bust", "reopen", "place-differs", "split", "wrong-account"];

    /// <summary>Where the broker says no and does it all the same, the program may rightly ask for another entry before it finds the first.</summary>
    static readonly string[] FalseRefusals = ["error-after", "kill-token-after", "place-differs", "bust", "reopen"];

    public static IEnumerable<string> Broken(Evidence evidence) => evidence.Tickers.SelectMany(ticker => Of(evidence, ticker));

    static IEnumerable<string> Of(Evidence evidence, string ticker)
    {
        var changes = evidence.Own.Where(order => order.Ticker == ticker && !evidence.Testimony.ByHand.Contains(order.ClientOrderId)).SelectMany(Changes).OrderBy(change => change.At).ToList();
        var (held, buys, sales) = (0, 0, 0);
        DateTimeOffset? bareSince = null;
        // Faults that are bound to calls go on striking in calm weather.
        var calm = new[] { evidence.CalmFrom, evidence.World.Clock.ThawedAt, evidence.World.Mischief.LastStruck }.Max();
        var isJudgedForCover = !evidence.IsBlind && evidence.Trader.Standing.Readiness == Readiness.Ready && !evidence.Struck(Meddling);
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            (held, buys, sales) = (held + change.Held, buys + change.Buys, sales + change.Sales);
            if (i + 1 < changes.Count && changes[i + 1].At == change.At) continue;
            if (held + buys > Testimony.FirstMost && !evidence.Struck(FalseRefusals)) yield return $"I6: {held} {ticker} held and {buys} being bought at {change.At:O}: {TwoEntries}";
            if (held <= sales) bareSince = null;
            else bareSince ??= change.At < calm ? calm : change.At;
            var next = i + 1 < changes.Count ? changes[i + 1].At : evidence.Now;
            if (isJudgedForCover && bareSince is { } since && next - since > Bare + evidence.VisibleAfter) yield return $"I4: {held - sales} {ticker} without a stop from {since:O} to {next:O}";
        }
    }

    /// <summary>An order opens with all of its shares, gives some away with each execution, and the rest when it ends.</summary>
    static IEnumerable<Change> Changes(TrueOrder order)
    {
        var (isBuy, open) = (Evidence.Sign(order) > 0, order.Shares);
        yield return Opened(order.PlacedAt, order.Shares);
        foreach (var execution in order.Executions.OrderBy(execution => execution.At))
        {
            open -= execution.Shares;
            yield return Opened(execution.At, -execution.Shares) with { Held = execution.IsTakenBack ? 0 : Evidence.Sign(order) * execution.Shares };
        }
        if (order.EndedAt is { } ended && open != 0) yield return Opened(ended, -open);

        Change Opened(DateTimeOffset at, int shares) => new(at, 0, isBuy ? shares : 0, isBuy ? 0 : shares);
    }

    sealed record Change(DateTimeOffset At, int Held, int Buys, int Sales);
}
