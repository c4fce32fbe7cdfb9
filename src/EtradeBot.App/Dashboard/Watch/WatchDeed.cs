namespace EtradeBot.App.Dashboard.Watch;

/// <summary>What a reader did on a line of the watchlist.</summary>
public enum WatchDeed
{
    Select,
    GoUp,
    GoDown,
    GoFirst,
    GoLast,
    MoveUp,
    MoveDown,
    AskRemove,
    Remove,
    Keep,
    Drag,
    Drop,
}
