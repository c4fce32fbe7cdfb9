using EtradeBot.App.Commands;

namespace EtradeBot.App;

/// <summary>The program run inside the test.</summary>
sealed record Cli(int ExitCode, string Out, string Error)
{
    public static Cli Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = CommandLine.Run(args, output, error);
        return new Cli(exitCode, output.ToString(), error.ToString());
    }

    public string[] Lines => Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
