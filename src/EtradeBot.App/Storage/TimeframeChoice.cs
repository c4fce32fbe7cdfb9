using EtradeBot.App.Commands;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Which of the timeframes at hand serves the one wanted.</summary>
static class TimeframeChoice
{
    /// <summary>The one wanted, else the longest shorter one it can be made of; the only one when none is wanted.</summary>
    /// <param name="what">Whose timeframes they are, for messages.</param>
    /// <exception cref="UsageException">None is wanted and there are several.</exception>
    /// <exception cref="CandleDataException">None serves.</exception>
    public static Timeframe Of(string what, IReadOnlyCollection<Timeframe> atHand, Timeframe? wanted)
    {
        if (wanted is not { } timeframe)
            return atHand.Count == 1 ? atHand.First() : throw new UsageException($"which timeframe? {what} comes in {string.Join(' ', atHand.Order())}: add --timeframe");
        var serving = atHand.Where(candidate => Serves(candidate, timeframe)).ToList();
        return serving.Count > 0
            ? serving.Max()
            : throw new CandleDataException($"{what} comes in {string.Join(' ', atHand.Order())}, of which no {timeframe} candles can be made; import shorter ones or choose another --timeframe");
    }

    static bool Serves(Timeframe candidate, Timeframe wanted) =>
        candidate.Minutes <= wanted.Minutes && (!wanted.IsIntraday || wanted.Minutes % candidate.Minutes == 0);
}
