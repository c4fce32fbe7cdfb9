namespace EtradeBot.App.Dashboard.Parts;

/// <summary>The five states a panel is drawn in.</summary>
public abstract record PanelState(string Name)
{
    public static readonly PanelState Ok = new Fine();

    public sealed record Fine() : PanelState("ok");

    public sealed record Loading() : PanelState("loading");

    /// <param name="WhatToDo">What the reader can do to fill it.</param>
    public sealed record Empty(string WhatToDo) : PanelState("empty");

    /// <param name="Age">Of what is shown.</param>
    /// <param name="Reason">Why it is not newer; may be empty.</param>
    public sealed record Stale(TimeSpan Age, string Reason = "") : PanelState("stale");

    /// <param name="Cause">In the reader's words, with the remedy.</param>
    /// <param name="Id">Under which the log has the details; empty where there are none.</param>
    public sealed record Error(string Cause, string Id = "") : PanelState("error");
}
