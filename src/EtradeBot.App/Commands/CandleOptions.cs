using System.CommandLine;
using EtradeBot.App.Settings;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Symbol = EtradeBot.Market.Symbol;

namespace EtradeBot.App.Commands;

/// <summary>The options of every command that reads candles, and what they ask for.</summary>
static class CandleOptions
{
    public static readonly Option<string?> Symbol = new("--symbol") { Description = "Ticker, such as AAPL; several with commas where a command takes them.", HelpName = "S" };
    public static readonly Option<string?> Csv = new("--csv") { Description = "Read this candle file; its dialect is found from the file itself.", HelpName = "FILE" };
    public static readonly Option<string?> DataDirectory = new("--data-dir") { Description = "Read SYMBOL.csv from this folder, or from its folders named 1min, 60min, daily, ...", HelpName = "DIR" };
    public static readonly Option<string?> Data = new("--data") { Description = "State and stores (default data, or the setting ETRADE_BOT_DATA).", HelpName = "DIR" };
    public static readonly Option<string?> Timeframe = new("--timeframe") { Description = "1m 2m 5m 15m 30m 1h 1d 1w; a longer one than found is resampled.", HelpName = "T" };
    public static readonly Option<string?> Splits = new("--splits") { Description = "Adjust raw prices by the splits of this file: a line each, such as 2020-08-31,4.", HelpName = "FILE" };
    public static readonly Option<string?> BadRows = Choice("--bad-rows", "Refuse a file with bad rows, or leave them out (default fail).", "fail", "skip");
    public static readonly Option<string?> Columns = new("--columns") { Description = "Columns of an unknown dialect: time=Zeit,open=2,high=3,low=4,close=5,volume=6 (names or numbers).", HelpName = "MAP" };
    public static readonly Option<string?> Format = new("--format") { Description = "A dialect the file cannot prove by itself: lean.", HelpName = "NAME" };
    public static readonly Option<string?> DateOrder = Choice("--date-order", "Order of dates such as 03/04/2020.", "mdy", "dmy");
    public static readonly Option<string?> Zone = Choice("--zone", "Time zone of times without an offset (default ny).", "ny", "utc");
    public static readonly Option<string?> Labels = Choice("--labels", "Whether a row's time is the start or the end of its candle (default start).", "start", "end");
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    /// <summary>How a candle file is read; without meaning for the store.</summary>
    static readonly Option<string?>[] Reading = [BadRows, Columns, Format, DateOrder, Zone, Labels];

    /// <summary>Adds every option but <see cref="Json"/>.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Symbol);
        command.Options.Add(Csv);
        command.Options.Add(DataDirectory);
        command.Options.Add(Timeframe);
        command.Options.Add(Splits);
        AddReadingTo(command);
        command.Options.Add(Data);
    }

    /// <summary>Adds the options that say how a candle file is read.</summary>
    public static void AddReadingTo(Command command)
    {
        foreach (var option in Reading) command.Options.Add(option);
    }

    /// <summary>Where state and stores lie: every command asks, so that a wrong setting stops each of them.</summary>
    /// <exception cref="UsageException">A setting is unknown or wrong.</exception>
    public static string StateFolder(ParseResult parse)
    {
        var settings = BotSettings.Load(SettingSources.OfThisProcess() with { StateFolder = parse.GetValue(Data) });
        return parse.GetValue(Data) ?? settings.DataFolder;
    }

    /// <summary>The candles of one symbol.</summary>
    /// <exception cref="UsageException">Options that contradict each other, or several symbols.</exception>
    public static CandleRequest Request(ParseResult parse)
    {
        var requests = Requests(parse);
        return requests.Count == 1 ? requests[0] : throw new UsageException($"--symbol {parse.GetValue(Symbol)}: this command takes one symbol");
    }

    /// <summary>One request for each symbol of <c>--symbol A,B</c>, in that order; a single one without it.</summary>
    /// <exception cref="UsageException">Options that contradict each other, or a symbol given twice.</exception>
    public static IReadOnlyList<CandleRequest> Requests(ParseResult parse)
    {
        var request = ReadingRequest(parse) with { CsvFile = parse.GetValue(Csv), DataDirectory = parse.GetValue(DataDirectory) };
        var symbols = SymbolsOf(Symbol, parse);
        if (request.CsvFile is not null && request.DataDirectory is not null) throw new UsageException("--csv names one file and --data-dir a folder of them: give one of the two");
        if (request.CsvFile is not null && symbols.Count > 1) throw new UsageException("--csv holds one symbol: give one --symbol, or use --data-dir for several");
        if (request.SplitFile is not null && symbols.Count > 1) throw new UsageException("--splits holds the splits of one symbol: give one --symbol, or import each symbol with its own file");
        if (request is { CsvFile: null, DataDirectory: null } && Reading.FirstOrDefault(option => parse.GetValue(option) is not null) is { } stray)
            throw new UsageException($"{stray.Name} says how to read a candle file: add --csv FILE or --data-dir DIR");
        return symbols.Count == 0 ? [request] : [.. symbols.Select(symbol => request with { Symbol = symbol })];
    }

    /// <summary>What the options say but for the symbol and the place to look.</summary>
    public static CandleRequest ReadingRequest(ParseResult parse) => new()
    {
        StateDirectory = StateFolder(parse),
        Timeframe = TimeframeOf(Timeframe, parse),
        SplitFile = parse.GetValue(Splits),
        Csv = new CsvOptions
        {
            BadRows = parse.GetValue(BadRows) == "skip" ? Market.BadRows.Skip : Market.BadRows.Fail,
            Columns = parse.GetValue(Columns),
            Format = parse.GetValue(Format),
            DateOrder = parse.GetValue(DateOrder),
            TimesAreUtc = parse.GetValue(Zone) == "utc",
            TimesAreEnds = parse.GetValue(Labels) == "end",
        },
    };

    /// <summary>Comma-separated tickers; empty when the option is not given.</summary>
    /// <exception cref="UsageException">One of them is no ticker, or stands there twice.</exception>
    public static IReadOnlyList<Symbol> SymbolsOf(Option<string?> option, ParseResult parse)
    {
        if (parse.GetValue(option) is not { } text) return [];
        var symbols = new List<Symbol>();
        foreach (var part in text.Split(','))
        {
            if (!EtradeBot.Market.Symbol.TryParse(part, out var symbol)) throw new UsageException($"{option.Name} '{part.Trim()}' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _");
            if (symbols.Contains(symbol)) throw new UsageException($"{option.Name} names {symbol} twice");
            symbols.Add(symbol);
        }
        return symbols;
    }

    /// <exception cref="UsageException">Not a timeframe.</exception>
    public static Timeframe? TimeframeOf(Option<string?> option, ParseResult parse)
    {
        if (parse.GetValue(option) is not { } text) return null;
        return Market.Timeframe.TryParse(text, out var timeframe) ? timeframe : throw new UsageException($"{option.Name} '{text}' is not a timeframe: use one of {string.Join(' ', Market.Timeframe.All)}");
    }

    public static Option<string?> Choice(string name, string description, params string[] choices)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', choices) };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !choices.Contains(result.Tokens[0].Value))
                result.AddError($"{name} '{result.Tokens[0].Value}' is unknown: use {string.Join(" or ", choices)}.");
        });
        return option;
    }
}
