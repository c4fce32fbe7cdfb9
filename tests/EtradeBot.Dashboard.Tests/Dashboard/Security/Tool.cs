using System.Diagnostics;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>A program of the machine that a test asks for an independent opinion.</summary>
static class Tool
{
    /// <summary>Where the first of these is; null where none is installed.</summary>
    public static string? Find(params string[] names) =>
        (from name in names from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend("/usr/bin") select Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static async Task<(int ExitCode, string Out)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var stop = TestContext.Current.CancellationToken;
        // Both at once: a full pipe would stop the program.
        var error = process.StandardError.ReadToEndAsync(stop);
        var output = await process.StandardOutput.ReadToEndAsync(stop);
        await error;
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, output);
    }
}
