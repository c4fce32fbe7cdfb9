namespace EtradeBot.Market;

/// <summary>What happens to a quote, from the gate to the candle.</summary>
sealed class CandleBuilderFlow(Symbol symbol, Timeframe timeframe, CandleBuilderOptions options, CandleBuilderState state)
{
    readonly long _holeAfter = (options.HoleAfter ?? TimeSpan.FromTicks(Math.Max(TimeSpan.FromSeconds(30).Ticks, timeframe.Length.Ticks / 20))).Ticks;
    List<LiveCandle>? _closed;
    List<CoverageHole>? _holes;

    public Symbol Symbol => symbol;

    public Timeframe Timeframe => timeframe;

    public CandleBuilderState State => state;

    public QuoteRefusal? LastRefusal { get; private set; }

    public FormingCandle? Forming => state is not { Draft: { } draft, Seen: { } seen }
        ? null
        : new(symbol, timeframe, OpenTimeOf(draft.Span), Instant(draft.Span.End), draft.Volume, Instant(seen.At)) { Prices = (draft.Open, draft.High, draft.Low, draft.Last) };

    public IReadOnlyList<LiveCandle> TakeClosed()
    {
        if (_closed is not { } closed) return [];
        _closed = null;
        return closed;
    }

    public IReadOnlyList<CoverageHole> TakeHoles()
    {
        if (_holes is not { } holes) return [];
        _holes = null;
        return holes;
    }

    public void TimeIs(DateTimeOffset exchangeNow)
    {
        var delay = state.Seen is { IsDelayed: true } ? options.Delay : TimeSpan.Zero;
        var now = (exchangeNow - delay - options.Grace).UtcTicks;
        if (state.Draft is { } draft && now >= ClosesAt(draft.Span))
        {
            if (state.Held is { } held && held.TradeAt < ClosesAt(draft.Span))
            {
                Refuse(QuoteRefusal.Spike);
                state.Held = null;
            }
            Close(draft with { Flaws = draft.Flaws | CandleFlaws.ClosedByTime });
        }
        if (state.Seen is { } seen) NoteHoleAtClose(seen, now);
    }

    static Session? SessionAt(long instant) => MarketCalendar.Nyse.RegularHours(MarketCalendar.Nyse.DayOf(instant));

    CandleSpan? SpanAt(in Session? session, long instant) =>
        session is { } hours ? CandleSpan.Of(hours, timeframe, instant, options.ClosingPrints.Ticks) : null;

    public void Take(in Sighting seen)
    {
        LastRefusal = null;
        if (Check(seen) is { } refusal)
        {
            if (refusal != QuoteRefusal.OutOfOrder || !CandleBuilderGate.HasClockGoneBack(state, seen, options.FrozenAfter))
            {
                Refuse(refusal);
                return;
            }
            StartAnew();
        }
        state.BackwardsSince = 0;
        if (!IsHeld(seen)) Apply(seen);
    }

    QuoteRefusal? Check(in Sighting seen)
    {
        var session = SessionAt(seen.At);
        var inHours = session is { } hours && seen.At >= hours.Open.UtcTicks && seen.At < hours.Close.UtcTicks;
        var feeds = inHours || SpanOfTrade(session, seen) is not null;
        return CandleBuilderGate.Check(state, seen, options, new(inHours, feeds, session?.Open.UtcTicks ?? long.MaxValue));
    }

    void Refuse(QuoteRefusal why)
    {
        LastRefusal = why;
        state.Refused = state.Refused.And(why);
    }

    void StartAnew()
    {
        if (state.Draft is { } draft) Close(draft with { Flaws = draft.Flaws | CandleFlaws.HasHole });
        (state.Seen, state.Held, state.Coverage) = (null, null, null);
    }

    /// <summary>Keeps a quote far off the price before it until the next trade confirms it, then takes both.</summary>
    bool IsHeld(in Sighting seen)
    {
        if (state.Held is { } held)
        {
            if (seen.ShowsSameTradeAs(held)) return true;
            state.Held = null;
            if (CandleBuilderGate.IsFarOff(held.Last, seen.Last, options.Collar)) Refuse(QuoteRefusal.Spike);
            else Apply(held);
            LastRefusal = null;
        }
        if (SpanOfTrade(SessionAt(seen.At), seen) is null || !CandleBuilderGate.IsFarOff(state, seen, options.Collar)) return false;
        state.Held = seen;
        return true;
    }

