using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Reports;
using EtradeBot.App.Storage;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot analyze</c>: candles with every indicator and pattern beside them, as CSV.</summary>
static class AnalyzeCommand
{
    static readonly Option<string?> Out = new("--out") { Description = "Write to this file; without it to the screen, or into a pipe.", HelpName = "FILE" };
    static readonly Option<int> Rsi = Period("--rsi", "Period of the relative strength index.", 14);
    static readonly Option<string> Macd = new("--macd") { Description = "Fast, slow and signal period.", HelpName = "F,S,N", DefaultValueFactory = _ => "12,26,9" };
    static readonly Option<string> Bollinger = new("--bollinger") { Description = "Period and width in standard deviations.", HelpName = "N,K", DefaultValueFactory = _ => "20,2" };
    static readonly Option<int> Atr = Period("--atr", "Period of the average true range.", 14);
    static readonly Option<int> Ema = Period("--ema", "Period of the exponential average.", 20);
    static readonly Option<int> Sma = Period("--sma", "Period of the simple average.", 50);
    static readonly Option<int> StdDev = Period("--stddev", "Period of the standard deviation.", 20);

    public static Command Create()
    {
        var command = new Command("analyze", "Write candles with every indicator and candlestick pattern, as CSV.");
        CandleOptions.AddTo(command);
        foreach (var option in new Option[] { Out, Rsi, Macd, Bollinger, Atr, Ema, Sma, StdDev }) command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    static int Run(ParseResult parse)
    {
        // Periods first: a wrong one should not wait for a million candles.
        var periods = Periods(parse);
        var candles = CandleLibrary.Load(CandleOptions.Request(parse));
        var columns = new AnalysisColumns(candles, periods);
        if (parse.GetValue(Out) is { } file)
        {
            AtomicFile.Write(file, columns.Write);
            var words = string.Create(CultureInfo.InvariantCulture, $"{file}: {candles.Count:N0} candles of {candles.Symbol} {candles.Timeframe}, {columns.Count} columns");
            Output.Of(parse).Line(candles.Origin.IsSimulated ? $"{words} (SIMULATED)" : words);
            return ExitCode.Success;
        }
        // The columns are read by programs, so the warning goes beside them.
        if (candles.Origin.IsSimulated) parse.InvocationConfiguration.Error.WriteLine($"etrade-bot: {candles.Symbol} is SIMULATED: candles of the demo market");
        Print(columns, parse.InvocationConfiguration.Output);
        return ExitCode.Success;
    }

    static void Print(AnalysisColumns columns, TextWriter output)
    {
        if (ReferenceEquals(output, Console.Out))
        {
            using var screen = Console.OpenStandardOutput();
            columns.Write(screen);
            return;
        }
        using var text = new MemoryStream();
        columns.Write(text);
        output.Write(System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    static AnalysisPeriods Periods(ParseResult parse)
    {
        var (macd, bollinger) = (Numbers(parse, Macd, 3), Numbers(parse, Bollinger, 2));
        var periods = new AnalysisPeriods
        {
            Rsi = parse.GetValue(Rsi),
            Fast = Whole(Macd, macd[0]),
            Slow = Whole(Macd, macd[1]),
            Signal = Whole(Macd, macd[2]),
            Bollinger = Whole(Bollinger, bollinger[0]),
            Deviations = bollinger[1],
            Atr = parse.GetValue(Atr),
            Ema = parse.GetValue(Ema),
            Sma = parse.GetValue(Sma),
            StdDev = parse.GetValue(StdDev),
        };
        if (periods.Fast >= periods.Slow) throw new UsageException($"--macd {parse.GetValue(Macd)}: the fast period must be shorter than the slow one, as in 12,26,9");
        return periods;
    }

    static double[] Numbers(ParseResult parse, Option<string> option, int count)
    {
        var text = parse.GetValue(option)!;
        var parts = text.Split(',');
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!double.TryParse(parts[i], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
                throw new UsageException($"{option.Name} '{text}': '{parts[i].Trim()}' is not a number of 0 or more");
        return numbers.Length == count ? numbers : throw new UsageException($"{option.Name} '{text}': give {count} numbers with commas, as in {option.GetDefaultValue()}");
    }

    static int Whole(Option<string> option, double number) => number >= 1 && number <= int.MaxValue && double.IsInteger(number)
        ? (int)number
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option.Name}: a period of {number} candles is not possible: use a whole number of 1 or more"));

    static Option<int> Period(string name, string description, int standard)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var period) && period < 1)
                result.AddError($"{name} {period} is not possible: a period is a whole number of candles, 1 or more.");
        });
        return option;
    }
}
