using System.Globalization;

namespace EtradeBot.Market;

/// <summary>The checks of candles within a day: holes in the session, candles outside it, and labels that mean something else than they say.</summary>
static class CandleAuditClock
{
    const int FewestToCompare = 5;

    /// <summary>So many days, spread over the whole history, tell a wrong clock as well as all of them.</summary>
    const int DaysToCompare = 250;

    static readonly TimeOnly MorningFrom = new(9, 30), MorningTo = new(13, 30), AfternoonFrom = new(14, 30), AfternoonTo = new(16, 0);

    public static void Add(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days)
    {
        var phase = Phase(candles, days);
        AddHoles(findings, candles, days, phase);
        AddOutside(findings, candles, days);
        AddOffGrid(findings, candles, days, phase);
        AddClockHours(findings, candles, days, phase);
        AddEndLabels(findings, candles, days);
        AddUtcClock(findings, candles, days);
    }

    /// <summary>Minutes from a session's open to the first candle that begins in it, the most frequent one: 0 for 09:30, 30 for clock hours.</summary>
    static int Phase(CandleSeries candles, List<CandleAuditDay> days)
    {
        var counts = new int[candles.Timeframe.Minutes];
        foreach (var day in days)
            for (var i = day.First; day.Session is not null && i < day.First + day.Count; i++)
                if (day.IsInSession(candles, i) && Offset(candles, day, i) is var offset && offset % TimeSpan.TicksPerMinute == 0) counts[offset / TimeSpan.TicksPerMinute]++;
        return Array.IndexOf(counts, counts.Max());
    }

    // Ticks from the grid that starts at the session's open, 0 to one candle.
    static long Offset(CandleSeries candles, CandleAuditDay day, int index)
    {
        var length = candles.Timeframe.Length.Ticks;
        var offset = (candles.OpenTicks[index] - day.Session!.Value.Open.UtcTicks) % length;
        return offset < 0 ? offset + length : offset;
    }

    static void AddHoles(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days, int phase)
    {
        var places = new FindingPlaces();
        var longest = new Hole(0, 0);
        long missing = 0;
        foreach (var day in days)
        {
            if (day.Session is null || !day.HasSessionCandle(candles)) continue;
            var (expected, absent, hole) = Holes(candles, day, phase);
            missing += absent;
            if (hole.Candles > longest.Candles) longest = hole;
            if (absent > 0) places.Add($"{Name(day.Day)}: {absent} of {expected} missing, longest {hole.Candles} from {Clock(hole.FromTicks)}");
        }
        if (missing == 0) return;
        var where = MarketCalendar.Nyse.Label(new DateTimeOffset(longest.FromTicks, TimeSpan.Zero), candles.Timeframe);
        findings.Add(new("missing-candles", FindingSeverity.Warning, missing, $"Candles missing inside regular sessions: {missing}, on {Counted(places.Count, "day")}. The longest hole is {Counted(longest.Candles, "candle")} from {where}.", places.Examples, "Usual for thinly traded shares, which have no candle in a minute without a trade; otherwise get these days from the source again."));
    }

    readonly record struct Hole(int Candles, long FromTicks);

    // The day's own grid from the first to the last candle of the series, which may begin and end within a session.
    static (int Expected, int Absent, Hole Longest) Holes(CandleSeries candles, CandleAuditDay day, int phase)
    {
        var length = candles.Timeframe.Length.Ticks;
        var session = day.Session!.Value;
        var slot = session.Open.UtcTicks + phase * TimeSpan.TicksPerMinute - (phase > 0 ? length : 0);
        var first = candles.OpenTicks[0];
        if (slot < first) slot += (first - slot + length - 1) / length * length;
        var end = Math.Min(session.Close.UtcTicks, candles.OpenTicks[^1] + 1);
        var next = day.First;
        int expected = 0, absent = 0, run = 0;
        var longest = new Hole(0, 0);
        for (; slot < end; slot += length)
        {
            expected++;
            while (next < day.First + day.Count && candles.OpenTicks[next] < slot) next++;
            if (next < day.First + day.Count && candles.OpenTicks[next] < slot + length)
            {
                run = 0;
                continue;
            }
            absent++;
            run++;
            if (run > longest.Candles) longest = new(run, slot - (run - 1) * length);
        }
        return (expected, absent, longest);
    }

