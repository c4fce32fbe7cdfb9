using EtradeBot.Market;

namespace EtradeBot.Notify;

/// <summary>Who is told what, when, and how often.</summary>
public sealed record NoticePlan
{
    /// <summary>By a channel's name; a channel that is not in it gets everything.</summary>
    public IReadOnlyDictionary<string, ChannelPlan> Channels { get; init; } = new Dictionary<string, ChannelPlan>();

    /// <summary>Levels in place of the usual ones, by event.</summary>
    public IReadOnlyDictionary<string, NoticeLevel> Levels { get; init; } = new Dictionary<string, NoticeLevel>();

    /// <summary>Signals of other symbols are not told; empty tells of none.</summary>
    public IReadOnlySet<Symbol> SignalSymbols { get; init; } = new HashSet<Symbol>();

    /// <summary>Critical notices ignore it; others wait for its end.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>How long a notice below critical waits for others, to be told with them in one message.</summary>
    public TimeSpan GroupingWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The least time between two messages of one channel; what comes meanwhile is told in one.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for critical notices, the first of which goes out at once.</summary>
    public TimeSpan CriticalGap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long a critical notice nobody acknowledged is told again; each wait is twice the one before, up to an hour. Zero: never.</summary>
    public TimeSpan RepeatEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From which repeat on every enabled channel is used, whatever its route.</summary>
    public int EscalateFromRepeat { get; init; } = 2;

    /// <summary>A notice that could not be sent for so long is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long notices that are done with stay in the outbox; a key is known for as long.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(90);

    public NoticeLevel LevelOf(Notice notice) =>
        notice.Level ?? (Levels.TryGetValue(notice.Event, out var level) || NoticeEvents.UsualLevels.TryGetValue(notice.Event, out level) ? level : NoticeLevel.Warning);

    /// <summary>Whether the notice is told at all: signals only of chosen symbols.</summary>
    public bool Wants(Notice notice) => notice.Event != NoticeEvents.Signal || notice.Symbol is { } symbol && SignalSymbols.Contains(symbol);

    internal ChannelPlan For(string channel) => Channels.GetValueOrDefault(channel, ChannelPlan.Everything);
}

/// <summary>What one channel is for.</summary>
public sealed record ChannelPlan
{
    internal static ChannelPlan Everything { get; } = new();

    public bool IsEnabled { get; init; } = true;

    /// <summary>The least level it is used for.</summary>
    public NoticeLevel From { get; init; }

    /// <summary>Events it is used for; null for all.</summary>
    public IReadOnlySet<string>? Events { get; init; }

    internal bool Takes(string happening, NoticeLevel level) => IsEnabled && level >= From && (Events is null || Events.Contains(happening));
}

/// <summary>A stretch of every day; where <paramref name="To"/> is before <paramref name="From"/> it ends on the day after.</summary>
/// <param name="Zone">Whose clock; null for New York.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo? Zone = null)
{
    /// <returns>When the quiet that holds at this instant ends; null where it does not hold.</returns>
    public DateTimeOffset? EndAt(DateTimeOffset now)
    {
        var local = now.ToOffset(OffsetAt(now));
        if (!TimeOnly.FromDateTime(local.DateTime).IsBetween(From, To)) return null;
        var day = DateOnly.FromDateTime(local.DateTime);
        if (TimeOnly.FromDateTime(local.DateTime) >= To) day = day.AddDays(1);
        return InstantOf(day, To);
    }

    TimeSpan OffsetAt(DateTimeOffset instant) => Zone?.GetUtcOffset(instant) ?? MarketCalendar.Nyse.OffsetAt(instant);

    DateTimeOffset InstantOf(DateOnly day, TimeOnly time)
    {
        if (Zone is null) return MarketCalendar.Nyse.At(day, time);
        var local = day.ToDateTime(time);
        // A time the clocks skip in spring does not exist: the hour after it does.
        if (Zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
