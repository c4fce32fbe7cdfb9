using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

/// <summary>What one answer says of the symbols that were asked for.</summary>
sealed class QuoteBatch(IReadOnlyList<Symbol> asked)
{
    public IReadOnlyList<Symbol> Asked { get; } = asked;

    /// <summary>At the place of each symbol asked for; null without a quote.</summary>
    public Quote?[] Quotes { get; } = new Quote?[asked.Count];

    /// <summary>What the broker says of a symbol in place of its quote.</summary>
    public string?[] Errors { get; } = new string?[asked.Count];

    /// <summary>Symbols that the broker sent unasked.</summary>
    public List<string> Foreign { get; } = [];

    public List<BrokerMessage> Messages { get; } = [];

    /// <summary>Of two quotes of one symbol the younger stays.</summary>
    public void Add(int place, Quote quote)
    {
        if (Quotes[place] is not { } other || other.At <= quote.At) Quotes[place] = quote;
    }

    /// <summary>The broker's or our own reason why a symbol has no quote.</summary>
    public string WhyMissing(int place)
    {
        if (Errors[place] is { Length: > 0 } error) return error;
        var ticker = Asked[place].Ticker;
        var named = Messages.FirstOrDefault(message => Names(message.Text, ticker));
        if (named is not null) return named.Text;
        if (Messages.FirstOrDefault(message => message.Code == InvalidSymbol || message.Type == "ERROR") is { } any) return any.Text;
        return Foreign.Count > 0
            ? $"E*TRADE sent a quote of {Foreign[0]} instead"
            : "E*TRADE sent no quote of it and no reason";
    }

    /// <summary>E*TRADE's number for a symbol it does not know.</summary>
    const int InvalidSymbol = 1019;

    static bool Names(string text, string ticker)
    {
        for (var at = text.IndexOf(ticker, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(ticker, at + 1, StringComparison.OrdinalIgnoreCase))
            if (IsEdge(text, at - 1) && IsEdge(text, at + ticker.Length)) return true;
        return false;
    }

    static bool IsEdge(string text, int at) => at < 0 || at >= text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] is '.' or '-' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]));
}
