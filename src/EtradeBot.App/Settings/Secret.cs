using System.Diagnostics;

namespace EtradeBot.App.Settings;

/// <summary>A text that must not be seen by accident: it has no public value, so logs, JSON, string interpolation and the debugger show nothing of it.</summary>
[DebuggerDisplay("****")]
sealed class Secret(string value)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    readonly string _value = value;

    /// <summary>The text itself, for the one place that sends it.</summary>
    public string Reveal() => _value;

    public override string ToString() => "****";
}
