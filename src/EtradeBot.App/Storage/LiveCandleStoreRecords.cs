using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.App.Storage;

/// <summary>Whose candles they are. Those of the simulator never mix with real ones of the same symbol.</summary>
/// <param name="Feed">production, sandbox or simulator.</param>
readonly record struct LiveSeriesName(string Feed, Symbol Symbol, Timeframe Timeframe)
{
    public const string RealFeed = "production";

    public bool IsSimulated => Feed != RealFeed;

    public override string ToString() => $"{Symbol} {Timeframe} ({Feed})";
}

/// <summary>What a <see cref="LiveCandleStore"/> holds of one series.</summary>
/// <param name="Incomplete">Candles that started late or have a hole.</param>
/// <param name="Backfilled">Candles of a history source.</param>
sealed record LiveSeriesInfo(LiveSeriesName Name, int Count, int Incomplete, int Backfilled)
{
    /// <summary>Open time of the first candle.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>Open time of the last candle.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>Such as <c>live quotes, production, 3 incomplete, 2 backfilled</c>.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"live quotes, {Name.Feed}{(Incomplete > 0 ? $", {Incomplete:N0} incomplete" : "")}{(Backfilled > 0 ? $", {Backfilled:N0} backfilled" : "")}");
}

/// <summary>A stretch of a session without quotes.</summary>
/// <param name="FilledBy">Name of the history source that was asked and answered; null: still open.</param>
readonly record struct LiveHole(DateTimeOffset From, DateTimeOffset To, string? FilledBy);

/// <summary>Which stored candles a backfilled one may replace.</summary>
enum BackfillOver
{
    /// <summary>It only fills gaps.</summary>
    Nothing,

    /// <summary>Live candles that started late or have a hole, too.</summary>
    Incomplete,

    Everything,
}
