using System.Globalization;
using EtradeBot.Brokers;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Api;

/// <summary>Paths after <c>/v1</c>. What a person typed is looked at before it becomes part of one.</summary>
static class ApiPaths
{
    /// <exception cref="BrokerException">Not a key: no such thing is sent.</exception>
    public static string Account(string key, string rest)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        if (!key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw NotSent($"'{key}' is no account key: use the key that the account list shows, letters, digits, '-' and '_'");
        return $"/accounts/{key}/{rest}";
    }

    public static string Number(long id)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        return id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Null for a ticker that can be part of a request; else why it cannot, and what to write instead.</summary>
    public static string? WhyNot(Symbol symbol)
    {
        var ticker = symbol.Ticker;
        if (ticker.Length == 0) throw new ArgumentException("a symbol is missing", nameof(symbol));
        if (ticker.Contains('/', StringComparison.Ordinal)) return $"E*TRADE writes share classes with a dot: ask for {ticker.Replace('/', '.')} instead of {ticker}";
        return ticker.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            ? null
            : $"E*TRADE's tickers are made of letters, digits, '.' and '-': look up how it spells {ticker}";
    }

    /// <exception cref="BrokerException">The ticker cannot be part of a request.</exception>
    public static string Ticker(Symbol symbol) => WhyNot(symbol) is { } why ? throw NotSent(why) : symbol.Ticker;

    public static BrokerException NotSent(string why) => new(BrokerFault.Refused, RequestFate.NotSent, why);
}
