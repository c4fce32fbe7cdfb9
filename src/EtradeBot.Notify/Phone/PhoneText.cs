using System.Security.Cryptography;
using System.Text;
using EtradeBot.Market;

namespace EtradeBot.Notify.Phone;

/// <summary>A message taken apart: what it wants, and the PIN it came with.</summary>
/// <param name="Problem">Why it is no command, to be answered; null where it is one.</param>
sealed record PhoneText(PhoneVerb Verb, Symbol? Symbol, string? Pin, string? Problem)
{
    const int LongestShown = 20;

    public const string Help = "/status, /positions, /why SYMBOL, /ack; with the PIN behind it: /stop, /flatten, /resume";

    public static PhoneText Parse(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !words[0].StartsWith('/')) return Not($"a command begins with a stroke: {Help}");
        // In groups Telegram adds the bot's name: /status@some_bot.
        var name = words[0][1..].Split('@')[0];
        if (name.Equals("start", StringComparison.OrdinalIgnoreCase)) name = nameof(PhoneVerb.Help);
        if (!name.All(char.IsAsciiLetter) || !Enum.TryParse<PhoneVerb>(name, ignoreCase: true, out var verb)) return Not($"there is no such command: {Help}");
        if (PhonePlan.NeedsPin(verb)) return words.Length <= 2 ? new(verb, null, words.ElementAtOrDefault(1), null) : Not($"/{name} takes the PIN and nothing else");
        if (verb != PhoneVerb.Why) return new(verb, null, null, null);
        return words.Length == 2 && Market.Symbol.TryParse(words[1], out var symbol) ? new(verb, symbol, null, null) : Not("/why takes one symbol: /why AAPL");
    }

    static PhoneText Not(string problem) => new(PhoneVerb.Help, null, null, problem);

    /// <summary>Takes as long for a PIN that is nearly right as for one that is not.</summary>
    public static bool IsSame(string pin, string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(pin)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    /// <summary>A message as an audit may show it: the command's name, and the symbol of a question; anything else could be a PIN.</summary>
    public static string Shown(string text)
    {
        var parsed = Parse(text);
        if (parsed.Problem is null) return $"/{PhoneGuard.Name(parsed.Verb)}{(parsed.Symbol is { } symbol ? $" {symbol}" : "")}{(parsed.Pin is null ? "" : " ***")}";
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var first = words.Length > 0 && words[0].Length <= LongestShown && words[0].StartsWith('/') && words[0].Skip(1).All(char.IsAsciiLetter) ? words[0] : "***";
        return words.Length > 1 ? $"{first} ***" : first;
    }
}