    /// <summary>When something traded since the last accepted quote, in ticks.</summary>
    long? TradedAt(in Session? session, in Sighting seen)
    {
        if (state.Seen is { } before) return seen.TradedSince(before);
        return seen.HasTradeTime && SpanAt(session, seen.TradeAt) is { } span && span == SpanAt(session, seen.At) ? seen.TradeAt : null;
    }

    /// <summary>The candle to which that trade belongs; null when it belongs to none.</summary>
    CandleSpan? SpanOfTrade(in Session? session, in Sighting seen)
    {
        if (TradedAt(session, seen) is not { } tradedAt || SpanAt(session, tradedAt) is not { } span) return null;
        // After hours only a trade of the session itself counts: an extended one that came later proves that the last one is.
        var isRegular = !seen.IsAfterHours || tradedAt <= session!.Value.Close.UtcTicks || seen.ExtendedAt > tradedAt;
        return isRegular ? span : null;
    }

    void Apply(in Sighting seen)
    {
        var session = SessionAt(seen.At);
        var hasTraded = TradedAt(session, seen) is not null;
        var span = SpanOfTrade(session, seen);
        if (hasTraded) NoteHoles(seen);
        // Too late for its price; its shares are counted with the next trade.
        var isLate = span?.Start < state.ClosedUntil;
        if (isLate) state.LateShares += Math.Max(seen.Volume - state.Seen?.Volume ?? 0, 0);
        var left = Cover(session, seen, hasTraded ? span : null, hasTraded);
        if (span is { } traded && !isLate) Trade(traded, seen, left, session!.Value.Open.UtcTicks);
        if (state.Draft is { } draft && seen.At >= ClosesAt(draft.Span)) Close(draft);
        Remember(seen, span is not null && !isLate);
    }

    /// <summary>Notes the poll; returns the coverage of the span it has left, if any.</summary>
    SpanCoverage? Cover(in Session? session, in Sighting seen, CandleSpan? traded, bool hasTraded)
    {
        var here = SpanAt(session, seen.At);
        var hasHole = hasTraded && state.Seen is not null && seen.At - state.KnownUntil > _holeAfter;
        SpanCoverage? left = null;
        if (state.Coverage is { } coverage && coverage.Start != here?.Start)
        {
            // Whatever traded later hides how the span before ended.
            if (!hasTraded || traded?.Start == coverage.Start) coverage.SeeEnd();
            if (hasHole) coverage.HasHole = true;
            if (traded?.Start == coverage.Start) coverage.Polls++;
            left = coverage;
            state.Coverage = null;
            if (state.Draft is { } draft && draft.Span.Start == coverage.Start) state.Draft = draft with { Coverage = coverage };
        }
        if (here is not { } span) return left;
        var now = state.Coverage ?? SpanCoverage.Of(span);
        if (hasHole && now.Polls > 0) now.HasHole = true;
        now.See(seen.At == state.Seen?.At ? Math.Max(seen.At, KnownAt(seen)) : seen.At);
        state.Coverage = now;
        return left;
    }

    void Trade(in CandleSpan span, in Sighting seen, SpanCoverage? left, long sessionOpen)
    {
        if (state.Draft is { } older && older.Span.Start != span.Start) Close(older);
        var before = state.Seen;
        var draft = state.Draft ?? Begin(span, seen, left, sessionOpen);
        draft.Trade(seen);
        draft.SeeDay(seen, before, options.Collar);
        state.Draft = draft;
        var step = VolumeStep.Of(state, seen, sessionOpen, _holeAfter);
        draft.Volume += step.Shares;
        draft.Flaws |= step.Flaws;
        if (state.LateShares > 0 && !span.IsFirst) (draft.Volume, draft.Flaws) = (draft.Volume + state.LateShares, draft.Flaws | CandleFlaws.LateVolume);
        state.LateShares = 0;
        state.Draft = draft;
    }

    CandleDraft Begin(in CandleSpan span, in Sighting seen, SpanCoverage? left, long sessionOpen)
    {
        var before = state.Seen;
        var flaws = CandleFlaws.None;
        if (before is null || seen.At - Math.Max(state.KnownUntil, sessionOpen) > _holeAfter) flaws |= CandleFlaws.StartedLate;
        if (state.LastPriceAt != 0 && state.LastPriceAt < sessionOpen)
        {
            if (CandleAuditPrices.Split(state.LastPrice / seen.Last) != 0) flaws |= CandleFlaws.SplitJump;
            if (state.LastPriceAdjusted != seen.IsAdjusted) flaws |= CandleFlaws.Adjusted;
        }
        var open = CandleDraft.OpenOf(span, seen, before);
        return new() { Span = span, Open = open, High = open, Low = open, Flaws = flaws, Coverage = CoverageOf(span, left) };
    }

