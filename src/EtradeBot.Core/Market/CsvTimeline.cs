using System.Globalization;
using System.Runtime.CompilerServices;

namespace EtradeBot.Market;

/// <summary>Turns the times of a whole file, kept as written, into open times in UTC, and finds the timeframe on the way.</summary>
sealed class CsvTimeline(CsvCandleRows rows, CsvOptions options, string file)
{
    const long Day = TimeSpan.TicksPerDay;

    readonly List<string> _assumptions = [];
    readonly long[] _times = rows.Columns.OpenTimes;
    readonly int _count = rows.Columns.Count;

    public IReadOnlyList<string> Assumptions => _assumptions;

    public Timeframe Timeframe { get; private set; }

    public string TimeframeFound { get; private set; } = "";

    /// <summary>Rewrites the open times of <see cref="CsvCandleRows.Columns"/>.</summary>
    /// <exception cref="CandleDataException">The month and day, or the timeframe, stay undecided.</exception>
    public void Resolve()
    {
        SettleDateOrder();
        if (rows.Dates.SawTwoDigitYear) _assumptions.Add("two-digit years taken as 1970 to 2069");
        if (options.Timeframe is { IsIntraday: true } && rows.AllMidnight)
            throw new CandleDataException($"{file}: timeframe {options.Timeframe} asked, but no row has a time of day");
        if (rows.AllMidnight) ResolveDays("no row has a time of day");
        else if (options.Timeframe is not { IsIntraday: true } && OneRowADay() is { } reason) ResolveDays(reason);
        else ResolveWithinDays();
    }

    void SettleDateOrder()
    {
        var dates = rows.Dates;
        if (dates.Conflict is { } conflict)
            throw new CandleDataException($"{file}: {conflict}, so the file mixes month/day/year and day/month/year; name one with --date-order mdy or --date-order dmy and leave the other rows out with --bad-rows skip");
        var (order, proof) = dates.Found;
        if (!dates.SawNumericOrder || (order == CsvDateOrder.Unknown && dates.Undecided is null)) return;
        if (order == CsvDateOrder.Unknown)
            throw new CandleDataException($"{file}: {dates.Undecided}, and no date in the file shows whether the month or the day comes first; say --date-order mdy or --date-order dmy");
        _assumptions.Add($"dates are {(order == CsvDateOrder.MonthFirst ? "month/day/year" : "day/month/year")} {proof}");
        // Asked for, the order was known from the first row; found, the rows were read month first.
        if (order != CsvDateOrder.DayFirst || dates.Asked != CsvDateOrder.Unknown) return;
        for (var i = 0; i < _count; i++)
        {
            var time = _times[i];
            _times[i] = CsvDates.Swap(DayOf(time)).DayNumber * Day + time % Day;
        }
    }

    void ResolveDays(string reason)
    {
        Timeframe = options.Timeframe ?? DaysOrWeeks(ref reason);
        TimeframeFound = options.Timeframe is null ? reason : "as asked";
        var sunday = false;
        for (var i = 0; i < _count; i++)
        {
            var day = DayOf(_times[i]);
            sunday |= day.DayOfWeek == DayOfWeek.Sunday;
            _times[i] = (Timeframe == Timeframe.W1 ? WeekOpen(day) : MarketCalendar.Nyse.DailyOpen(day)).UtcTicks;
        }
        if (sunday && Timeframe == Timeframe.W1) _assumptions.Add("a week labelled by its Sunday taken as the week that follows");
    }

    // One candle a day at a fixed hour, as some programs label days by 16:00 or by midnight in New York written in UTC.
    string? OneRowADay()
    {
        if (_count < 2) return null;
        // Two rows of one day mostly follow each other, so a file of minutes leaves here at once.
        for (var i = 1; i < _count; i++)
            if (ShareDay(Instant(i - 1), Instant(i))) return null;
        var sorted = new long[_count];
        for (var i = 0; i < _count; i++) sorted[i] = Instant(i);
        Array.Sort(sorted);
        if (sorted[0] == sorted[^1]) return null;
        for (var i = 1; i < _count; i++)
            if (ShareDay(sorted[i - 1], sorted[i])) return null;
        for (var i = 0; i < _count; i++) _times[i] = TradingDay(Instant(i)) * Day;
        _assumptions.Add("every day has one row, so its time of day is left out");
        return "every day has one row";
    }

    long Instant(int row) => rows.Offsets is null ? _times[row] : Utc(row);

    bool ShareDay(long a, long b) => a != b && TradingDay(a) == TradingDay(b);

    long TradingDay(long time) => rows.Offsets is null ? time / Day : MarketCalendar.Nyse.DayOf(new DateTimeOffset(time, TimeSpan.Zero)).DayNumber;

