using System.CommandLine;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data backfill</c>: fills the holes of recorded candles from a history source.</summary>
static class DataCommandBackfill
{
    static readonly Option<string?> Timeframe = new("--timeframe") { Description = "1m 2m 5m 15m 30m 1h 1d (default: all that were recorded).", HelpName = "T" };
    static readonly Option<string> Source = new("--source") { Description = "yahoo, stooq, alphavantage, tiingo, or files: the candles imported or downloaded.", HelpName = "NAME", Required = true };
    static readonly Option<string?> Environment = CandleOptions.Choice("--env", "Whose quotes they were recorded from (default production; with --source files all).", "simulator", "sandbox", "production");

    public static Command Create()
    {
        var command = new Command("backfill", "Fill the holes of recorded candles from a history source; live candles stay, and filled ones are marked.")
        {
            CandleOptions.Symbol, Timeframe, Source, Environment, DataCommandDownload.Server, CandleOptions.Data,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>A simulated market is to be found with no data service.</summary>
    /// <exception cref="UsageException">The feed is simulated and the source a service.</exception>
    public static void RefuseSimulated(string option, string source, string feed)
    {
        if (source != FilesSource.SourceName && feed != LiveSeriesName.RealFeed)
            throw new UsageException($"{option} {source}: candles of the {feed} are SIMULATED, and a simulated series has no history elsewhere; use --env production, or leave its holes open");
    }

    static int Run(ParseResult parse)
    {
        var state = CandleOptions.StateFolder(parse);
        var source = HistorySources.Create(parse.GetValue(Source)!, new(BotSettings.Load(SettingSources.OfThisProcess() with { StateFolder = state }), new(state)) { Server = DataCommandDownload.ServerOf(parse) });
        var feed = parse.GetValue(Environment) ?? (source is FilesSource ? null : LiveSeriesName.RealFeed);
        if (feed is not null) RefuseSimulated(Source.Name, source.Name, feed);
        var (symbols, timeframe) = (CandleOptions.SymbolsOf(CandleOptions.Symbol, parse), CandleOptions.TimeframeOf(Timeframe, parse));
        var path = LiveCandleStoreFile.PathIn(state);
        if (!File.Exists(path)) throw new CandleDataException($"nothing was recorded in {state} yet: begin with etrade-bot data record --symbols S, or name the folder with --data DIR");
        using var store = LiveCandleStore.OpenToWrite(state);
        var stored = store.List();
        var chosen = stored.Where(info => (feed is null || info.Name.Feed == feed) && (symbols.Count == 0 || symbols.Contains(info.Name.Symbol)) && (timeframe is null || info.Name.Timeframe == timeframe)).ToList();
        if (chosen.Count == 0) throw new CandleDataException($"{path} has no such candles{(feed is null ? "" : $" of {feed}")}; {Known(stored)}");
        var error = parse.InvocationConfiguration.Error;
        List<(LiveSeriesName Name, BackfillResult Result)> results;
        using (Interruption.OnStop(() => error.WriteLine("etrade-bot: stopped; holes filled so far stay filled. Run the same command again to go on")))
            results = Task.Run(() => FillAsync(store, source, chosen)).GetAwaiter().GetResult();
        BackfillReport.Table(Output.Of(parse), results);
        return results.Exists(one => one.Result.Left.Count > 0) ? ExitCode.Data : ExitCode.Success;
    }

    static string Known(IReadOnlyList<LiveSeriesInfo> stored)
    {
        var hint = stored.Any(info => info.Name.IsSimulated) ? ". A simulated series has no history elsewhere" : "";
        return stored.Count == 0 ? "it is empty" : $"it has {string.Join(", ", stored.Select(info => info.Name.ToString()))}{hint}";
    }

    static async Task<List<(LiveSeriesName Name, BackfillResult Result)>> FillAsync(LiveCandleStore store, IHistorySource source, List<LiveSeriesInfo> series)
    {
        var results = new List<(LiveSeriesName, BackfillResult)>();
        foreach (var info in series)
        {
            // What time it was on a simulated market only its candles tell.
            var ended = MarketCalendar.Nyse.CloseTime(info.Last, info.Name.Timeframe);
            var adapter = new HistoryBackfill(source, info.Name.IsSimulated ? () => ended : TimeProvider.System.GetUtcNow);
            results.Add((info.Name, await new Backfill(store, adapter.Source).FillAsync(info.Name).ConfigureAwait(false)));
        }
        return results;
    }
}
