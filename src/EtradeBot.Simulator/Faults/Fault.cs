namespace EtradeBot.Simulator.Faults;

/// <summary>Something that is to go wrong. As JSON under <c>/sim/faults</c> with the same names in camel case.</summary>
/// <param name="Name">One of <see cref="FaultCatalog"/>.</param>
public sealed record Fault(string Name)
{
    /// <summary>Set by the plan when it is added; names the fault in lists and when it is taken back.</summary>
    public int Id { get; init; }

    /// <summary>Name of a call, such as <c>place</c>, <c>quote</c> or <c>*</c>: see <see cref="FaultCatalog.Calls"/>.</summary>
    public string Call { get; init; } = "*";

    /// <summary>Only for this ticker; null: for all.</summary>
    public string? Symbol { get; init; }

    /// <summary>Passes over so many matching occasions first.</summary>
    public int Skip { get; init; }

    /// <summary>How often it strikes; null: until it is taken back.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>Chance on each occasion, 0 to 1, drawn from the simulator's seed.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Ends so many seconds of simulated time after it was set; null: not.</summary>
    public double? Seconds { get; init; }

    /// <summary>Size where the fault has one: a fraction, a factor, a count, seconds; the catalogue says which.</summary>
    public double? Value { get; init; }

    /// <summary>Error number or text where the fault has one.</summary>
    public string? Text { get; init; }
}

/// <summary>One entry of the catalogue.</summary>
/// <param name="Name">Kebab case.</param>
/// <param name="Layer">Who carries it out: <c>delivery</c>, <c>http</c>, <c>token</c>, <c>market</c> or <c>order</c>.</param>
/// <param name="Classes">Numbers of the fault classes it stands for, such as <c>F1</c>.</param>
/// <param name="About">What happens, and what value and text mean, in a sentence or two.</param>
public sealed record FaultInfo(string Name, string Layer, string Classes, string About);
