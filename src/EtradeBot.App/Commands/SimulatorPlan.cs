using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using EtradeBot.Simulator;
using EtradeBot.Simulator.Faults;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary>The options of <c>etrade-bot simulator</c>, and the world they ask for.</summary>
static class SimulatorPlan
{
    const string ReplayPrefix = "replay:";

    static readonly Option<int> Seed = new("--seed") { Description = "Another seed is another world.", HelpName = "N", DefaultValueFactory = _ => 7 };
    static readonly Option<double> Speed = new("--speed") { Description = "Simulated seconds that pass in a second.", HelpName = "X", DefaultValueFactory = _ => 1 };
    static readonly Option<string> Market = new("--market") { Description = "demo, or replay:DIR to walk through the candle files SYMBOL.csv of a folder.", HelpName = "M", DefaultValueFactory = _ => "demo" };
    static readonly Option<string?> Symbols = new("--symbols") { Description = "Further tickers of the demo market; of a replay: only these.", HelpName = "A,B" };
    static readonly Option<bool> AlwaysOpen = new("--always-open") { Description = "Leave nights, weekends and holidays out." };
    static readonly Option<string?> Start = new("--start") { Description = "Simulated time at the start, such as 2026-03-10T14:30:00Z (default: now, or the first open of the replay).", HelpName = "TIME" };
    static readonly Option<string?> ConsumerKey = new("--consumer-key") { Description = "Key that clients sign with (default: one that 'login --env simulator' knows).", HelpName = "K" };
    static readonly Option<string?> ConsumerSecret = new("--consumer-secret") { Description = "Secret of that key.", HelpName = "S" };
    static readonly Option<string?> Callback = new("--callback") { Description = "Send the browser here after the login instead of showing the code.", HelpName = "URL" };
    static readonly Option<string?> Faults = new("--faults") { Description = "Faults to be set from the start, as JSON.", HelpName = "FILE" };
    static readonly Option<string?> State = new("--state") { Description = "Keep accounts, orders and tokens in this file, and go on from it.", HelpName = "FILE" };
    static readonly Option<decimal> Cash = new("--cash") { Description = "Opening cash of each account in dollars.", HelpName = "N", DefaultValueFactory = _ => 100_000m };
    static readonly Option<bool> StrictRateLimits = new("--strict-rate-limits") { Description = "Count requests second by second; otherwise those of five seconds may come at once." };
    static readonly Option<bool> NoRateLimits = new("--no-rate-limits") { Description = "Take any number of requests." };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Seed, Speed, Market, Symbols, AlwaysOpen, Start, ConsumerKey, ConsumerSecret, Callback, Faults, State, Cash, StrictRateLimits, NoRateLimits])
            command.Options.Add(option);
    }

    /// <exception cref="UsageException">An option that cannot be.</exception>
    /// <exception cref="CandleDataException">The candles of a replay cannot be read.</exception>
    public static SimulatorOptions Options(ParseResult parse)
    {
        var symbols = CandleOptions.SymbolsOf(Symbols, parse);
        var replay = Replay(parse.GetValue(Market)!, symbols);
        return new SimulatorOptions
        {
            ConsumerKey = Key(parse, ConsumerKey) ?? SimulatorOptions.DefaultConsumerKey,
            ConsumerSecret = Key(parse, ConsumerSecret) ?? SimulatorOptions.DefaultConsumerSecret,
            Seed = parse.GetValue(Seed),
            Speed = SpeedOf(parse.GetValue(Speed)),
            Start = StartOf(parse.GetValue(Start)),
            IsAlwaysOpen = parse.GetValue(AlwaysOpen),
            Replay = replay,
            Symbols = replay.Count == 0 ? symbols : [],
            Cash = CashOf(parse.GetValue(Cash)),
            Callback = CallbackOf(parse.GetValue(Callback)),
            LimitsRates = !parse.GetValue(NoRateLimits),
            RateBurstSeconds = parse.GetValue(StrictRateLimits) ? 1 : new SimulatorOptions().RateBurstSeconds,
            StateFile = StateOf(parse.GetValue(State)),
            Faults = FaultsOf(parse.GetValue(Faults)),
        };
    }

    static IReadOnlyList<CandleSeries> Replay(string market, IReadOnlyList<Symbol> symbols)
    {
        if (market == "demo") return [];
        if (!market.StartsWith(ReplayPrefix, StringComparison.Ordinal) || market.Length == ReplayPrefix.Length)
            throw new UsageException($"--market '{market}' is unknown: use demo, or replay:DIR with the folder of candle files");
        var directory = market[ReplayPrefix.Length..];
        if (!Directory.Exists(directory)) throw new CandleDataException($"no folder {directory} (--market replay:DIR)");
        var files = FilesOf(directory);
        if (files.Count == 0) throw new CandleDataException($"no candle file in {directory}{Inside(directory)}: --market replay:DIR takes a folder of files named SYMBOL.csv");
        var names = files.Select(file => file.Symbol.Ticker).ToList();
        foreach (var symbol in symbols)
            if (!names.Contains(symbol.Ticker)) throw new CandleDataException($"no {symbol}.csv in {directory}: it has {CandleFolder.Some(names)}.{Spelling.Question(symbol.Ticker, names)}");
        return [.. files.Where(file => symbols.Count == 0 || symbols.Contains(file.Symbol)).Select(file => CandleCsvFile.Read(file.Path, new CandleRequest { Symbol = file.Symbol }).Candles)];
    }

    static List<(Symbol Symbol, string Path)> FilesOf(string directory)
    {
        var files = new List<(Symbol Symbol, string Path)>();
        foreach (var path in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(path).ToUpperInvariant() is not (".CSV" or ".TXT")) continue;
            if (!Symbol.TryParse(Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(path)), out var symbol)) continue;
            if (files.Find(file => file.Symbol == symbol) is { Path: { } other }) throw new CandleDataException($"{other} and {path} are both candles of {symbol}: leave one file for a symbol in the folder");
            files.Add((symbol, path));
        }
        return files;
    }

    static string Inside(string directory)
    {
        var folders = Directory.EnumerateDirectories(directory).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ToList();
        return folders.Count == 0 ? "" : $", which has the folders {CandleFolder.Some(folders)}";
    }

    static string? Key(ParseResult parse, Option<string?> option)
    {
        if (parse.GetValue(option) is not { } text) return null;
        return text.Length > 0 && !text.Any(char.IsControl) ? text : throw new UsageException($"{option.Name} is empty or holds control characters");
    }

    static double SpeedOf(double speed) =>
        speed is > 0 and <= 1_000_000 ? speed : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--speed {speed} must be above 0 and at most 1000000"));

    static decimal CashOf(decimal cash) =>
        cash is >= 0 and <= 1_000_000_000 ? cash : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--cash {cash} must be 0 to 1000000000 dollars"));

    static DateTimeOffset? StartOf(string? text)
    {
        if (text is null) return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start))
            throw new UsageException($"--start '{text}' is not a time: write it as 2026-03-10T14:30:00Z");
        return start.Year is >= 1990 and <= 2035 ? start : throw new UsageException($"--start '{text}': the simulated market is open from 1990 to 2035");
    }

    static Uri? CallbackOf(string? text)
    {
        if (text is null) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var callback) && callback.Scheme is "http" or "https" ? callback : throw new UsageException($"--callback '{text}' is not an address: write it as http://localhost:5000/callback");
    }

    static string? StateOf(string? path)
    {
        if (path is { Length: 0 }) throw new UsageException("--state is empty: name a file");
        return path is null || !Directory.Exists(path) ? path : throw new UsageException($"--state {path} is a folder: name a file");
    }

    static IReadOnlyList<Fault> FaultsOf(string? path)
    {
        if (path is null) return [];
        if (!File.Exists(path)) throw new UsageException($"--faults: no file {path}");
        try
        {
            return FaultJson.ReadFile(path);
        }
        catch (FormatException problem)
        {
            throw new UsageException($"--faults {problem.Message}");
        }
    }
}
