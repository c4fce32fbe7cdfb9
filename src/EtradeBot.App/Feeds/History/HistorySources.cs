using EtradeBot.App.Commands;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Feeds.History;

/// <summary>What a source is made with.</summary>
sealed record SourceSetup(BotSettings Settings, CandleStore Store)
{
    /// <summary>Another server with the same answers; null: the source's own.</summary>
    public Uri? Server { get; init; }

    /// <summary>Null: what suits the source.</summary>
    public double? RequestsPerSecond { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Every source by its name.</summary>
static class HistorySources
{
    public static IReadOnlyList<string> Names { get; } = ["yahoo", "stooq", "alphavantage", "tiingo", FilesSource.SourceName];

    /// <exception cref="UsageException">No such source, or its key is not set.</exception>
    public static IHistorySource Create(string name, SourceSetup setup) => name switch
    {
        "yahoo" => new YahooSource(Client(setup, perSecond: 2), setup.Server),
        "stooq" => new StooqSource(Client(setup, perSecond: 1), setup.Settings.StooqKey, setup.Server),
        "alphavantage" => new AlphaVantageSource(Client(setup, perSecond: 1), Key(name, setup.Settings.AlphaVantageKey, SettingRule.AlphaVantageKey), setup.Server),
        "tiingo" => new TiingoSource(Client(setup, perSecond: 4), Key(name, setup.Settings.TiingoKey, SettingRule.TiingoKey), setup.Server),
        FilesSource.SourceName => new FilesSource(setup.Store),
        _ => throw new UsageException($"there is no source '{name}': use one of {string.Join(' ', Names)}{Spelling.DidYouMean(name, Names)}"),
    };

    static HistoryClient Client(SourceSetup setup, double perSecond) =>
        new(new HistoryClientOptions { RequestsPerSecond = setup.RequestsPerSecond ?? perSecond, Time = setup.Time });

    static Secret Key(string name, Secret? key, string setting) =>
        key ?? throw new UsageException($"--source {name} needs a key of your own: set {setting} in .env or in the environment, or use --source yahoo, which needs none");
}
