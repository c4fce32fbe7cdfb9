using System.Net;

namespace EtradeBot.App.Hosting.Security;

/// <summary>Asks for the password again before what could hurt: an open page that somebody walks up to is not enough.</summary>
sealed class StepUp(UserDirectory users, UserAccounts accounts, LoginThrottle throttle)
{
    /// <summary>Whether the page has to ask for a password at all: not while no user is set up, when whoever sits at this machine owns it.</summary>
    public bool AsksForPassword => users.DemandsLogin;

    /// <summary>Whether the page has to ask for a code of the authenticator beside it.</summary>
    public bool AsksForCode(Actor actor) => users.FindByName(actor.Name) is { HasTotp: true };

    /// <param name="code">Of the authenticator, where it is on.</param>
    /// <exception cref="NotAllowedException">The password or the code is wrong, or too many were. Without any user set up everything passes.</exception>
    public async Task RequireAsync(Actor actor, string password, string code = "")
    {
        actor.Require(Role.Viewer);
        if (!users.DemandsLogin) return;
        // Only the person of this session can be delayed by this: the key is no address.
        if (throttle.Begin("step-up of " + actor.SessionId, IPAddress.Loopback) is { } wait) throw new NotAllowedException($"too many tries: wait {Math.Ceiling(wait.TotalSeconds)} s, then try again");
        var user = users.FindByName(actor.Name);
        if (!await accounts.IsPasswordAsync(actor.Name, password) || user is null) throw new NotAllowedException("the password is wrong");
        if (user.HasTotp && !await accounts.TakeCodeAsync(user.Name, code)) throw new NotAllowedException("the code of the authenticator is wrong, missing or was used before");
        throttle.Succeeded("step-up of " + actor.SessionId, IPAddress.Loopback);
    }
}
