using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>One symbol to download.</summary>
/// <param name="Days">What is wanted, whether stored or not; its end may lie in the future.</param>
sealed record DownloadOrder(Symbol Symbol, Timeframe Timeframe, PriceAdjustment Adjustment, DayRange Days)
{
    public StoredPolicy Stored { get; init; }
}

/// <summary>What a download makes of candles that are stored already.</summary>
enum StoredPolicy
{
    /// <summary>Only what is missing before and after them is downloaded.</summary>
    Continue,

    /// <summary>They are downloaded again and corrected.</summary>
    Correct,

    /// <summary>They do not count: what is downloaded takes their place.</summary>
    Replace,
}

/// <summary>What a download brought, not yet stored; one of <see cref="Candles"/> and <see cref="Problem"/>, or neither when nothing was missing.</summary>
sealed record DownloadResult(DownloadOrder Order)
{
    public StoredCandles? Candles { get; init; }

    /// <summary>How the candles go into the store.</summary>
    public ExistingCandles Existing { get; init; }

    /// <summary>Why there are none.</summary>
    public Exception? Problem { get; init; }

    /// <summary>Sentences without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The chunks made use of, oldest first.</summary>
    public IReadOnlyList<HistoryChunk> Chunks { get; init; } = [];
}
