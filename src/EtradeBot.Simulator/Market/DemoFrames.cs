using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>The daily frames of one demo company, worked out once on the way forward. Each follows from the one before, back to 1990, so days long past cost some milliseconds.</summary>
sealed class DemoFrames(DemoMarket market, DemoSymbol company)
{
    const int Kept = 8;

    readonly DemoDay[] _kept = new DemoDay[Kept];
    IEnumerator<DemoDay>? _days;
    DateOnly _newest = DateOnly.MaxValue;
    int _read;

    /// <param name="day">A session day from 1990 to 2035.</param>
    public DemoDay On(DateOnly day)
    {
        for (var i = 0; i < Math.Min(_read, Kept); i++)
            if (_kept[i].Session.Day == day) return _kept[i];
        if (_days is null || day < _newest)
        {
            // A few days more than asked for: the day before is wanted next.
            _days = market.Days(company, day.AddDays(-7), DateOnly.MaxValue).GetEnumerator();
            _read = 0;
        }
        while (_days.MoveNext())
        {
            _kept[_read++ % Kept] = _days.Current;
            _newest = _days.Current.Session.Day;
            if (_newest == day) return _days.Current;
        }
        throw new ArgumentOutOfRangeException(nameof(day), day, "the demo market has no session on that day");
    }
}
