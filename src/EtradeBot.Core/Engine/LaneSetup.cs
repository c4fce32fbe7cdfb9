using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Risk;
using EtradeBot.Strategies;

namespace EtradeBot.Engine;

/// <summary>What one symbol needs to be traded while its candles come.</summary>
public sealed record LaneSetup
{
    /// <summary>Candles that have closed already: they warm the strategy up and trade nothing. May be empty.</summary>
    public required CandleSeries History { get; init; }

    /// <summary>A fresh strategy, of this symbol alone.</summary>
    public required Strategy Strategy { get; init; }

    public required IBroker Broker { get; init; }

    /// <summary><see cref="Trading.Signal.MaxCandles"/> of the entry whose position is open at the start; null: no limit, or no position.</summary>
    public int? MaxCandles { get; init; }

    /// <summary>Corrects what an entry is judged by: given the account's own books, it answers with what the broker reports. Null: the books are right.</summary>
    public Func<RiskStanding, RiskStanding>? Standing { get; init; }
}
