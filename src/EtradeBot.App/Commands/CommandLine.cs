using System.CommandLine;
using System.CommandLine.Parsing;
using EtradeBot.Brokers;
using EtradeBot.Market;
using EtradeBot.Strategies;

namespace EtradeBot.App.Commands;

/// <summary>The root command; the only place that turns failures into messages and exit codes.</summary>
static class CommandLine
{
    /// <summary>Set to 1 to see the trace of an unexpected failure.</summary>
    const string DebugVariable = "ETRADE_BOT_DEBUG";

    /// <summary>After Ctrl-C: an order on its way is waited for, and what was to be told is put on the disk.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0) throw new UsageException(Explain(parsed));
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Patience });
        }
        catch (Exception problem)
        {
            var exitCode = Report(problem, error);
            if (Environment.GetEnvironmentVariable(DebugVariable) == "1") error.WriteLine(problem);
            return exitCode;
        }
    }

    /// <summary>Building the tree creates options and nothing else: what a command needs is loaded when it runs.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand("""
            Candlestick trading bot for E*TRADE: candles, patterns, backtests, accounts and quotes.
              Exit codes: 0 done, 1 failed, 2 command line or setting, 3 candles, 4 broker, 130 Ctrl-C.
            """)
        {
            DashboardCommand.Create(),
            TradeCommand.Create(),
            KillCommand.Create(),
            JournalCommand.Create(),
            WhyCommand.Create(),
            ReplayCommand.Create(),
            NotifyCommand.Create(),
            WatchCommand.Create(),
            BacktestCommand.Create(),
            DataCommand.Create(),
            StrategiesCommand.Create(),
            LookaheadCommand.Create(),
            TrainCommand.Create(),
            AnalyzeCommand.Create(),
            ExplainCommand.Create(),
            LoginCommand.Create(),
            LogoutCommand.Create(),
            AccountsCommand.Create(),
            QuoteCommand.Create(),
            OrdersCommand.Create(),
            PortfolioCommand.Create(),
            SimulatorCommand.Create(),
            UserCommand.Create(),
            ConfigCommand.Create(),
            DoctorCommand.Create(),
            HealthCommand.Create(),
        };
        root.SetAction(DashboardCommand.RunDefaultAsync);
        return root;
    }

    /// <summary>One message, in the user's words, and the exit code that goes with it.</summary>
    internal static int Report(Exception problem, TextWriter error)
    {
        var (message, exitCode) = problem switch
        {
            UsageException or StrategyException => (problem.Message, ExitCode.Usage),
            CandleDataException => (problem.Message, ExitCode.Data),
            BrokerException => (problem.Message, ExitCode.Broker),
            OperationCanceledException => ("stopped; no file was written or changed", ExitCode.Interrupted),
            IOException { HResult: 28 } => ("cannot print: the disk is full", ExitCode.Failure), // ENOSPC, which only standard output still throws as it is
            IOException or UnauthorizedAccessException or StrategyFailedException => (problem.Message, ExitCode.Failure),
            _ => ($"unexpected: {problem.GetType().Name}: {problem.Message}{Environment.NewLine}"
                + $"This is a defect of etrade-bot. Please report it with the command line and the trace that {DebugVariable}=1 prints.", ExitCode.Failure),
        };
        error.WriteLine($"etrade-bot: {Output.Printable(message)}");
        return exitCode;
    }

    /// <summary>The first parse error, with what may have been meant and where help is.</summary>
    static string Explain(ParseResult parsed)
    {
        var names = Names(parsed.CommandResult).ToList();
        var meant = parsed.UnmatchedTokens.Select(token => Spelling.Question(token, names)).FirstOrDefault(text => text.Length > 0) ?? "";
        return $"{InPlainWords(parsed.Errors[0].Message)}{meant} See '{Spelled(parsed.CommandResult)} --help'.";
    }

    /// <summary>The parser names .NET types, which mean nothing to a trader.</summary>
    static string InPlainWords(string message) => message
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Decimal'", "as a number", StringComparison.Ordinal);

    static IEnumerable<string> Names(CommandResult result) =>
        result.Command.Subcommands.SelectMany(Spellings)
            .Concat(result.Command.Options.SelectMany(Spellings))
            .Concat(Lineage(result).SelectMany(ancestor => ancestor.Command.Options).Where(option => option.Recursive).SelectMany(Spellings));

    /// <summary>The command and those above it, the root last.</summary>
    static IEnumerable<CommandResult> Lineage(CommandResult result)
    {
        for (var command = result; command is not null; command = command.Parent as CommandResult) yield return command;
    }

    static string Spelled(CommandResult result) =>
        string.Join(' ', Lineage(result).Reverse().Skip(1).Select(ancestor => ancestor.Command.Name).Prepend("etrade-bot"));

    static IEnumerable<string> Spellings(Command command) => command.Aliases.Prepend(command.Name);

    static IEnumerable<string> Spellings(Option option) => option.Aliases.Prepend(option.Name);
}
