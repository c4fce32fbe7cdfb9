using EtradeBot.Market;
using EtradeBot.Simulator.Faults;

namespace EtradeBot.Simulator.Market;

/// <summary>When trading was halted or the market closed out of turn: the spans of time in which the faults <c>halt</c> and <c>closed</c> were set.</summary>
/// <remarks>These two last as long as they are set instead of striking on occasions, so skips, counts and chances of theirs mean nothing.</remarks>
sealed class Interruptions
{
    const string Halt = "halt";
    const string Closed = "closed";

    /// <summary>Older ones are forgotten.</summary>
    const int MostKept = 1000;

    readonly List<Span> _spans = [];
    readonly TimeProvider _clock;

    public Interruptions(FaultPlan faults, TimeProvider clock)
    {
        _clock = clock;
        foreach (var fault in faults.Set) Begin(fault);
        faults.Added += Begin;
        faults.TakenBack += End;
    }

    /// <summary>Grows with every change.</summary>
    public int Version { get; private set; }

    /// <summary>True when a span touches the stretch between both instants.</summary>
    public bool Touch(Symbol symbol, long from, long to)
    {
        foreach (var span in _spans)
            if (span.From <= to && span.To > from && span.Concerns(symbol)) return true;
        return false;
    }

    /// <summary>True from the instant the fault was set until it ended.</summary>
    public bool IsHalted(Symbol symbol, long ticks)
    {
        foreach (var span in _spans)
            if (span.Fault.Name == Halt && span.From <= ticks && ticks < span.To && span.Concerns(symbol)) return true;
        return false;
    }

    /// <summary>True while the whole market is closed out of turn.</summary>
    public bool IsClosed(long ticks)
    {
        foreach (var span in _spans)
            if (span.Fault.Name == Closed && span.From <= ticks && ticks < span.To) return true;
        return false;
    }

    /// <summary>False for a print that a halt or a closure kept from happening.</summary>
    /// <remarks>What prints at the very instant a fault is set has been seen by then; what would have printed at the instant it is taken back has been missed by then.</remarks>
    public bool Happens(Symbol symbol, long ticks)
    {
        foreach (var span in _spans)
            if (span.From < ticks && ticks <= span.To && span.Concerns(symbol)) return false;
        return true;
    }

    void Begin(Fault fault)
    {
        if (fault.Name is not (Halt or Closed)) return;
        var now = _clock.GetUtcNow().UtcTicks;
        var to = fault.Seconds is { } seconds ? now + (long)Math.Min(seconds * TimeSpan.TicksPerSecond, DateTimeOffset.MaxValue.Ticks - now) : long.MaxValue;
        if (_spans.Count == MostKept) _spans.RemoveAt(0);
        _spans.Add(new(fault, now, to));
        Version++;
    }

    void End(Fault fault)
    {
        var i = _spans.FindIndex(span => span.Fault.Id == fault.Id);
        if (i < 0) return;
        _spans[i] = _spans[i] with { To = Math.Min(_spans[i].To, _clock.GetUtcNow().UtcTicks) };
        Version++;
    }

    readonly record struct Span(Fault Fault, long From, long To)
    {
        public bool Concerns(Symbol symbol) =>
            Fault.Name == Closed || Fault.Symbol is null || string.Equals(Fault.Symbol, symbol.Ticker, StringComparison.OrdinalIgnoreCase);
    }
}
