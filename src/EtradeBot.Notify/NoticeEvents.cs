namespace EtradeBot.Notify;

/// <summary>Every kind of notice, as settings, routes and the outbox spell it, with its usual level.</summary>
public static class NoticeEvents
{
    public const string OrderFilled = "order-filled";
    public const string OrderRejected = "order-rejected";
    public const string OrderUnknown = "order-unknown";
    public const string PositionOpened = "position-opened";
    public const string PositionClosed = "position-closed";
    public const string StopMoved = "stop-moved";
    public const string Signal = "signal";
    public const string PriceAlert = "price-alert";
    public const string DailySummary = "daily-summary";
    public const string LoginNeeded = "login-needed";
    public const string FeedStale = "feed-stale";
    public const string LimitHit = "limit-hit";
    public const string Kill = "kill";
    public const string Readiness = "readiness";
    public const string ReconcileFailed = "reconcile-failed";
    public const string ModelDrift = "model-drift";
    public const string ModelRetrained = "model-retrained";
    public const string DiskLow = "disk-low";
    public const string Watchdog = "watchdog";
    public const string ChannelFailed = "channel-failed";
    public const string Command = "command";
    public const string Test = "test";

    public static IReadOnlyDictionary<string, NoticeLevel> UsualLevels { get; } = new Dictionary<string, NoticeLevel>
    {
        [OrderFilled] = NoticeLevel.Info,
        [OrderRejected] = NoticeLevel.Warning,
        [OrderUnknown] = NoticeLevel.Critical,
        [PositionOpened] = NoticeLevel.Info,
        [PositionClosed] = NoticeLevel.Info,
        [StopMoved] = NoticeLevel.Info,
        [Signal] = NoticeLevel.Info,
        [PriceAlert] = NoticeLevel.Info,
        [DailySummary] = NoticeLevel.Info,
        [LoginNeeded] = NoticeLevel.Critical,
        [FeedStale] = NoticeLevel.Warning,
        [LimitHit] = NoticeLevel.Warning,
        [Kill] = NoticeLevel.Critical,
        [Readiness] = NoticeLevel.Warning,
        [ReconcileFailed] = NoticeLevel.Critical,
        [ModelDrift] = NoticeLevel.Warning,
        [ModelRetrained] = NoticeLevel.Info,
        [DiskLow] = NoticeLevel.Warning,
        [Watchdog] = NoticeLevel.Critical,
        [ChannelFailed] = NoticeLevel.Warning,
        [Command] = NoticeLevel.Info,
        [Test] = NoticeLevel.Info,
    };
}
