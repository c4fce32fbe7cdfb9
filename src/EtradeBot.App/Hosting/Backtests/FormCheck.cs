using System.Globalization;
using EtradeBot.App.Commands;
using EtradeBot.App.Storage;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>Judges a form field by field.</summary>
/// <param name="series">What candles there are.</param>
sealed class FormCheck(BacktestForm form, IReadOnlyList<SeriesFacts> series, StrategyList strategies)
{
    const int MostSymbols = 50;
    const decimal MostCash = 1e12m;

    readonly Dictionary<string, string> _problems = [];

    /// <summary>What is wrong, by the field's key.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    public static FormCheck Of(BacktestForm form, IReadOnlyList<SeriesFacts> series, StrategyList strategies)
    {
        var check = new FormCheck(form, series, strategies);
        _ = check.Order(request => new CandleRequest { Symbol = request.Symbol, Timeframe = request.Timeframe });
        return check;
    }

    /// <summary>The run that the form asks for; null where <see cref="Problems"/> says why not.</summary>
    public BacktestOrder? Order(Func<(Symbol Symbol, Timeframe Timeframe), CandleRequest> request)
    {
        _problems.Clear();
        var timeframe = Read(FormFields.Timeframe, Timeframe.Parse);
        var symbols = Symbols(timeframe);
        var strategy = Strategy();
        var terms = Terms();
        Dates(terms, symbols, timeframe);
        if (terms.Drill is { } drill) Drill(drill, symbols, timeframe);
        var seed = Read(FormFields.Seed, text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{text}' is not a whole number of at least 0"));
        return _problems.Count > 0 || strategy is null ? null
            : new BacktestOrder([.. symbols.Select(symbol => request((symbol, timeframe)))], terms, strategy, form.Parameters) { Seed = seed };
    }

    List<Symbol> Symbols(Timeframe timeframe)
    {
        var symbols = new List<Symbol>();
        foreach (var text in BacktestForm.Split(form[FormFields.Symbols]))
        {
            if (!Symbol.TryParse(text, out var symbol)) Refuse(FormFields.Symbols, $"'{text}' is not a ticker: use 1 to 24 letters, digits or . - / ^ = _");
            else if (symbols.Contains(symbol)) Refuse(FormFields.Symbols, $"{symbol} is named twice");
            else symbols.Add(symbol);
        }
        if (symbols.Count == 0) Refuse(FormFields.Symbols, "choose at least one symbol");
        if (symbols.Count > MostSymbols) Refuse(FormFields.Symbols, $"a run takes at most {MostSymbols} symbols");
        if (_problems.ContainsKey(FormFields.Timeframe)) return symbols;
        foreach (var symbol in symbols)
            if (CandleCatalog.Serving(series, symbol, timeframe) is null) Refuse(FormFields.Symbols, NoCandles(symbol, timeframe));
        return symbols;
    }

    string NoCandles(Symbol symbol, Timeframe timeframe)
    {
        var held = series.Where(one => one.Symbol == symbol).Select(one => one.Timeframe).ToList();
        return held.Count > 0
            ? $"{symbol} comes in {string.Join(' ', held)}, of which no {timeframe} candles can be made: choose another timeframe"
            : $"there are no candles of {symbol}: import or record some under Settings, or choose one of the list";
    }

    StrategyEntry? Strategy()
    {
        var name = form[FormFields.Strategy];
        if (strategies.Catalog.Find(name) is not { } entry)
        {
            var excuse = strategies.Problems.Count > 0 ? "; a file of your own does not compile, see below" : "";
            Refuse(FormFields.Strategy, $"there is no strategy '{name}': choose one of the list{excuse}");
            return null;
        }
        foreach (var pair in form.Parameters)
            try
            {
                _ = entry.Create([pair]);
            }
            catch (StrategyException problem)
            {
                Refuse(FormFields.ParameterPrefix + pair.Key, problem.Message);
            }
        return entry;
    }

    BacktestTerms Terms()
    {
        var intrabar = Read("intrabar", BacktestValues.Policy);
        var terms = new BacktestTerms
        {
            Start = Read<DateOnly?>(FormFields.From, text => text.Length == 0 ? null : BacktestValues.Day(text)),
            End = Read<DateOnly?>(FormFields.To, text => text.Length == 0 ? null : BacktestValues.Day(text)),
            Cash = Read("cash", text => BacktestValues.Number(text, 0.01m, MostCash)),
            Size = Size(),
            Slippage = Slip(),
            Intrabar = intrabar,
            Drill = intrabar == IntrabarPolicy.Drill ? Read<Timeframe?>("drill", text => Timeframe.Parse(text)) : null,
            Participation = OptionalPercent("participation"),
            Settlement = Read("settlement", text => BacktestValues.Whole(text, 0, 10)),
            AllowShort = Flag("short"),
            MaxPosition = Read<double?>("max-position", text => BacktestValues.Percent(text)),
            MaxExposure = Read<double?>("max-exposure", text => BacktestValues.Percent(text)),
            MaxRisk = Read<double?>("max-risk", text => BacktestValues.Percent(text)),
            MaxDailyLoss = OptionalPercent("max-daily-loss"),
            MaxPositions = Read("max-positions", text => BacktestValues.Whole(text, 1, 10_000)),
        };
        return WithCosts(terms);
    }

    BacktestTerms WithCosts(BacktestTerms terms) => form["costs"] switch
    {
        "none" => terms,
        "etrade" => terms with { RegulatoryFees = true },
        "own" => terms with
        {
            CommissionPercent = Read("commission", text => BacktestValues.Number(text, 0, 100)),
            CommissionOrder = Read("per-order", text => BacktestValues.Number(text, 0, 10_000)),
            CommissionShare = Read("per-share", text => BacktestValues.Number(text, 0, 10_000)),
            RegulatoryFees = Flag("fees"),
        },
        var other => Refused("costs", $"'{other}' is unknown: use none, etrade or own", terms),
    };

    Sizing? Size() => form["size"] switch
    {
        "auto" => null,
        "all-in" => Sizing.AllIn,
        "shares" => Read<Sizing?>("amount", text => Sizing.Parse(text)),
        var kind and ("risk" or "percent" or "cash") => Read<Sizing?>("amount", text => Sizing.Parse($"{kind}:{text}")),
        var other => Refused<Sizing?>("size", $"'{other}' is unknown: use auto, risk, percent, cash, shares or all-in", null),
    };

    Slippage Slip() => form["slippage"] == "none" ? Slippage.None : Read("slip", text => Slippage.Parse($"{form["slippage"]}:{text}"));

    void Dates(BacktestTerms terms, List<Symbol> symbols, Timeframe timeframe)
    {
        if (terms.Start > terms.End) Refuse(FormFields.To, $"the last day {terms.End:yyyy-MM-dd} lies before the first, {terms.Start:yyyy-MM-dd}");
        var serving = symbols.Select(symbol => CandleCatalog.Serving(series, symbol, timeframe)).OfType<SeriesFacts>().ToList();
        if (serving.Count == 0) return;
        var (first, last) = (serving.Min(one => one.First), serving.Max(one => one.Last));
        if (terms.Start is { } start && (start < first || start > last)) Refuse(FormFields.From, $"the candles run from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}: choose a day within, or leave it empty");
        if (terms.End is { } end && (end < first || end > last)) Refuse(FormFields.To, $"the candles run from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}: choose a day within, or leave it empty");
    }

    void Drill(Timeframe drill, List<Symbol> symbols, Timeframe timeframe)
    {
        if (symbols.Count > 1) Refuse("intrabar", "finer candles can decide for one symbol at a time: choose one symbol, or another assumption");
        if (drill.CompareTo(timeframe) >= 0) Refuse("drill", $"{drill} candles are not finer than {timeframe}: choose a shorter timeframe");
        else if (symbols is [var symbol] && CandleCatalog.Serving(series, symbol, drill) is null) Refuse("drill", NoCandles(symbol, drill));
    }

    double? OptionalPercent(string key) => Read<double?>(key, text => text.Length == 0 ? null : BacktestValues.Percent(text));

    bool Flag(string key) => Read(key, text => bool.TryParse(text, out var flag) ? flag : throw new FormatException($"'{text}' is neither true nor false"));

    T? Read<T>(string key, Func<string, T> parse)
    {
        try
        {
            return parse(form[key]);
        }
        catch (FormatException problem)
        {
            Refuse(key, problem.Message);
            return default;
        }
    }

    T Refused<T>(string key, string problem, T value)
    {
        Refuse(key, problem);
        return value;
    }

    void Refuse(string key, string problem) => _problems.TryAdd(key, problem);
}
