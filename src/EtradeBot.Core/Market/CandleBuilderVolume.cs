namespace EtradeBot.Market;

/// <summary>The shares that belong to a candle, as the difference of two totals of the day.</summary>
/// <param name="Shares">0 or more.</param>
/// <param name="Flaws">What is wrong with that difference.</param>
readonly record struct VolumeStep(long Shares, CandleFlaws Flaws)
{
    static VolumeStep Unknown => new(0, CandleFlaws.VolumeUnknown);

    /// <param name="state">Its quote before is what the difference is taken from.</param>
    /// <param name="sessionOpen">UTC ticks.</param>
    /// <param name="holeAfter">Ticks.</param>
    public static VolumeStep Of(CandleBuilderState state, in Sighting seen, long sessionOpen, long holeAfter)
    {
        var span = state.Draft!.Value.Span;
        if (seen.Volume is not { } total) return Unknown;
        if (state.Seen is not { Volume: { } before } last) return FromZero(span, total);
        if (last.At < sessionOpen)
        {
            state.VolumePeak = null;
            return FromBeforeTheOpen(span, last, total, sessionOpen - holeAfter);
        }
        // A whole candle and more went unseen: its shares are in the difference too.
        if (last.At < span.Start - (span.End - span.Start)) return Unknown;
        return total < before || state.VolumePeak is not null ? AroundAFall(state, before, total) : new(total - before, CandleFlaws.None);
    }

    static VolumeStep FromZero(in CandleSpan span, long total) =>
        span.IsFirst ? new(total, CandleFlaws.PremarketVolume) : Unknown;

    /// <summary>The total starts anew each day, at the latest with the session.</summary>
    static VolumeStep FromBeforeTheOpen(in CandleSpan span, in Sighting last, long total, long recent)
    {
        var isSameDay = MarketCalendar.Nyse.DayOf(last.At) == MarketCalendar.Nyse.DayOf(span.Start);
        if (!span.IsFirst) return Unknown;
        if (!isSameDay || total < last.Volume) return FromZero(span, total);
        return new(total - last.Volume!.Value, last.At < recent ? CandleFlaws.PremarketVolume : CandleFlaws.None);
    }

    /// <summary>A total that falls for one quote was a slip and is left out; the second quote in a row below the old total makes it a new count.</summary>
    static VolumeStep AroundAFall(CandleBuilderState state, long before, long total)
    {
        const CandleFlaws Fallen = CandleFlaws.VolumeReset | CandleFlaws.VolumeUnknown;
        if (state.VolumePeak is not { } peak)
        {
            state.VolumePeak = before;
            return new(0, Fallen);
        }
        state.VolumePeak = null;
        if (total >= peak) return new(total - peak, CandleFlaws.None);
        return new(Math.Max(total - before, 0), Fallen);
    }
}
