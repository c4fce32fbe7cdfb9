using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Brokers;

/// <summary>Who fills the orders of one symbol, as the engine sees it: every call answers at once. What has to travel to a real broker
/// is sent, and what has come back is booked, around the engine's step.</summary>
public interface IBroker
{
    /// <summary>True while an order works that the engine submitted to leave the position.</summary>
    bool HasExit { get; }

    /// <summary>Takes an order; an entry replaces the one still working.</summary>
    /// <param name="lastIndex">Index of the last candle it may fill in.</param>
    void Submit(Order order, int lastIndex = int.MaxValue);

    /// <summary>Takes back the entry that still works, if there is one.</summary>
    /// <param name="at">Open of the candle that decided so.</param>
    /// <param name="side">Cancels an entry on this side only; null: on either.</param>
    void CancelEntry(string note, DateTimeOffset at, Side? side = null);

    /// <summary>Books into the account what has filled up to the close of the last candle, and marks the holding by it. Called once
    /// for each candle, before the strategy sees it.</summary>
    void OnCandle(CandleSeries candles);
}
