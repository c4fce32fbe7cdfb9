namespace EtradeBot.ETrade.Http;

/// <summary>How many requests a module takes: a burst within a window, and a total within an hour.</summary>
/// <remarks>
/// Four fifths of the stricter published figures (2 a second and 7,000 an hour; for market data 4 and 14,000). The fifth is taken from
/// the window and not from the burst: 4 in any 1.25 s are never more than 4 in any second, on average 3.2, and two may leave at once.
/// </remarks>
sealed record ModuleLimits(int Burst, TimeSpan Window, int PerHour)
{
    const double Share = 0.8;

    /// <summary>The alerts have no figure of their own in the stricter set: they get the smaller one.</summary>
    public static ModuleLimits For(ETradeModule module) => module == ETradeModule.Market ? Of(4, 14_000) : Of(2, 7_000);

    /// <summary>Requests a second that can go on all day.</summary>
    public double PerSecond => Math.Min(Burst / Window.TotalSeconds, PerHour / 3600.0);

    static ModuleLimits Of(int perSecond, int perHour) => new(perSecond, TimeSpan.FromSeconds(perSecond / (perSecond * Share)), (int)(perHour * Share));
}
