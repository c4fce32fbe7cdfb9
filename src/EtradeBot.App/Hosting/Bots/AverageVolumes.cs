using System.Collections.Concurrent;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Bots;

/// <summary>Shares that change hands on an average day, by the daily candles there are. Read in the background at the first question. Safe for several threads.</summary>
sealed class AverageVolumes(Func<Symbol, Timeframe, CancellationToken, Task<CandleSeries>> candles)
{
    /// <summary>A month of sessions.</summary>
    const int Days = 20;

    readonly ConcurrentDictionary<Symbol, Task<double?>> _read = [];

    /// <summary>Null while it is not known.</summary>
    public double? Of(Symbol symbol) => _read.GetOrAdd(symbol, asked => Task.Run(() => ReadAsync(asked))) is { IsCompletedSuccessfully: true, Result: var volume } ? volume : null;

    async Task<double?> ReadAsync(Symbol symbol)
    {
        try
        {
            var days = await candles(symbol, Timeframe.D1, CancellationToken.None).ConfigureAwait(false);
            var count = Math.Min(Days, days.Count);
            return count == 0 ? null : Enumerable.Range(days.Count - count, count).Average(i => days[i].Volume);
        }
        catch (Exception problem) when (problem is CandleDataException or IOException)
        {
            return null;
        }
    }
}