    /// <summary>Null while quotes are still in its span.</summary>
    SpanCoverage? CoverageOf(in CandleSpan span, SpanCoverage? left)
    {
        if (state.Coverage?.Start == span.Start) return null;
        if (left?.Start == span.Start) return left;
        var once = SpanCoverage.Of(span);
        once.See(span.End);
        return once;
    }

    void Close(in CandleDraft draft)
    {
        var (span, coverage) = (draft.Span, draft.Coverage ?? state.Coverage ?? SpanCoverage.Of(draft.Span));
        // By the clock, with the feed silent for too long.
        if (coverage.End - coverage.Last > _holeAfter) coverage.HasHole = true;
        var candle = new Candle(OpenTimeOf(span), draft.Open, draft.High, draft.Low, draft.Last, draft.Volume);
        (_closed ??= []).Add(new(symbol, timeframe, candle, coverage.ToQuality(draft.Flaws, state.Refused)));
        (state.Draft, state.ClosedUntil, state.Refused) = (null, span.End, default);
    }

    /// <summary>Up to when a quote that arrives again with the same time proves that nothing traded.</summary>
    long KnownAt(in Sighting seen) =>
        state.TimesMoveOn || !seen.HasTradeTime || seen.At != seen.TradeAt ? seen.At : seen.At + Math.Max(seen.ReceivedAt - state.SeenSince, 0);

    void Remember(in Sighting seen, bool hasFed)
    {
        var before = state.Seen;
        if (before?.At == seen.At) state.KnownUntil = Math.Max(state.KnownUntil, KnownAt(seen));
        else
        {
            if (before is { HasTradeTime: true } last && seen.HasTradeTime && !seen.IsAfterHours && seen.TradeAt == last.TradeAt) state.TimesMoveOn = true;
            (state.SeenSince, state.KnownUntil) = (seen.ReceivedAt, seen.At);
        }
        if (!hasFed && seen.Volume < before?.Volume && SpanAt(SessionAt(seen.At), before.Value.At) is not null) state.VolumePeak ??= before.Value.Volume;
        state.Seen = seen.Volume is null ? seen with { Volume = before?.Volume } : seen;
        if (hasFed) (state.LastPrice, state.LastPriceAt, state.LastPriceAdjusted) = (seen.Last, seen.At, seen.IsAdjusted);
    }

    /// <summary>Sessions, or parts of them, between the last accepted quote and this one.</summary>
    void NoteHoles(in Sighting seen)
    {
        if (state.Seen is null || seen.At - state.KnownUntil <= _holeAfter) return;
        var known = Math.Max(state.KnownUntil, state.HolesUntil);
        foreach (var session in MarketCalendar.Nyse.Sessions(MarketCalendar.Nyse.DayOf(known), MarketCalendar.Nyse.DayOf(seen.At)))
            AddHole(Math.Max(known, session.Open.UtcTicks), Math.Min(seen.At, session.Close.UtcTicks));
    }

    /// <summary>After the close nothing more can come of the day.</summary>
    void NoteHoleAtClose(in Sighting seen, long now)
    {
        if (SessionAt(seen.At) is not { } session || now < session.Close.UtcTicks + options.ClosingPrints.Ticks) return;
        AddHole(Math.Max(Math.Max(state.KnownUntil, state.HolesUntil), session.Open.UtcTicks), session.Close.UtcTicks);
    }

    void AddHole(long from, long to)
    {
        if (to - from <= _holeAfter) return;
        (_holes ??= []).Add(new(Instant(from), Instant(to)));
        state.HolesUntil = to;
    }

    long ClosesAt(in CandleSpan span) => span.IsLast ? span.End + options.ClosingPrints.Ticks : span.End;

    DateTimeOffset OpenTimeOf(in CandleSpan span) =>
        timeframe.IsIntraday ? Instant(span.Start) : MarketCalendar.Nyse.DailyOpen(MarketCalendar.Nyse.DayOf(span.Start));

    static DateTimeOffset Instant(long utcTicks) => new(utcTicks, TimeSpan.Zero);
}
