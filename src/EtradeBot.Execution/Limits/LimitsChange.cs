namespace EtradeBot.Execution.Limits;

/// <summary>One difference between two sets of limits.</summary>
/// <param name="IsLoosening">More is allowed than before: it needs a step-up. A tightening holds at once.</param>
public sealed record LimitChange(string Name, string Was, string Becomes, bool IsLoosening)
{
    /// <summary><c>mostShares: 1,000 shares becomes 2,000 shares (looser)</c></summary>
    public override string ToString() => $"{Name}: {Was} becomes {Becomes} ({(IsLoosening ? "looser" : "tighter")})";
}

/// <summary>What a change of the limits means.</summary>
public static class LimitsChange
{
    /// <summary>Every difference, in the order of the file; empty when both allow the same.</summary>
    public static IReadOnlyList<LimitChange> Between(TradingLimits was, TradingLimits becomes)
    {
        ArgumentNullException.ThrowIfNull(was);
        ArgumentNullException.ThrowIfNull(becomes);
        var changes = LimitCatalog.All
            .Select(limit => (limit, Was: limit.Of(was), Becomes: limit.Of(becomes)))
            .Where(pair => pair.Was != pair.Becomes)
            .Select(pair => new LimitChange(pair.limit.Name, pair.limit.Text(pair.Was), pair.limit.Text(pair.Becomes), pair.Becomes > pair.Was != pair.limit.IsTighterWhenHigher))
            .ToList();
        changes.AddRange(becomes.Restricted.Except(was.Restricted).Order().Select(symbol => new LimitChange("restricted", $"{symbol} allowed", $"{symbol} restricted", false)));
        changes.AddRange(was.Restricted.Except(becomes.Restricted).Order().Select(symbol => new LimitChange("restricted", $"{symbol} restricted", $"{symbol} allowed", true)));
        // A review opens the way to real money, so signing one is a loosening; taking one back is not.
        if (becomes.ReviewedAt != was.ReviewedAt || becomes.ReviewedBy != was.ReviewedBy)
            changes.Add(new LimitChange("reviewedAt", Review(was), Review(becomes), becomes.ReviewedAt is not null));
        return changes;
    }

    /// <summary>True when anything is looser than before, whatever else is tighter.</summary>
    public static bool NeedsStepUp(TradingLimits was, TradingLimits becomes) => Between(was, becomes).Any(change => change.IsLoosening);

    static string Review(TradingLimits limits) => limits.ReviewedAt is { } day ? $"reviewed on {day:yyyy-MM-dd} by {limits.ReviewedBy}" : "never reviewed";
}
