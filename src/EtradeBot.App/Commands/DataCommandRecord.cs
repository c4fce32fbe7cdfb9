using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Broker;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Feeds.Live;
using EtradeBot.App.Reports;
using EtradeBot.App.Storage;
using EtradeBot.ETrade;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data record</c>: live candles of polled quotes, printed and stored as they close.</summary>
static class DataCommandRecord
{
    /// <summary>How long Ctrl-C waits for the last candles to be stored.</summary>
    static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    static readonly Option<string?> Symbols = new("--symbols") { Description = "Tickers, with commas.", HelpName = "A,B", Required = true };
    static readonly Option<string?> Timeframes = new("--timeframe") { Description = "1m 2m 5m 15m 30m 1h 1d; several with commas (default 1m).", HelpName = "T" };
    static readonly Option<double> Interval = new("--interval") { Description = "Seconds of the market's time from one quote of a symbol to the next; longer where the rate limit demands it (default 1).", HelpName = "S", DefaultValueFactory = _ => 1 };
    static readonly Option<string?> For = new("--for") { Description = "Stop after so long, such as 90s, 30m, 6h.", HelpName = "LENGTH" };
    static readonly Option<bool> UntilClose = new("--until-close") { Description = "Stop when the session ends." };
    static readonly Option<bool> AcceptDelayed = new("--delayed") { Description = "Take delayed quotes too; their candles are marked and 15 minutes late." };

    static readonly Option<string?> BackfillFrom = new("--backfill") { Description = "Fill holes from a history source: yahoo, stooq, alphavantage, tiingo or files.", HelpName = "SOURCE" };

    public static Command Create()
    {
        var command = new Command("record", "Build candles from live quotes, print each as it closes and keep it in the store; Ctrl-C ends it.")
        {
            Symbols, Timeframes, Interval, For, UntilClose, AcceptDelayed, BackfillFrom, DataCommandDownload.Server,
        };
        BrokerOptions.AddTo(command);
        command.Options.Add(CandleOptions.Json);
        command.SetAction(parse =>
        {
            var (options, end) = (OptionsOf(parse), EndOf(parse));
            var request = BrokerOptions.Request(parse);
            return BrokerOptions.Explained(request, () => Run(parse, request, (options, end)));
        });
        return command;
    }

    static int Run(ParseResult parse, ConnectionRequest request, (PollerOptions Options, RecordingEnd End) plan)
    {
        var source = SourceOf(parse, request, plan.Options.Timeframes);
        BrokerRemedy.RequireSimulator(BrokerAccess.Of(request.Settings));
        using var connection = new LiveConnection(request);
        using var store = LiveCandleStore.OpenToWrite(request.StateFolder);
        var access = connection.Access;
        var options = plan.Options with { Clock = access.Environment == ETradeEnvironment.Simulator ? MarketClockKind.Quotes : MarketClockKind.Machine };
        var recording = new Recording(options, new(connection.QuotesAsync, () => connection.RequestsPerSecond), request.Time, (store, access.Name));
        var told = Tell(parse, recording, access);
        RunToEnd(recording, plan.End, source is null ? null : Filler(parse, recording, source));
        var (candles, holes) = told();
        if (!parse.GetValue(CandleOptions.Json))
            Output.Of(parse).Line($"{Display.Count(candles, "candle", "candles")} recorded into {LiveCandleStoreFile.PathIn(request.StateFolder)}{(holes > 0 ? $", {Display.Count(holes, "hole", "holes")}" : "")}");
        return recording.Poller.Health().All(health => health.State == FeedState.UnknownSymbol) ? ExitCode.Broker : ExitCode.Success;
    }

    /// <summary>Null where no holes are to be filled; made anew for every round, because a source that was refused once stays silent.</summary>
    /// <exception cref="UsageException">The source is unknown or has no such candles, or the candles are simulated.</exception>
    static Func<IHistorySource>? SourceOf(ParseResult parse, ConnectionRequest request, IReadOnlyList<Timeframe> timeframes)
    {
        if (parse.GetValue(BackfillFrom) is not { } name) return null;
        var setup = new SourceSetup(request.Settings, new(request.StateFolder)) { Server = DataCommandDownload.ServerOf(parse), Time = request.Time };
        var source = HistorySources.Create(name, setup);
        DataCommandBackfill.RefuseSimulated(BackfillFrom.Name, source.Name, BrokerAccess.Of(request.Settings).Name);
        if (timeframes.Except(source.Timeframes).ToList() is { Count: > 0 } missing)
            throw new UsageException($"{BackfillFrom.Name} {name}: it has no {string.Join(' ', missing)} candles, only {string.Join(' ', source.Timeframes)}; use another source, or leave {BackfillFrom.Name} out");
        return () => HistorySources.Create(name, setup);
    }

