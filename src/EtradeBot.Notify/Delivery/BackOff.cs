using System.Security.Cryptography;

namespace EtradeBot.Notify.Delivery;

/// <summary>How long to leave a provider alone after a failure.</summary>
static class BackOff
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Twice as long each time, a fifth more or less by chance, never shorter than the provider asks for.</summary>
    /// <param name="failures">In a row, 1 or more.</param>
    public static TimeSpan After(int failures, TimeSpan? asked)
    {
        var usual = Math.Min(Shortest.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20)), Longest.TotalSeconds);
        var wait = TimeSpan.FromSeconds(usual * RandomNumberGenerator.GetInt32(80, 121) / 100);
        return asked > wait ? asked.Value : wait;
    }
}
