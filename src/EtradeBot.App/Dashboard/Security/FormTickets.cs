using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>Lets each form of the door be sent once: a caught or stored one is worth nothing. Safe for several threads.</summary>
/// <remarks>A ticket says itself what it is for and when it was made, so that asking for many costs no memory; only used ones are remembered.</remarks>
sealed class FormTickets(IDataProtectionProvider protection, TimeProvider time)
{
    static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(30);

    readonly Lock _gate = new();
    readonly Dictionary<string, DateTimeOffset> _used = [];

    public string Make(string form) =>
        Protector(form).Protect(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}.{time.GetUtcNow().ToUnixTimeSeconds()}"));

    /// <returns>False for one that was used, is too old, or was never made for this form.</returns>
    public bool Use(string form, string? ticket)
    {
        if (Open(form, ticket) is not [var number, var seconds]) return false;
        var now = time.GetUtcNow();
        var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)) + LongestLife;
        if (until <= now) return false;
        lock (_gate)
        {
            foreach (var (old, end) in _used.Count > 1000 ? _used.ToArray() : [])
                if (end <= now) _used.Remove(old);
            return _used.TryAdd(number, until);
        }
    }

    string[]? Open(string form, string? ticket)
    {
        try
        {
            return ticket is null ? null : Protector(form).Unprotect(ticket).Split('.');
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    IDataProtector Protector(string form) => protection.CreateProtector("etrade-bot form", form);
}
