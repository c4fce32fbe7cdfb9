using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>Where the prices come from: candles of a minute by symbol and day.</summary>
interface IMinuteSource
{
    IReadOnlyList<Symbol> Symbols { get; }

    /// <summary>Null when the symbol is not listed.</summary>
    (string Description, string Exchange)? Describe(Symbol symbol);

    /// <summary>True where the hours before the open and after the close get invented prints.</summary>
    bool HasThinHours { get; }

    /// <summary>The candles of a session day from 04:00 to 20:00, oldest first and a minute or more apart; none where nothing traded. The caller may keep them.</summary>
    CandleColumns Minutes(Symbol symbol, DateOnly day);

    /// <summary>The last session day before that one on which the symbol traded; null where there is none.</summary>
    DateOnly? TradedBefore(Symbol symbol, DateOnly day);
}
