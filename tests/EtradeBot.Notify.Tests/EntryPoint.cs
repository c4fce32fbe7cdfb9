using EtradeBot.Notify.Delivery;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace EtradeBot.Notify;

/// <summary>The tests, or the program that <see cref="KillTests"/> starts and ends.</summary>
static class EntryPoint
{
    static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["victim", var folder, var receiver, var from, var count]) await Victim.RunAsync(folder, new(receiver), Number(from), Number(count));
        return await TestAsync(arguments);
    }

    /// <summary>Apart, so that the program that is killed does not load the test runner first.</summary>
    static async Task<int> TestAsync(string[] arguments)
    {
        if (arguments.Any(argument => argument is "--server" or "--internal-msbuild-node")) return await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        return await ConsoleRunner.Run(arguments);
    }

    static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
