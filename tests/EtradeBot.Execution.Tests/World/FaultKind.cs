using System.Globalization;

namespace EtradeBot.Execution.World;

/// <summary>Who carries a fault out.</summary>
enum FaultMaker
{
    /// <summary>The simulated broker; its catalogue has the fault under the same name.</summary>
    Broker,

    /// <summary>The connection to it.</summary>
    Wire,

    /// <summary>The machine of the program: clock, disk, life and death.</summary>
    Machine,

    /// <summary>The test that drives the program: what a person or a second copy of the program does.</summary>
    Driver,
}

/// <summary>A way to go wrong, and what a drawn case of it may look like.</summary>
/// <param name="Name">Kebab case.</param>
/// <param name="Classes">Fault classes it stands for, such as <c>F1 F39</c>.</param>
/// <param name="At">Occasions it can be bound to: names of calls, <c>read</c> or <c>write</c> of the disk, <c>boot</c>, <c>point</c>; <c>time</c> for an instant.</param>
sealed record FaultKind(string Name, string Classes, FaultMaker Maker, params string[] At)
{
    /// <summary>Of quotes and of the exchange, not of calls, accounts or the machine.</summary>
    public bool IsOfMarket => Classes.Split(' ').All(name => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture) is >= 23 and <= 29);

    /// <summary>Range of the figure it takes; null: none.</summary>
    public (double Least, double Most)? Value { get; init; }

    /// <summary>Few figures to choose from; empty: any of the range.</summary>
    public double[] Values { get; init; } = [];

    /// <summary>How long it lasts; null: it strikes a number of times.</summary>
    public (double Least, double Most)? Seconds { get; init; }

    public string[] Texts { get; init; } = [];

    /// <summary>Strikes at most.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>A fault of a schedule.</summary>
/// <param name="Kind">Name of its <see cref="FaultKind"/>.</param>
/// <param name="At">The occasion, or <c>time</c>.</param>
/// <param name="Number">Which occasion, from 1; seconds since the beginning of the world for <c>time</c>.</param>
sealed record PlannedFault(string Kind, string At, double Number)
{
    public const string Time = "time";

    public double? Value { get; init; }

    public double? Seconds { get; init; }

    public int Times { get; init; } = 1;

    public string? Text { get; init; }

    public bool IsAtInstant => At == Time;
}
