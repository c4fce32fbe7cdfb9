using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>A place where candles of the past come from: a data service, or the files already imported.</summary>
interface IHistorySource
{
    /// <summary>As on the command line and in <see cref="CandleOrigin.Source"/>.</summary>
    string Name { get; }

    /// <summary>The setting that must hold a key of one's own; null where none is needed.</summary>
    string? KeySetting { get; }

    /// <summary>What can be asked for, shortest first; longer candles are resampled from these.</summary>
    IReadOnlyList<Timeframe> Timeframes { get; }

    /// <summary>What a request for candles of this length may span, how far back it reaches and how its prices can be adjusted.</summary>
    HistoryRules RulesFor(Timeframe timeframe);

    /// <summary>The closed candles of regular sessions in the days asked for, oldest first; none where the service has none. A candle that may still change is left out.</summary>
    /// <param name="request">No longer than one chunk of <see cref="RulesFor"/> and the session before it.</param>
    /// <exception cref="HistoryException">The source refused, failed or cannot be understood; the message names it, the symbol and the remedy.</exception>
    Task<HistoryPart> FetchAsync(HistoryRequest request, CancellationToken cancellation);
}

/// <summary>What a source allows for one timeframe.</summary>
/// <param name="Chunk">The longest stretch to ask for at once.</param>
/// <param name="Adjustments">What can be had; the first is what the source gives by nature.</param>
sealed record HistoryRules(ChunkLength Chunk, params PriceAdjustment[] Adjustments)
{
    /// <summary>Days back from today that can be asked for; null: as far as there are candles.</summary>
    public int? ReachDays { get; init; }

    /// <summary>How long after its close a candle may still be corrected.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromHours(4);
}

/// <summary>Days from the first to the last, both included.</summary>
readonly record struct DayRange(DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly day) => day >= From && day <= To;

    public override string ToString() => FormattableString.Invariant($"{From:yyyy-MM-dd} to {To:yyyy-MM-dd}");
}

/// <summary>Which candles are wanted.</summary>
sealed record HistoryRequest(Symbol Symbol, Timeframe Timeframe, PriceAdjustment Adjustment, DayRange Days)
{
    /// <summary>How old a closed candle must be to be given; null: <see cref="HistoryRules.Settling"/>. Zero fills a hole of the running session, with candles that may still be corrected.</summary>
    public TimeSpan? Settling { get; init; }
}

/// <summary>Candles of a stretch of days.</summary>
sealed record HistoryPart(CandleSeries Candles)
{
    /// <summary>Splits among those days that raw prices are still to be adjusted for.</summary>
    public IReadOnlyList<Split> Splits { get; init; } = [];

    /// <summary>What was left out and why, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
