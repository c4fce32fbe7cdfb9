using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Accounts;

static class FaultScope
{
    /// <summary>True when the fault is for that ticker, or for all.</summary>
    public static bool Concerns(this Fault fault, string ticker) =>
        fault.Symbol is null || string.Equals(fault.Symbol, ticker, StringComparison.OrdinalIgnoreCase);
}
