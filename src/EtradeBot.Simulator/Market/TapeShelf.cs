using EtradeBot.Market;

namespace EtradeBot.Simulator.Market;

/// <summary>The day tapes of one symbol. Keeps the two used last, so that memory does not grow with the days.</summary>
sealed class TapeShelf(Symbol symbol, IMinuteSource source, Interruptions interruptions, ulong seed)
{
    DayTape? _last, _other;
    int _version;

    /// <summary>Of the last trading day that had begun by then; null before the symbol's first.</summary>
    public DayTape? Begun(long ticks)
    {
        Refresh();
        // Within the hours of the tape in hand the calendar need not be asked.
        if (_last is { } tape && ticks >= tape.Hours.Start && ticks < tape.Hours.End) return tape;
        return TradingHours.Begun(ticks) is { } hours ? On(hours) : null;
    }

    public DayTape On(in TradingHours hours)
    {
        Refresh();
        if (_last?.Hours.Day == hours.Day) return _last;
        if (_other?.Hours.Day == hours.Day)
        {
            (_last, _other) = (_other, _last);
            return _last!;
        }
        var tape = Record(hours, EndBefore(hours.Day));
        (_last, _other) = (tape, _last);
        return tape;
    }

    /// <summary>The board after the tape's first so many prints, without those that interruptions kept from happening.</summary>
    public BoardState Board(DayTape tape, int count)
    {
        if (count == 0 || !interruptions.Touch(symbol, tape.Hours.Start, tape.Print(count - 1).At.UtcTicks)) return tape.After(count);
        var state = tape.After(0);
        for (var i = 0; i < count; i++)
            if (tape.Print(i) is var print && Happens(print.At.UtcTicks)) state = With(state, print);
        return state;
    }

    public bool Happens(long ticks) => interruptions.Happens(symbol, ticks);

    static BoardState With(in BoardState state, in Print print)
    {
        var (at, price, volume) = (print.At.UtcTicks, print.Price, state.Volume + print.Volume);
        if (print.Phase != MarketPhase.Regular) return state with { Volume = volume, Extended = (price, at) };
        if (state.Open == 0) return new(price, at, price, price, price, volume, null);
        return new(price, at, state.Open, Math.Max(state.High, price), Math.Min(state.Low, price), volume, null);
    }

    void Refresh()
    {
        // What a day began with may hang on an interruption of the day before.
        if (_version == interruptions.Version) return;
        (_last, _other, _version) = (null, null, interruptions.Version);
    }

    DayTape Record(in TradingHours hours, DayEnd? previous) =>
        new(hours, source.Minutes(symbol, hours.Day), previous, (seed, source.HasThinHours));

    DayEnd? EndBefore(DateOnly day)
    {
        if (source.TradedBefore(symbol, day) is not { } before || TradingHours.On(before) is not { } hours) return null;
        // Without its own day before, the tape in hand would be the same but for the prices before its open.
        var tape = _last?.Hours.Day == before ? _last : Record(hours, null);
        var board = Board(tape, tape.Count);
        if (board.Open > 0) return new(board.Last, board.LastAt, board.Volume);
        // A day without regular trade hands on the close before it.
        return EndBefore(before) is { } earlier ? earlier with { Volume = board.Volume } : null;
    }
}
