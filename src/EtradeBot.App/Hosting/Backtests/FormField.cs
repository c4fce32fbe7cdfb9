namespace EtradeBot.App.Hosting.Backtests;

public enum FormFieldKind
{
    Text,
    Day,
    Choice,
    Flag,
}

/// <summary>A value that a field offers, with what it means.</summary>
public sealed record FormChoice(string Value, string Words, string Meaning = "");

/// <summary>One field of the backtest form.</summary>
/// <param name="Key">Its name in addresses, presets and kept requests; never changed, or old ones would lose it.</param>
/// <param name="Default">The text of an untouched field.</param>
public sealed record FormField(string Key, string Group, string Label, string Default)
{
    public FormFieldKind Kind { get; init; }

    /// <summary>Unit and range in a few words, beside the label.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What it does to the run.</summary>
    public string Help { get; init; } = "";

    public IReadOnlyList<FormChoice> Choices { get; init; } = [];

    /// <summary>False while another field makes this one meaningless.</summary>
    public Func<BacktestForm, bool> IsShown { get; init; } = _ => true;
}
