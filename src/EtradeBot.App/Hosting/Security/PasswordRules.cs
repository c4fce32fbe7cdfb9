using System.Globalization;

namespace EtradeBot.App.Hosting.Security;

/// <summary>What a password must be. Length counts, not its kinds of characters (NIST SP 800-63B).</summary>
static class PasswordRules
{
    public const int Shortest = 12;

    /// <summary>More would only cost time to hash.</summary>
    public const int Longest = 256;

    /// <summary>What people choose when twelve characters are asked for, in lower case and without digits and signs around it.</summary>
    static readonly HashSet<string> Common =
    [
        "password", "passwordpassword", "passw0rd", "passwort", "passwortpasswort", "letmein", "letmeinletmein", "welcome", "welcomewelcome", "qwertyuiop", "qwertyqwerty", "qwertzuiop",
        "qwertyuiopasdf", "asdfghjkl", "asdfghjklqwe", "iloveyou", "iloveyouforever", "administrator", "adminadmin", "adminadminadmin", "changeme", "changemenow", "changemeplease", "trustno",
        "abcdefghijkl", "abcdefghijklm", "abcdefghijklmnop", "correcthorsebatterystaple", "etradebot", "etrade-bot", "etrade", "etradeetrade", "candlestick", "candlesticks", "tradingbot", "stockmarket",
        "monkeymonkey", "dragondragon", "footballfootball", "baseballbaseball", "sunshine", "princess", "superman", "starwars", "michaelmichael", "masterpassword", "secretsecret", "testtesttest",
        "q1w2e3r4t5y6", "1q2w3e4r5t6y", "zaq12wsxcde3", "p@ssw0rd", "p@ssword", "pa$$word", "mypassword", "password123password", "thisismypassword", "iamthebest", "",
    ];

    /// <returns>The reason why not, with the remedy; null when it is fine.</returns>
    public static string? Refusal(string userName, string password)
    {
        if (password.Length < Shortest) return string.Create(CultureInfo.InvariantCulture, $"the password has {password.Length} characters: use at least {Shortest}, such as four words that only you put together");
        if (password.Length > Longest) return string.Create(CultureInfo.InvariantCulture, $"the password has {password.Length} characters: use at most {Longest}");
        if (password.Distinct().Count() < 5) return "the password repeats a few characters: use at least five different ones";
        var lower = password.ToLowerInvariant();
        if (userName.Length >= 4 && lower.Contains(userName.ToLowerInvariant(), StringComparison.Ordinal)) return "the password contains the user's name: leave that out";
        return Common.Contains(lower) || Common.Contains(lower.Trim([.. " 0123456789!?.,-_#*+$@"])) ? "the password is one of the first that are tried: choose another" : null;
    }
}
