using System.Runtime.InteropServices;

namespace EtradeBot.Bench;

/// <summary>What the figures were measured on.</summary>
static class Machine
{
    const string LinuxProcessors = "/proc/cpuinfo";

    public static string Words =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    static string Processor()
    {
        var named = File.Exists(LinuxProcessors) ? File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return named?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
