using EtradeBot.Execution.Campaign;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace EtradeBot.Execution;

/// <summary>The tests, or one of the long runs that <c>tests/schedules.sh</c> and <c>tests/planted-bugs.sh</c> ask for.</summary>
static class EntryPoint
{
    static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["schedules", ..]) return SchedulesCommand.Run(arguments[1..]);
        if (arguments is ["planted-bugs", ..]) return PlantedBugsCommand.Run(arguments[1..]);
        if (arguments.Any(argument => argument is "--server" or "--internal-msbuild-node")) return await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        return await ConsoleRunner.Run(arguments);
    }
}