    /// <summary>Candles are finished by the clock of the market they are recorded on.</summary>
    static HoleFiller Filler(ParseResult parse, Recording recording, Func<IHistorySource> source)
    {
        var error = parse.InvocationConfiguration.Error;
        var filler = recording.FillHoles((source, () => recording.Poller.ExchangeNow));
        filler.Asked += round =>
        {
            foreach (var line in BackfillReport.Lines(round)) error.WriteLine(Output.Printable(line));
        };
        return filler;
    }

    /// <summary>Ctrl-C stops the polling, waits for the store, and leaves the exit code to the program.</summary>
    static void RunToEnd(Recording recording, RecordingEnd end, HoleFiller? filler)
    {
        using var stop = new CancellationTokenSource();
        using var done = new ManualResetEventSlim();
        using var registration = Interruption.OnStop(() =>
        {
            stop.Cancel();
            done.Wait(StopPatience);
        });
        try
        {
            recording.RunAsync(end, stop.Token, filler).GetAwaiter().GetResult();
        }
        finally
        {
            done.Set();
        }
    }

    /// <summary>Prints candles to the output and the feed's state to the error stream, so that a pipe gets candles only.</summary>
    /// <returns>Counts candles and holes so far.</returns>
    static Func<(int Candles, int Holes)> Tell(ParseResult parse, Recording recording, BrokerAccess access)
    {
        var (candles, holes) = (0, 0);
        var (output, error, asJson) = (Output.Of(parse), parse.InvocationConfiguration.Error, parse.GetValue(CandleOptions.Json));
        if (!asJson) BrokerOptions.Heading(output, access, "candles from quotes");
        foreach (var note in recording.Recorder.Notes) error.WriteLine(note);
        recording.Poller.HealthChanged += changes =>
        {
            foreach (var line in RecordingReport.Lines(changes)) error.WriteLine(Output.Printable(line));
        };
        recording.Poller.Closed += batch =>
        {
            holes += batch.Holes.Count;
            candles += batch.Candles.Count;
            foreach (var candle in batch.Candles)
                if (asJson) output.Text(RecordingReport.Json(candle, access.Environment != ETradeEnvironment.Production) + "\n");
                else output.Line(RecordingReport.Line(candle), candle.Quality.IsIncomplete ? Tone.Warning : Tone.Plain);
        };
        return () => (candles, holes);
    }

    static PollerOptions OptionsOf(ParseResult parse)
    {
        var seconds = parse.GetValue(Interval);
        if (seconds is not (>= 0.1 and <= 3600)) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--interval {seconds}: give seconds from 0.1 to 3600"));
        return new()
        {
            Symbols = CandleOptions.SymbolsOf(Symbols, parse),
            Timeframes = TimeframesOf(parse.GetValue(Timeframes) ?? "1m"),
            Interval = TimeSpan.FromSeconds(seconds),
            Builder = new() { AcceptDelayed = parse.GetValue(AcceptDelayed) },
        };
    }

    static List<Timeframe> TimeframesOf(string text)
    {
        var timeframes = text.Split(',').Select(part => Timeframe.TryParse(part, out var timeframe) && timeframe != Timeframe.W1 ? timeframe
            : throw new UsageException($"--timeframe '{part.Trim()}' cannot be built from quotes: use {string.Join(' ', Timeframe.All.Where(one => one != Timeframe.W1))}")).ToList();
        return timeframes.Distinct().Count() == timeframes.Count ? timeframes : throw new UsageException($"--timeframe {text} names one twice");
    }

    static RecordingEnd EndOf(ParseResult parse)
    {
        if (parse.GetValue(For) is not { } text) return new(null, parse.GetValue(UntilClose));
        if (parse.GetValue(UntilClose)) throw new UsageException("--for and --until-close both say when to stop: give one of the two");
        return new(Length(For.Name, text), false);
    }

    /// <summary>A length of time as people write it: 90s, 30m, 6h, 2d.</summary>
    /// <exception cref="UsageException">It is none, or longer than 30 days.</exception>
    internal static TimeSpan Length(string option, string text)
    {
        var unit = text.Length > 0 ? char.ToLowerInvariant(text[^1]) : ' ';
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        if (seconds == 0 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count * seconds is < 1 or > 30 * 86_400)
            throw new UsageException($"{option} '{text}' is no length of time up to 30 days: write 90s, 30m, 6h or 2d");
        return TimeSpan.FromSeconds(count * seconds);
    }
}
