using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace EtradeBot.App.Hosting.Security;

/// <summary>Identity's store, with the authenticator's secret encrypted and recovery codes as hashes: a copied users.db alone opens nothing.</summary>
sealed class AccountStore(UserContext context, IDataProtectionProvider protection) : UserOnlyStore<DashboardUser, UserContext>(context)
{
    readonly IDataProtector _protector = protection.CreateProtector("etrade-bot authenticator");

    public override Task SetAuthenticatorKeyAsync(DashboardUser user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _protector.Protect(key), cancellationToken);

    /// <exception cref="IOException">The keys that the secret was encrypted with are gone.</exception>
    public override async Task<string?> GetAuthenticatorKeyAsync(DashboardUser user, CancellationToken cancellationToken)
    {
        if (await base.GetAuthenticatorKeyAsync(user, cancellationToken) is not { } kept) return null;
        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException problem)
        {
            throw new IOException($"the authenticator secret of {user.UserName} cannot be read, its keys are gone: run 'etrade-bot user reset {user.UserName}'", problem);
        }
    }

    public override Task ReplaceCodesAsync(DashboardUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override Task<bool> RedeemCodeAsync(DashboardUser user, string code, CancellationToken cancellationToken) =>
        base.RedeemCodeAsync(user, Hash(code), cancellationToken);

    /// <summary>A plain hash is enough for a code of 80 random bits.</summary>
    static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
