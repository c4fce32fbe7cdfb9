using EtradeBot.App.Storage;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.App.Commands;

/// <summary>A backtest as it was asked for, before its candles are read: the command line and the page both make one, and from here on they are the same.</summary>
sealed record BacktestOrder(IReadOnlyList<CandleRequest> Candles, BacktestTerms Terms, StrategyEntry Strategy, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>Of the resampling behind the intervals.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Reads the candles.</summary>
    /// <exception cref="CandleDataException">Candles are missing or damaged.</exception>
    /// <exception cref="UsageException">Several candles could be meant.</exception>
    public BacktestPlan Load()
    {
        var found = Candles.Select(CandleLibrary.Find).ToArray();
        var candles = found.Select(one => one.Candles).ToArray();
        var finer = Terms.Drill is { } drill ? CandleLibrary.Load(Candles[0] with { Symbol = candles[0].Symbol, Timeframe = drill }) : null;
        return new BacktestPlan(Terms.Settings(finer), Strategy, Values, candles, Seed)
        {
            Warnings = [.. candles.SelectMany(Defects), .. found.SelectMany(one => one.Notes)],
        };
    }

    /// <summary>What 'data check' would hold against these candles, short: a result is worth no more than its candles.</summary>
    static IEnumerable<string> Defects(CandleSeries candles) =>
        from finding in CandleAudit.Check(candles)
        where finding.Severity >= FindingSeverity.Warning
        let examples = finding.Examples.Count > 0 ? $" ({string.Join("; ", finding.Examples.Take(2))}{(finding.Examples.Count > 2 ? "; ..." : "")})" : ""
        select $"{candles.Symbol} candles: {finding.Words}{examples}";
}
