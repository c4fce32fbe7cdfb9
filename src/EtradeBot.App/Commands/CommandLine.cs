using System.CommandLine;
using EtradeBot.Market;

namespace EtradeBot.App.Commands;

/// <summary>The root command; the only place that turns failures into messages and exit codes.</summary>
static class CommandLine
{
    public static int Run(string[] args)
    {
        var root = new RootCommand("Candlestick trading bot for E*TRADE: backtests, patterns, candles.");
        try
        {
            return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException problem)
        {
            return Fail(problem.Message, 2);
        }
        catch (CandleDataException problem)
        {
            return Fail(problem.Message, 3);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Fail(problem.Message, 1);
        }
    }

    static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine($"etrade-bot: {message}");
        return exitCode;
    }
}