    static void AddOutside(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days)
    {
        var places = new FindingPlaces();
        foreach (var day in days)
        {
            // Ascending times: when the first and the last are in the session, all are.
            if (day.Session is null || (day.IsInSession(candles, day.First) && day.IsInSession(candles, day.First + day.Count - 1))) continue;
            for (var i = day.First; i < day.First + day.Count; i++)
                if (!day.IsInSession(candles, i)) places.Add(candles, i);
        }
        if (places.Count > 0)
            findings.Add(new("outside-session", FindingSeverity.Note, places.Count, $"Candles before or after the regular session: {places.Count} of {candles.Count}.", places.Examples, "Prices there are thin; a backtest that trades them needs orders that are valid outside the session."));
    }

    static void AddOffGrid(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days, int phase)
    {
        var places = new FindingPlaces();
        foreach (var day in days)
            for (var i = day.First; day.Session is not null && i < day.First + day.Count; i++)
            {
                if (!day.IsInSession(candles, i) || Offset(candles, day, i) == phase * TimeSpan.TicksPerMinute) continue;
                places.Add(candles, i);
            }
        if (places.Count > 0)
            findings.Add(new("off-grid", FindingSeverity.Warning, places.Count, $"Candles that do not begin where the others of {candles.Timeframe} do: {places.Count}.", places.Examples, "The rows may be trades or quotes instead of candles, or of two timeframes."));
    }

    static void AddClockHours(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days, int phase)
    {
        if (phase == 0 || days.FirstOrDefault(d => d.Session is not null && d.HasSessionCandle(candles)) is not { Session: { } session }) return;
        var first = session.Open.UtcTicks + phase * TimeSpan.TicksPerMinute - candles.Timeframe.Length.Ticks;
        findings.Add(new("clock-hours", FindingSeverity.Note, days.Count, $"Candles follow the clock, not the session: the one at {Clock(first)} holds only the {phase} minutes from {Clock(session.Open.UtcTicks)}.", [], "Resample from a shorter timeframe when candles must begin with the session; never mix them with candles that do."));
    }

    static void AddEndLabels(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days)
    {
        var places = new FindingPlaces();
        foreach (var day in days)
        {
            if (day.Session is not { } session) continue;
            if (Has(candles, day, session.Open)) return;
            if (Has(candles, day, session.Close) && candles.OpenTicks[day.First + day.Count - 1] == session.Close.UtcTicks) places.Add(Name(day.Day));
        }
        if (places.Count > 0)
            findings.Add(new("end-labels", FindingSeverity.Error, places.Count, $"Times look like the ends of candles: {Counted(places.Count, "day")} with one at the session's close, none with one at its open.", places.Examples, "Read the file with --labels end, or every signal comes one candle late and every fill looks ahead."));
    }

    static bool Has(CandleSeries candles, CandleAuditDay day, DateTimeOffset instant) =>
        candles.OpenTicks.Slice(day.First, day.Count).BinarySearch(instant.UtcTicks) >= 0;

    // In New York time the morning is as busy as the afternoon. When the median candle of 09:30-13:30 trades a quarter of the one of
    // 14:30-16:00 or less, those labels are the hours before the market opens: 09:30 New York is 13:30 or 14:30 in UTC.
    static void AddUtcClock(List<CandleFinding> findings, CandleSeries candles, List<CandleAuditDay> days)
    {
        List<long> morning = [], afternoon = [];
        var step = Math.Max(1, days.Count / DaysToCompare);
        for (var d = 0; d < days.Count; d += step)
        {
            var day = days[d];
            var midnight = MarketCalendar.Nyse.At(day.Day, TimeOnly.MinValue).UtcTicks;
            for (var i = day.First; day.Session is not null && i < day.First + day.Count; i++)
            {
                var clock = TimeOnly.FromTimeSpan(TimeSpan.FromTicks((candles.OpenTicks[i] - midnight) % TimeSpan.TicksPerDay));
                if (clock >= MorningFrom && clock < MorningTo) morning.Add(candles.Volume[i]);
                if (clock >= AfternoonFrom && clock < AfternoonTo) afternoon.Add(candles.Volume[i]);
            }
        }
        if (morning.Count < FewestToCompare || afternoon.Count < FewestToCompare) return;
        var (quiet, busy) = (Median(morning), Median(afternoon));
        if (busy == 0 || quiet > busy / 4) return;
        findings.Add(new("utc-clock", FindingSeverity.Error, days.Count, $"The clock looks like UTC: the usual candle of 14:30-16:00 trades {busy} shares, that of 09:30-13:30 only {quiet}, and New York is busiest at its open.", [], "Read the file with --zone utc, or every candle is four or five hours off."));
    }

    static long Median(List<long> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    static string Counted(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    static string Clock(long ticks) => MarketCalendar.Nyse.Label(new DateTimeOffset(ticks, TimeSpan.Zero), Timeframe.M1).Substring(11, 5);

    static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
