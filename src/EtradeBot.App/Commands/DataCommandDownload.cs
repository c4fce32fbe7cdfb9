using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot data download</c>: candles of a data service into the store.</summary>
static class DataCommandDownload
{
    const int MostConcurrent = 64;

    static readonly Option<string?> SymbolsFile = new("--symbols-file") { Description = "Tickers from a file: one a line or with commas, # begins a comment.", HelpName = "FILE" };
    static readonly Option<string?> From = new("--from") { Description = "First day (default: on from what is stored, else five years ago).", HelpName = "DATE" };
    static readonly Option<string?> To = new("--to") { Description = "Last day (default: the last finished session).", HelpName = "DATE" };
    static readonly Option<string?> Timeframe = new("--timeframe") { Description = "1m 2m 5m 15m 30m 1h 1d (default 1d); not every source has each.", HelpName = "T" };
    static readonly Option<string> Source = new("--source") { Description = "yahoo, stooq, alphavantage or tiingo.", HelpName = "NAME", DefaultValueFactory = _ => "yahoo" };
    static readonly Option<bool> Adjusted = new("--adjusted") { Description = "Prices adjusted for splits and dividends." };
    static readonly Option<bool> Raw = new("--raw") { Description = "Prices as they were traded." };
    static readonly Option<bool> Refresh = new("--refresh") { Description = "Ask again for what is stored or kept from an earlier download." };
    static readonly Option<bool> Replace = new("--replace") { Description = "Put the new candles in the place of those stored." };
    static readonly Option<string?> Compare = new("--compare") { Description = "Compare with another source; with 'files', compare with the store instead of storing.", HelpName = "NAME" };
    static readonly Option<int> Concurrency = new("--concurrency") { Description = "Requests under way at once, 1 to 64.", HelpName = "N", DefaultValueFactory = _ => 8 };
    static readonly Option<double?> Rate = new("--requests-per-second") { Description = "Start at most so many requests a second (default: what suits the source).", HelpName = "N" };

    /// <summary>For a mirror, and for tests of the whole program; documented in docs/data.md.</summary>
    public static readonly Option<string?> Server = new("--source-url") { Description = "Another server with the same answers.", HelpName = "URL", Hidden = true };