    Timeframe DaysOrWeeks(ref string reason)
    {
        var days = _times.AsSpan(0, _count).ToArray();
        Array.Sort(days);
        var gaps = new List<long>();
        for (var i = 1; i < days.Length; i++)
            if (days[i] != days[i - 1]) gaps.Add((days[i] - days[i - 1]) / Day);
        if (gaps.Count < 2 || gaps.Min() < 5) return Timeframe.D1;
        if (gaps.Min() <= 9 && gaps.Count(g => g is >= 5 and <= 9) * 2 > gaps.Count)
        {
            reason += ", and the rows lie a week apart";
            return Timeframe.W1;
        }
        throw new CandleDataException(string.Create(CultureInfo.InvariantCulture, $"{file}: the rows lie at least {gaps.Min()} days apart, which is no known timeframe ({string.Join(' ', Timeframe.All)}); name one with --timeframe if days are missing"));
    }

    static DateTimeOffset WeekOpen(DateOnly day)
    {
        var monday = day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day.AddDays(1 - (int)day.DayOfWeek);
        for (var i = 0; i < 5; i++)
            if (MarketCalendar.Nyse.SessionOn(monday.AddDays(i)) is { } session) return session.Open;
        return MarketCalendar.Nyse.DailyOpen(monday);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void ResolveWithinDays()
    {
        long lastDay = -1, offset = 0;
        for (var i = 0; i < _count; i++)
        {
            if (rows.Offsets is not null)
            {
                _times[i] = Utc(i);
                continue;
            }
            if (options.TimesAreUtc) break;
            var day = _times[i] / Day;
            if (day != lastDay) (lastDay, offset) = (day, MarketCalendar.Nyse.OffsetOn(DateOnly.FromDayNumber((int)day)).Ticks);
            _times[i] -= offset;
        }
        if (rows.Offsets is null) _assumptions.Add(options.TimesAreUtc ? "times without an offset taken as UTC, as asked" : "times without an offset taken as New York");
        FindSpacing();
        if (!options.TimesAreEnds) return;
        for (var i = 0; i < _count; i++) _times[i] -= Timeframe.Length.Ticks;
        _assumptions.Add("times taken as the ends of candles, as asked");
    }

    void FindSpacing()
    {
        var spacing = MostFrequentSpacing();
        if (options.Timeframe is { } asked)
        {
            if (spacing > 0 && spacing < asked.Length.Ticks)
                throw new CandleDataException($"{file}: timeframe {asked} asked, but most rows lie {Words(spacing)} apart; read the file as it is and resample it");
            (Timeframe, TimeframeFound) = (asked, "as asked");
            return;
        }
        if (spacing == 0) throw new CandleDataException($"{file}: too few rows to find the timeframe from their spacing; say --timeframe, one of {string.Join(' ', Timeframe.All)}");
        var found = Timeframe.All.FirstOrDefault(t => t.IsIntraday && t.Length.Ticks == spacing);
        if (found == default)
            throw new CandleDataException($"{file}: most rows lie {Words(spacing)} apart, which is no known timeframe ({string.Join(' ', Timeframe.All)}); give a file with one of them, or name one with --timeframe if rows are missing");
        (Timeframe, TimeframeFound) = (found, $"most rows lie {Words(spacing)} apart");
    }

    // In ticks, of those below half a day; 0 when there are none. Of two as frequent, the shorter.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    long MostFrequentSpacing()
    {
        var times = _times.AsSpan(0, _count);
        if (!IsOneDirection(times))
        {
            times = times.ToArray();
            times.Sort();
        }
        var counts = new int[Day / 2 / TimeSpan.TicksPerSecond];
        for (var i = 1; i < times.Length; i++)
        {
            var seconds = Math.Abs(times[i] - times[i - 1]) / TimeSpan.TicksPerSecond;
            if (seconds < counts.Length) counts[seconds]++;
        }
        counts[0] = 0;
        var most = counts.AsSpan().IndexOf(counts.Max());
        return most * TimeSpan.TicksPerSecond;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool IsOneDirection(ReadOnlySpan<long> times)
    {
        bool up = false, down = false;
        for (var i = 1; i < times.Length; i++)
        {
            up |= times[i] > times[i - 1];
            down |= times[i] < times[i - 1];
        }
        return !(up && down);
    }

    long Utc(int row) => _times[row] - rows.Offsets![row] * TimeSpan.TicksPerMinute;

    static DateOnly DayOf(long ticks) => DateOnly.FromDayNumber((int)(ticks / Day));

    static string Words(long ticks) => ticks % TimeSpan.TicksPerMinute == 0 ? $"{ticks / TimeSpan.TicksPerMinute} min" : $"{ticks / TimeSpan.TicksPerSecond} s";
}
