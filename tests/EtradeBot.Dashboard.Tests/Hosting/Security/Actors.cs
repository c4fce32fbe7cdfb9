namespace EtradeBot.App.Hosting.Security;

/// <summary>People for tests of what they do.</summary>
static class Actors
{
    public static Actor Admin { get; } = new("ada", Role.Admin, () => true);

    public static Actor Trader { get; } = new("tom", Role.Trader, () => true);

    public static Actor Viewer { get; } = new("vera", Role.Viewer, () => true);

    /// <summary>Somebody whose session is over.</summary>
    public static Actor Dead { get; } = new("dora", Role.Admin, () => false);

    public static ActorSource Source(Actor actor) => new(() => Task.FromResult(actor));
}