    public static Command Create()
    {
        var command = new Command("download", "Get candles from a data service; a download that was stopped goes on where it was.")
        {
            CandleOptions.Symbol, SymbolsFile, From, To, Timeframe, Source, Adjusted, Raw, Refresh, Replace, Compare, Concurrency, Rate, Server, CandleOptions.Data, CandleOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        var plan = Plan(parse);
        var report = new DownloadReport(Output.Of(parse), plan, parse.GetValue(CandleOptions.Json));
        var error = parse.InvocationConfiguration.Error;
        using (Interruption.OnStop(() => error.WriteLine(report.StoppedWords())))
            report.Follow(outcomes => Task.Run(() => RunAsync(plan, outcomes)).GetAwaiter().GetResult());
        report.Print();
        return ExitCodeOf(report.Outcomes);
    }

    static async Task RunAsync(DownloadPlan plan, Action<DownloadOutcome> finished)
    {
        var store = new CandleStore(plan.StateDirectory);
        using var cache = Cache(plan, plan.Source);
        using var otherCache = plan.Other is null or FilesSource ? null : Cache(plan, plan.Other);
        var run = new DownloadRun(new HistoryDownloader(plan.Source, cache, store, TimeProvider.System), cache, store)
        {
            Other = otherCache is null ? null : new HistoryDownloader(plan.Other!, otherCache, store, TimeProvider.System),
            ComparedFiles = plan.Other as FilesSource,
        };
        await foreach (var outcome in run.RunAsync(plan.Orders, plan.Concurrency).ConfigureAwait(false)) finished(outcome);
    }

    /// <summary>Answers of another server are never taken for those of the source itself.</summary>
    static ChunkCache Cache(DownloadPlan plan, IHistorySource source)
    {
        var name = plan.Server is { } server ? $"{source.Name}@{server.Host.Replace(':', '_')}_{server.Port.ToString(CultureInfo.InvariantCulture)}" : source.Name;
        return new ChunkCache(source, new ChunkCacheOptions(Path.Combine(plan.StateDirectory, "downloads", name)) { Concurrency = plan.Concurrency, Refresh = plan.Refresh });
    }

    static DownloadPlan Plan(ParseResult parse)
    {
        var state = CandleOptions.StateFolder(parse);
        var store = new CandleStore(state);
        var timeframe = CandleOptions.TimeframeOf(Timeframe, parse) ?? Market.Timeframe.D1;
        var setup = new SourceSetup(BotSettings.Load(SettingSources.OfThisProcess() with { StateFolder = state }), store) { Server = ServerOf(parse), RequestsPerSecond = RateOf(parse) };
        var source = SourceOf(parse.GetValue(Source)!, setup, timeframe);
        if (source is FilesSource) throw new UsageException("--source files: those candles are in the store already; name a data service, or say --compare files");
        var adjustment = AdjustmentOf(source, timeframe, parse);
        var other = parse.GetValue(Compare) is { } name ? SourceOf(name, setup, timeframe) : null;
        if (other?.Name == source.Name) throw new UsageException($"--compare {source.Name} is the source itself: name another");
        if (other is not null && !other.RulesFor(timeframe).Adjustments.Contains(adjustment))
            throw new UsageException($"--compare {other.Name}: its {timeframe} prices are {Choices(other, timeframe)}, and those downloaded {AdjustmentWords.Of(adjustment)}, so every candle would differ; {Remedy(source, other, timeframe)}");
        var concurrency = parse.GetValue(Concurrency);
        if (concurrency is < 1 or > MostConcurrent) throw new UsageException($"--concurrency {concurrency} is not from 1 to {MostConcurrent}");
        var policy = parse.GetValue(Replace) || other is FilesSource ? StoredPolicy.Replace : parse.GetValue(Refresh) ? StoredPolicy.Correct : StoredPolicy.Continue;
        var orders = Symbols(parse).Select(symbol => new DownloadOrder(symbol, timeframe, adjustment, Days(parse, FirstStored(store, symbol, timeframe), source.RulesFor(timeframe))) { Stored = policy });
        return new DownloadPlan(source, [.. orders], state) { Other = other, Concurrency = concurrency, Refresh = parse.GetValue(Refresh), Server = setup.Server };
    }

    static IHistorySource SourceOf(string name, SourceSetup setup, Timeframe timeframe)
    {
        var source = HistorySources.Create(name, setup);
        if (source.Timeframes.Contains(timeframe)) return source;
        var longer = timeframe == Market.Timeframe.W1 ? $": download 1d and make them with etrade-bot data resample --to {timeframe}" : "";
        throw new UsageException($"{name} has no {timeframe} candles, but {string.Join(' ', source.Timeframes)}{longer}");
    }

    static PriceAdjustment AdjustmentOf(IHistorySource source, Timeframe timeframe, ParseResult parse)
    {
        var (wantsAdjusted, wantsRaw) = (parse.GetValue(Adjusted), parse.GetValue(Raw));
        if (wantsAdjusted && wantsRaw) throw new UsageException("--adjusted and --raw contradict each other: give one of the two");
        var choices = source.RulesFor(timeframe).Adjustments;
        if (!wantsAdjusted && !wantsRaw) return choices[0];
        var wanted = wantsRaw ? PriceAdjustment.Raw : PriceAdjustment.SplitsAndDividends;
        if (choices.Contains(wanted)) return wanted;
        throw new UsageException($"{(wantsRaw ? Raw : Adjusted).Name}: the {timeframe} prices of {source.Name} are {Choices(source, timeframe)}; leave the option out, or use another --source");
    }

    static string Choices(IHistorySource source, Timeframe timeframe) => string.Join(", or ", source.RulesFor(timeframe).Adjustments.Select(AdjustmentWords.Of));

    static string Remedy(IHistorySource source, IHistorySource other, Timeframe timeframe)
    {
        var both = source.RulesFor(timeframe).Adjustments.Intersect(other.RulesFor(timeframe).Adjustments).ToList();
        return both.Contains(PriceAdjustment.SplitsAndDividends) ? "add --adjusted" : both.Contains(PriceAdjustment.Raw) ? "add --raw" : "compare with another source";
    }

    static IReadOnlyList<Symbol> Symbols(ParseResult parse)
    {
        var named = CandleOptions.SymbolsOf(CandleOptions.Symbol, parse);
        if (parse.GetValue(SymbolsFile) is not { } file) return named.Count > 0 ? named : throw new UsageException("download what? Say --symbol AAPL,MSFT or --symbols-file FILE");
        var symbols = named.ToList();
        var number = 0;
        foreach (var line in CandleCsvFile.ReadText(file).Split('\n'))
        {
            number++;
            foreach (var part in line.Split('#')[0].Trim('\uFEFF', ' ', '\t', '\r').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!Symbol.TryParse(part, out var symbol)) throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{file} line {number}: '{part}' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _"));
                if (!symbols.Contains(symbol)) symbols.Add(symbol);
            }
        }
        return symbols.Count > 0 ? symbols : throw new UsageException($"{file} names no ticker");
    }

