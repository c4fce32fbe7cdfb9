using EtradeBot.App.Commands;
using EtradeBot.ETrade;

namespace EtradeBot.App.Broker;

/// <summary>Finds the account that is meant. Messages show the last four digits of a number and no key.</summary>
static class AccountChoice
{
    /// <summary>****6789; nothing of a number too short to hide in.</summary>
    public static string Masked(string number) => number.Length > 4 ? "****" + number[^4..] : "****";

    /// <summary>What a command that only reads shows: the account that is meant, or every active one.</summary>
    /// <inheritdoc cref="Choose"/>
    public static IReadOnlyList<BrokerageAccount> ForReading(IReadOnlyList<BrokerageAccount> accounts, string? wanted, string source) =>
        wanted is null && accounts.Where(account => account.IsActive).ToList() is { Count: > 0 } active ? active : [Choose(accounts, wanted, source)];

    /// <summary>The one account that is meant.</summary>
    /// <param name="wanted">A number, a key or the last four digits; null: the only active account.</param>
    /// <param name="source">The option or setting that <paramref name="wanted"/> comes from.</param>
    /// <exception cref="UsageException">None, or several.</exception>
    public static BrokerageAccount Choose(IReadOnlyList<BrokerageAccount> accounts, string? wanted, string source)
    {
        if (accounts.Count == 0) throw new UsageException("this login has no brokerage account");
        var fitting = wanted is null ? [.. accounts.Where(account => account.IsActive)] : Fitting(accounts, wanted);
        return fitting switch
        {
            [var only] => only,
            [] when wanted is null => throw new UsageException($"no account is active: {List(accounts)}. Choose one with --account and its last four digits"),
            [] => throw new UsageException($"{source} names no account of this login; it has {List(accounts)}"),
            _ when wanted is null => throw new UsageException($"several accounts: {List(fitting)}. Choose one with --account and its last four digits, or with ETRADE_ACCOUNT_ID"),
            _ => throw new UsageException($"{source} fits several accounts: {List(fitting)}. Give the whole number"),
        };
    }

    /// <summary>A whole number or key wins over last digits.</summary>
    static List<BrokerageAccount> Fitting(IReadOnlyList<BrokerageAccount> accounts, string wanted)
    {
        var digits = wanted.TrimStart('*');
        var exact = accounts.Where(account => account.Number == wanted || account.Key == wanted).ToList();
        if (exact.Count > 0 || digits.Length != 4) return exact;
        return [.. accounts.Where(account => account.Number.EndsWith(digits, StringComparison.Ordinal))];
    }

    static string List(IReadOnlyList<BrokerageAccount> accounts) =>
        string.Join(", ", accounts.Select(account => $"{Masked(account.Number)} ({Words(account)})"));

    static string Words(BrokerageAccount account)
    {
        var name = account.Name.Length > 0 ? account.Name : account.Description.Length > 0 ? account.Description : account.Type;
        return account.IsActive ? name : $"{name}, closed";
    }
}
