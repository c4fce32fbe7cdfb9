using System.Globalization;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>Takes down the readings of one judgement.</summary>
/// <param name="leftToPerson">Gates that only warn: what they would block is for a person to decide.</param>
sealed class GateSheet(bool isExit, IReadOnlyList<string> leftToPerson)
{
    readonly List<GateReading> _gates = [];

    public IReadOnlyList<GateReading> Gates => _gates;

    public List<string> Warnings { get; } = [];

    public GateStage Stage { get; set; }

    /// <summary>A gate that every order passes through.</summary>
    public void Always(string name, bool passed, string words) => _gates.Add(new GateReading(Stage, name, passed, words));

    public void Always(string name, Measure measure) => Add(name, measure);

    /// <summary>A gate for entries: an exit passes it unasked.</summary>
    public void Entry(string name, bool passed, string words)
    {
        if (isExit) Skip(name, "not for exits");
        else if (!passed && leftToPerson.Contains(name)) Leave(name, words);
        else Always(name, passed, words);
    }

    public void Entry(string name, Measure measure)
    {
        if (isExit) Skip(name, "not for exits");
        else if (!measure.Passed && leftToPerson.Contains(name)) Leave(name, measure.Sentence);
        else Add(name, measure);
    }

    /// <summary>A gate for exits.</summary>
    public void Exit(string name, bool passed, string words)
    {
        if (isExit) Always(name, passed, words);
        else Skip(name, "for exits only");
    }

    public void Exit(string name, Measure measure)
    {
        if (isExit) Add(name, measure);
        else Skip(name, "for exits only");
    }

    public void Skip(string name, string why) => _gates.Add(new GateReading(Stage, name, true, why) { IsSkipped = true });

    void Leave(string name, string words)
    {
        Warnings.Add(char.ToUpperInvariant(words[0]) + words[1..] + ".");
        Always(name, true, $"{words} (a person decides)");
    }

    void Add(string name, Measure measure) => _gates.Add(new GateReading(Stage, name, measure.Passed, measure.Sentence)
    {
        Value = measure.Value,
        Threshold = measure.Threshold,
        Unit = measure.Unit,
    });
}

/// <summary>A number against its bound. A number that is not known does not pass.</summary>
readonly record struct Measure(decimal? Value, decimal Threshold, string Unit, string Words)
{
    /// <summary>The number must reach the bound instead of staying within it.</summary>
    public bool IsLeast { get; init; }

    /// <summary>Reaching the bound is already too much.</summary>
    public bool IsStrict { get; init; }

    public bool Passed => Value is { } value && (IsLeast ? value >= Threshold : IsStrict ? value < Threshold : value <= Threshold);

    public string Sentence => Value is { } value
        ? $"{Words}: {Shown(value)}, {(IsLeast ? "at least" : IsStrict ? "must stay below" : "at most")} {Shown(Threshold)}"
        : $"{Words}: not known";

    string Shown(decimal value) => Unit switch
    {
        "dollars" => value.ToString("$#,0.00##;-$#,0.00##", CultureInfo.InvariantCulture),
        "fraction" => (value * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %",
        "seconds" => value.ToString("#,0.###", CultureInfo.InvariantCulture) + " s",
        _ => value.ToString("#,0.####", CultureInfo.InvariantCulture) + " " + Unit,
    };
}
