using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace EtradeBot.App.Hosting.Security;

/// <summary>What becomes of the second factor with a new password.</summary>
enum SecondFactor
{
    Kept,
    Removed,
}

/// <summary>Identity's manager; recovery codes are long enough to be kept as plain hashes.</summary>
sealed class Accounts(
    AccountStore store, IOptions<IdentityOptions> options, IPasswordHasher<DashboardUser> hasher, IEnumerable<IUserValidator<DashboardUser>> userValidators,
    IEnumerable<IPasswordValidator<DashboardUser>> passwordValidators, ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<Accounts> logger)
    : UserManager<DashboardUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    const int RecoveryBytes = 10;

    public UserContext Context { get; } = store.Context;

    public new AccountStore Store { get; } = store;

    /// <summary>As typed, in capitals and without spaces and dashes.</summary>
    public static string Normal(string recoveryCode) => new([.. recoveryCode.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);

    /// <summary>80 random bits, <c>ABCDEFGHIJKLMNOP</c>; shown in groups of four.</summary>
    protected override string CreateTwoFactorRecoveryCode() => Totp.Encode(RandomNumberGenerator.GetBytes(RecoveryBytes));
}
