namespace EtradeBot.App.Hosting.Security;

/// <summary>Says who sits in front of the page: one for each circuit or request.</summary>
sealed class ActorSource(Func<Task<Actor>> whoIsThere)
{
    /// <summary>The person; on loopback without any user set up, the owner of this machine.</summary>
    /// <exception cref="NotAllowedException">Nobody is logged in.</exception>
    public Task<Actor> CurrentAsync() => whoIsThere();
}
