using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Accounts;

/// <summary>The accounts of the simulated customer: one on margin, one for cash, and one that was closed.</summary>
static class AccountOpening
{
    const string KeyLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const int KeyLength = 22;
    const int DaysSinceClosing = 400;

    public static List<CustomerBook> Open(SimulatorOptions options, DateTimeOffset now)
    {
        var closedAt = DateTimeOffset.FromUnixTimeSeconds(now.AddDays(-DaysSinceClosing).ToUnixTimeSeconds());
        return
        [
            Book(0, options, Account(0, options.Seed) with { Name = "Margin account", IsMargin = true }),
            Book(1, options, Account(1, options.Seed) with { Name = "Cash account" }),
            Book(2, options with { Cash = 0 }, Account(2, options.Seed) with { Name = "Old account", IsClosed = true, ClosedAt = closedAt }),
        ];
    }

    static CustomerBook Book(int index, SimulatorOptions options, CustomerAccount account) => new()
    {
        Account = account,
        Ledger = new Ledger { Cash = options.Cash, FirstId = 61_200_000_000 + index * 100_000_000L },
        FirstOrderId = 101 + (long)(Random(options.Seed, "first order", index).NextDouble() * 800),
    };

    static CustomerAccount Account(int index, int seed)
    {
        // Numbers next to each other, as accounts opened together have, cannot collide.
        var number = 100_000_000 + (long)(Random(seed, "account number", 0).NextDouble() * 899_999_900) + index * 18;
        var random = Random(seed, "account key", index);
        var key = string.Create(KeyLength, random, static (letters, random) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = KeyLetters[(int)(random.NextDouble() * KeyLetters.Length)];
        });
        return new CustomerAccount(number.ToString(CultureInfo.InvariantCulture), key, "Individual Brokerage", "", false, false, null);
    }

    static SeededRandom Random(int seed, string purpose, int number) => new(SeededRandom.Derive((ulong)seed, purpose, number));
}
