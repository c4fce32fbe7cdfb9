using System.Reflection;
using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>A ticker of a United States exchange.</summary>
/// <param name="Exchange">As quotes word it: NYSE, NSDQ, ARCA or BATS.</param>
sealed record ListedTicker(Symbol Symbol, string Exchange, string Name);

/// <summary>Well-known companies and funds, from the table beside this file: <c>TICKER EXCHANGE NAME</c> on each line.</summary>
sealed class ListedTickers
{
    readonly Dictionary<Symbol, ListedTicker> _bySymbol = [];

    ListedTickers()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ListedTickers.txt")
            ?? throw new InvalidOperationException("the table of listed tickers is missing from the program");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(' ', 3) is not [var ticker, var exchange, var name]) throw new InvalidOperationException($"not a line of the table of tickers: '{line}'");
            var listed = new ListedTicker(Symbol.Parse(ticker), exchange, name);
            _bySymbol.Add(listed.Symbol, listed);
        }
    }

    public static ListedTickers Table { get; } = new();

    public IReadOnlyCollection<Symbol> Symbols => _bySymbol.Keys;

    public ListedTicker? Find(Symbol symbol) => _bySymbol.GetValueOrDefault(symbol);
}
