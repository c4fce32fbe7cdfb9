namespace EtradeBot.Market;

/// <summary>The checks against the calendar: which sessions and candles are missing, and whether the clock is right.</summary>
static class CandleAuditSessions
{
    public static void Add(List<CandleFinding> findings, CandleSeries candles)
    {
        var days = CandleAuditDay.Split(candles);
        AddUnknownYears(findings, days);
        AddClosedDays(findings, days);
        if (candles.Timeframe == Timeframe.W1) AddMissingWeeks(findings, days);
        else AddMissingSessions(findings, candles, days);
        if (candles.Timeframe.IsIntraday) CandleAuditClock.Add(findings, candles, days);
    }

    static void AddUnknownYears(List<CandleFinding> findings, IReadOnlyList<CandleAuditDay> days)
    {
        var unknown = days.Where(d => !MarketCalendar.Nyse.Covers(d.Day)).ToList();
        if (unknown.Count > 0)
            findings.Add(new("unknown-years", FindingSeverity.Note, unknown.Count, $"Days outside the years whose calendar is known: {unknown.Count}. Their holes are not checked.", [Name(unknown[0].Day), Name(unknown[^1].Day)], "Nothing to do."));
    }

    static void AddClosedDays(List<CandleFinding> findings, IReadOnlyList<CandleAuditDay> days)
    {
        var places = new FindingPlaces();
        foreach (var day in days)
            if (day.Session is null && MarketCalendar.Nyse.Covers(day.Day)) places.Add($"{Name(day.Day)} ({day.Day.DayOfWeek})");
        if (places.Count > 0)
            findings.Add(new("closed-days", FindingSeverity.Warning, places.Count, $"Days with candles although the New York Stock Exchange was closed: {places.Count}.", places.Examples, "Expected of currencies, crypto and foreign indices; for American shares the dates or the clock are wrong."));
    }

    static void AddMissingSessions(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days)
    {
        var places = new FindingPlaces();
        var known = days.Where(d => d.Session is not null && d.HasSessionCandle(candles)).Select(d => d.Day).ToHashSet();
        for (var day = days[0].Day; day <= days[^1].Day; day = day.AddDays(1))
        {
            if (!known.Contains(day) && MarketCalendar.Nyse.SessionOn(day) is { } session && IsWithin(candles, session)) places.Add(Name(day));
        }
        if (places.Count > 0)
            findings.Add(new("missing-sessions", FindingSeverity.Warning, places.Count, $"Sessions without a candle between the first and the last: {places.Count}.", places.Examples, "Get these days from the source again; indicators run across the hole as if it were not there."));
    }

    // The first and the last day may be cut off before or after their session.
    static bool IsWithin(CandleSeries candles, Session session) =>
        !candles.Timeframe.IsIntraday || (candles.OpenTime(0) <= session.Open && candles.OpenTime(candles.Count - 1) >= session.Open);

    static void AddMissingWeeks(List<CandleFinding> findings, List<CandleAuditDay> days)
    {
        var places = new FindingPlaces();
        var known = days.Select(d => Monday(d.Day)).ToHashSet();
        for (var monday = Monday(days[0].Day); monday <= days[^1].Day; monday = monday.AddDays(7))
        {
            if (!known.Contains(monday) && HasSession(monday)) places.Add($"week of {Name(monday)}");
        }
        if (places.Count > 0)
            findings.Add(new("missing-sessions", FindingSeverity.Warning, places.Count, $"Weeks without a candle between the first and the last: {places.Count}.", places.Examples, "Get these weeks from the source again; indicators run across the hole as if it were not there."));
    }

    static bool HasSession(DateOnly monday)
    {
        for (var i = 0; i < 5; i++)
            if (MarketCalendar.Nyse.SessionOn(monday.AddDays(i)) is not null) return true;
        return false;
    }

    static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
