using System.CommandLine;
using System.CommandLine.Parsing;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Commands;

/// <summary>The options of a simulated account: money, size, costs, fills and limits.</summary>
sealed class BacktestOptions
{
    readonly Option<DateOnly?> _start = new("--start") { HelpName = "DAY", Description = "First day that may trade (YYYY-MM-DD); candles before it warm the indicators up.", CustomParser = ParseDay };
    readonly Option<DateOnly?> _end = new("--end") { HelpName = "DAY", Description = "Last day (YYYY-MM-DD), itself included.", CustomParser = ParseDay };
    readonly Option<decimal> _cash = new("--cash") { HelpName = "DOLLARS", Description = "Dollars before the first candle.", DefaultValueFactory = _ => BacktestTerms.UsualCash, CustomParser = result => ParseDecimal(result, 0.01m, 1e12m) };
    readonly Option<Sizing?> _size = new("--size") { HelpName = "SIZE", Description = "all-in, a number of shares, risk:1%, percent:25 or cash:10000; default: what the strategy prefers, else risk:1%.", CustomParser = ParseSize };
    readonly Option<decimal> _commissionPercent = new("--commission-percent") { HelpName = "PERCENT", Description = "Commission in percent of the value, each side.", CustomParser = result => ParseDecimal(result, 0, 100) };
    readonly Option<decimal> _commissionOrder = new("--commission-order") { HelpName = "DOLLARS", Description = "Commission in dollars a fill.", CustomParser = result => ParseDecimal(result, 0, 10_000) };
    readonly Option<decimal> _commissionShare = new("--commission-share") { HelpName = "DOLLARS", Description = "Commission in dollars a share.", CustomParser = result => ParseDecimal(result, 0, 10_000) };
    readonly Option<bool> _regulatoryFees = new("--regulatory-fees") { Description = "Charge the SEC's and FINRA's fees on sales, at the rates of the day." };
    readonly Option<Slippage> _slippage = new("--slippage") { HelpName = "SLIPPAGE", Description = "none, fixed:0.01 (dollars a share), bps:5, range:0.1 (of the candle's range) or volume:0.5 (square-root impact).", CustomParser = result => Read(result, Slippage.Parse) };
    readonly Option<IntrabarPolicy?> _intrabar = new("--intrabar") { HelpName = "worst|best|path|drill", Description = "What to assume when stop and target lie in one candle (default worst).", CustomParser = result => Read<IntrabarPolicy?>(result, text => BacktestValues.Policy(text)) };
    readonly Option<Timeframe?> _drill = new("--drill") { HelpName = "T", Description = "Timeframe of the finer candles for --intrabar drill.", CustomParser = result => Read<Timeframe?>(result, text => Timeframe.Parse(text)) };
    readonly Option<double?> _participation = new("--participation") { HelpName = "PERCENT", Description = "Largest part of a candle's volume that may be ours, in percent; the rest waits.", CustomParser = result => ParsePercent(result) };
    readonly Option<int> _settlement = new("--settlement") { HelpName = "N", Description = "Sessions until the proceeds of a sale can be spent (1 for T+1); 0: at once.", CustomParser = result => ParseWhole(result, 0, 10) };
    readonly Option<bool> _short = new("--short") { Description = "Allow short selling, fully collateralised." };
    readonly Option<double?> _maxPosition = new("--max-position") { HelpName = "PERCENT", Description = "Largest position, percent of the account (default 100).", CustomParser = result => ParsePercent(result) };
    readonly Option<double?> _maxExposure = new("--max-exposure") { HelpName = "PERCENT", Description = "All positions together, percent of the account (default 100).", CustomParser = result => ParsePercent(result) };
    readonly Option<double?> _maxRisk = new("--max-risk") { HelpName = "PERCENT", Description = "Largest loss at the stop of one trade, percent of the account (default 2).", CustomParser = result => ParsePercent(result) };
    readonly Option<double?> _maxDailyLoss = new("--max-daily-loss") { HelpName = "PERCENT", Description = "No entries for the rest of a day that lost this percentage of the account (default: no limit).", CustomParser = result => ParsePercent(result) };
    readonly Option<int> _maxPositions = new("--max-positions") { HelpName = "N", Description = "Positions open at a time.", DefaultValueFactory = _ => BacktestTerms.UsualPositions, CustomParser = result => ParseWhole(result, 1, 10_000) };

