using EtradeBot.Simulator.Accounts;
using EtradeBot.Simulator.Faults;
using EtradeBot.Simulator.Market;

namespace EtradeBot.Simulator.Protocol.Routes;

/// <summary>What the calls are about.</summary>
/// <param name="Clock">Simulated time.</param>
/// <param name="Wall">The time of customers.</param>
sealed record World(SimulatorOptions Options, IMarket Market, IBrokerage Broker, FaultPlan Faults, TimeProvider Clock, TimeProvider Wall);
