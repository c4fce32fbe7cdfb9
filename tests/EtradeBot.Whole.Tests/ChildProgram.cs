using System.Diagnostics;

namespace EtradeBot.App;

/// <summary>The built program as a process of its own.</summary>
static class ChildProgram
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "etrade-bot.exe" : "etrade-bot");

    public static Process Start(string program, params string[] args) => Start(program, [], args);

    public static Process Start(string program, (string Name, string Value)[] environment, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static Cli Finish(Process process)
    {
        // Both at once: a full pipe would stop the program.
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Cli(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