    static DayRange Days(ParseResult parse, DateOnly? firstStored, HistoryRules rules)
    {
        var today = MarketCalendar.Nyse.DayOf(TimeProvider.System.GetUtcNow());
        var to = Day(To, parse) ?? today;
        var usual = rules.ReachDays is { } reach ? today.AddDays(-reach) : to.AddYears(-5);
        var days = new DayRange(Day(From, parse) ?? firstStored ?? usual, to);
        return days.To >= days.From ? days : throw new UsageException($"--to {days.To:yyyy-MM-dd} lies before {(parse.GetValue(From) is null ? "the first day" : "--from")} {days.From:yyyy-MM-dd}");
    }

    /// <summary>Null where nothing is stored, or what is cannot be used, which the download itself will say.</summary>
    static DateOnly? FirstStored(CandleStore store, Symbol symbol, Timeframe timeframe)
    {
        if (!store.Has(symbol, timeframe)) return null;
        try
        {
            return store.Header(symbol, timeframe).First is { } first ? MarketCalendar.Nyse.DayOf(first) : null;
        }
        catch (CandleDataException)
        {
            // One damaged file must not stop the others; it is refused by name when its turn comes.
            return null;
        }
    }

    static DateOnly? Day(Option<string?> option, ParseResult parse)
    {
        if (parse.GetValue(option) is not { } text) return null;
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2100;
        return isDay ? day : throw new UsageException($"{option.Name} '{text}' is not a day: write it as 2024-01-31");
    }

    static double? RateOf(ParseResult parse)
    {
        if (parse.GetValue(Rate) is not { } rate) return null;
        return rate is > 0 and <= 100_000 ? rate : throw new UsageException($"{Rate.Name} {rate.ToString(CultureInfo.InvariantCulture)} is not above 0 and at most 100000");
    }

    /// <summary>Keys must not travel in the clear, so plain http is for this machine alone.</summary>
    public static Uri? ServerOf(ParseResult parse)
    {
        if (parse.GetValue(Server) is not { } text) return null;
        var isServer = Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
        return isServer ? url : throw new UsageException($"{Server.Name} '{text}' is not an https address, or an http address of this machine such as http://127.0.0.1:8700");
    }

    /// <summary>1 when the world failed and nothing came of it at all, 3 when some symbol failed.</summary>
    static int ExitCodeOf(IReadOnlyList<DownloadOutcome> outcomes)
    {
        var problems = outcomes.Where(outcome => outcome.Problem is not null).Select(outcome => outcome.Problem!).ToList();
        if (problems.Count == 0) return ExitCode.Success;
        var isWorld = problems.Count == outcomes.Count && problems.TrueForAll(problem => problem is IOException or HistoryException { Fault: not HistoryFault.UnknownSymbol });
        return isWorld ? ExitCode.Failure : ExitCode.Data;
    }
}
