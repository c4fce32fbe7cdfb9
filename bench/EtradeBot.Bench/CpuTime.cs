namespace EtradeBot.Bench;

/// <summary>Processor seconds: unlike a clock they do not count the time in which others had the processor.</summary>
static class CpuTime
{
    public static double OfThisProcess => Environment.CpuUsage.TotalTime.TotalSeconds;
}
