using EtradeBot.Analysis;
using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Orders;

/// <summary>Average true range of 14 daily candles: what stops and targets are suggested by.</summary>
/// <param name="ReadAsync">Dollars; NaN where there are too few candles.</param>
sealed record AtrReader(Func<Symbol, CancellationToken, Task<double>> ReadAsync)
{
    public const int Candles = 14;

    public static AtrReader Of(CandleHistory history) => new(async (symbol, stop) =>
    {
        try
        {
            var candles = (await history.ReadAsync(symbol, Timeframe.D1, stop)).Candles;
            return candles.Count > Candles ? Indicators.Atr(candles, Candles)[^1] : double.NaN;
        }
        catch (CandleDataException)
        {
            // No candles, no suggestion: the ticket then asks for a stop of its own.
            return double.NaN;
        }
    });
}
