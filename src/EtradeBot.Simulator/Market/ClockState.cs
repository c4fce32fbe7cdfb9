namespace EtradeBot.Simulator.Market;

/// <summary>What a <see cref="SimulatedClock"/> needs to go on where it stood.</summary>
/// <param name="Now">Simulated instant, UTC.</param>
/// <param name="Speed">Seconds of simulated time in a second.</param>
public sealed record ClockState(DateTimeOffset Now, double Speed, bool IsPaused);
