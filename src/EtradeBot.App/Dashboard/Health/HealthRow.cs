namespace EtradeBot.App.Dashboard.Health;

public enum HealthLevel
{
    /// <summary>Not in use, so neither good nor bad.</summary>
    Idle,
    Good,

    /// <summary>To be watched.</summary>
    Warn,

    /// <summary>Something has to be done.</summary>
    Bad,
}

/// <summary>One thing that has to be well for trading.</summary>
/// <param name="Figure">What was measured, in words.</param>
/// <param name="ToDo">What to do about it; empty when nothing.</param>
public sealed record HealthRow(string Name, HealthLevel Level, string Figure, string ToDo = "")
{
    /// <summary>Beside the colour, which not everybody sees.</summary>
    public string Word => Level switch { HealthLevel.Good => "ok", HealthLevel.Warn => "watch", HealthLevel.Bad => "act", _ => "not in use" };
}

/// <summary>When something is worth a look, and when it has to be acted upon.</summary>
/// <param name="Warn">From there on it is to be watched.</param>
/// <param name="Bad">From there on something has to be done.</param>
readonly record struct Ages(TimeSpan Warn, TimeSpan Bad)
{
    public HealthLevel Of(TimeSpan age) => age >= Bad ? HealthLevel.Bad : age >= Warn ? HealthLevel.Warn : HealthLevel.Good;
}
