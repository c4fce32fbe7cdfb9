using System.Diagnostics;

namespace EtradeBot.App.Reports;

/// <summary>The browser of this machine, without a window; skips the test where there is none.</summary>
static class Chromium
{
    static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars", "--virtual-time-budget=8000",
    ];

    /// <summary>The page's document after its script has run.</summary>
    public static string Document(string page, string profile) => Run([.. Quiet, "--user-data-dir=" + profile, "--dump-dom", page]);

    static string Run(string[] arguments)
    {
        var program = Places.FirstOrDefault(File.Exists);
        if (program is null) Assert.Skip("needs Chromium in /usr/bin to open the report");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var document = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return document;
    }
}