    internal static Sizing? ParseSize(ArgumentResult result) => Read<Sizing?>(result, text => Sizing.Parse(text));

    IEnumerable<Option> All =>
    [
        _start, _end, _cash, _size, _commissionPercent, _commissionOrder, _commissionShare, _regulatoryFees, _slippage, _intrabar, _drill,
        _participation, _settlement, _short, _maxPosition, _maxExposure, _maxRisk, _maxDailyLoss, _maxPositions,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>The finer timeframe asked for; null without <c>--intrabar drill</c>.</summary>
    /// <exception cref="UsageException">Only one of the two options is there.</exception>
    Timeframe? Drill(ParseResult parse)
    {
        var isDrill = parse.GetValue(_intrabar) == IntrabarPolicy.Drill;
        var timeframe = parse.GetValue(_drill);
        if (isDrill && timeframe is null) throw new UsageException("--intrabar drill needs the timeframe of the finer candles, for example --drill 1m");
        if (!isDrill && timeframe is not null) throw new UsageException("--drill belongs to --intrabar drill");
        return timeframe;
    }

    /// <exception cref="UsageException">The end lies before the start, or an option for finer candles stands alone.</exception>
    public BacktestTerms Terms(ParseResult parse)
    {
        var (start, end) = (parse.GetValue(_start), parse.GetValue(_end));
        if (start > end) throw new UsageException($"--end {end:yyyy-MM-dd} lies before --start {start:yyyy-MM-dd}");
        return new BacktestTerms
        {
            Start = start,
            End = end,
            Cash = parse.GetValue(_cash),
            Size = parse.GetValue(_size),
            CommissionPercent = parse.GetValue(_commissionPercent),
            CommissionOrder = parse.GetValue(_commissionOrder),
            CommissionShare = parse.GetValue(_commissionShare),
            RegulatoryFees = parse.GetValue(_regulatoryFees),
            Slippage = parse.GetValue(_slippage),
            Intrabar = parse.GetValue(_intrabar) ?? IntrabarPolicy.Worst,
            Drill = Drill(parse),
            Participation = parse.GetValue(_participation),
            Settlement = parse.GetValue(_settlement),
            AllowShort = parse.GetValue(_short),
            MaxPosition = parse.GetValue(_maxPosition),
            MaxExposure = parse.GetValue(_maxExposure),
            MaxRisk = parse.GetValue(_maxRisk),
            MaxDailyLoss = parse.GetValue(_maxDailyLoss),
            MaxPositions = parse.GetValue(_maxPositions),
        };
    }

    internal static DateOnly? ParseDay(ArgumentResult result) => Read<DateOnly?>(result, text => BacktestValues.Day(text));

    static decimal ParseDecimal(ArgumentResult result, decimal min, decimal max) => Read(result, text => BacktestValues.Number(text, min, max));

    static int ParseWhole(ArgumentResult result, int min, int max) => Read(result, text => BacktestValues.Whole(text, min, max));

    static double? ParsePercent(ArgumentResult result) => Read<double?>(result, text => BacktestValues.Percent(text));

    static T? Read<T>(ArgumentResult result, Func<string, T> parse)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        try
        {
            return parse(text);
        }
        catch (FormatException problem)
        {
            var option = (result.Parent as OptionResult)?.Option.Name;
            result.AddError($"{option}: {problem.Message}");
            return default;
        }
    }
}
