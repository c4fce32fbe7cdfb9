namespace EtradeBot.App.Feeds.History;

/// <summary>How long a stretch is asked for at once. Stretches lie on a fixed grid, so that a later download finds those of an earlier one.</summary>
readonly record struct ChunkLength
{
    enum Unit
    {
        Whole,
        Years,
        Month,
        Days,
    }

    /// <summary>Everything in one request.</summary>
    public static readonly ChunkLength Whole = new(Unit.Whole, 0);

    /// <summary>A calendar month.</summary>
    public static readonly ChunkLength Month = new(Unit.Month, 0);

    readonly Unit _unit;
    readonly int _count;

    ChunkLength(Unit unit, int count) => (_unit, _count) = (unit, count);

    /// <summary>A number of calendar years: of five, 2020 to 2024.</summary>
    public static ChunkLength Years(int count) => new(Unit.Years, count);

    /// <summary>A number of days, counted from 0001-01-01.</summary>
    public static ChunkLength Of(int days) => new(Unit.Days, days);

    /// <summary>The last day of the grid's stretch in which the day lies.</summary>
    public DateOnly EndOf(DateOnly day) => _unit switch
    {
        Unit.Years => new DateOnly((day.Year / _count + 1) * _count - 1, 12, 31),
        Unit.Month => new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month)),
        Unit.Days => DateOnly.FromDayNumber((day.DayNumber / _count + 1) * _count - 1),
        _ => DateOnly.MaxValue,
    };

    /// <summary>The days cut at the lines of the grid, oldest first.</summary>
    public IEnumerable<DayRange> Cut(DayRange days)
    {
        for (var from = days.From; from <= days.To;)
        {
            var end = EndOf(from);
            yield return new DayRange(from, end < days.To ? end : days.To);
            if (end >= days.To) yield break;
            from = end.AddDays(1);
        }
    }
}
