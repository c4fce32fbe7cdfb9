namespace EtradeBot.Market;

/// <summary>Where a quote stands to the regular session of its day.</summary>
/// <param name="InHours">Its time lies within.</param>
/// <param name="Feeds">It tells of a trade of the session, or could.</param>
/// <param name="SessionOpen">UTC ticks; the end of time on a day without a session.</param>
readonly record struct QuotePlace(bool InHours, bool Feeds, long SessionOpen);

/// <summary>Which quotes must not feed a candle, and why.</summary>
static class CandleBuilderGate
{
    /// <returns>Null: take it.</returns>
    public static QuoteRefusal? Check(CandleBuilderState state, in Sighting seen, CandleBuilderOptions options, QuotePlace place)
    {
        if (state.Seen is { } last)
        {
            if (seen.At < last.At || (seen.HasTradeTime && last.HasTradeTime && seen.TradeAt < last.TradeAt)) return QuoteRefusal.OutOfOrder;
            if (place.InHours && IsFrozen(state, seen, last, options)) return QuoteRefusal.Frozen;
        }
        if (!place.Feeds) return null;
        if (seen.IsDelayed && !options.AcceptDelayed) return QuoteRefusal.Delayed;
        if (place.InHours && seen.IsAfterHours) return QuoteRefusal.AfterHours;
        if (seen.IsIndicative) return QuoteRefusal.Indicative;
        if (seen.Last <= 0) return QuoteRefusal.NoPrice;
        if (place.InHours && seen.IsCrossed) return QuoteRefusal.Crossed;
        return state.Seen is { } before && before.At >= place.SessionOpen && before.IsAdjusted != seen.IsAdjusted ? QuoteRefusal.Adjusted : null;
    }

    /// <summary>Quotes that went back in time and have gone forward from there for a while: the broker's clock was put right.</summary>
    public static bool HasClockGoneBack(CandleBuilderState state, in Sighting seen, TimeSpan patience)
    {
        if (state.BackwardsSince != 0 && seen.At >= state.BackwardsAt) return seen.ReceivedAt - state.BackwardsSince > patience.Ticks;
        state.BackwardsAt = seen.At;
        state.BackwardsSince = seen.ReceivedAt;
        return false;
    }

    /// <remarks>Where quotes bear the time of their last trade, a quiet symbol looks the same: more patience.</remarks>
    static bool IsFrozen(CandleBuilderState state, in Sighting seen, in Sighting last, CandleBuilderOptions options) =>
        seen.At == last.At && seen.ReceivedAt - state.SeenSince > options.FrozenAfter.Ticks * (state.TimesMoveOn ? 1 : 5);

    /// <summary>The price is further off the one before than the collar allows.</summary>
    public static bool IsFarOff(CandleBuilderState state, in Sighting seen, double collar)
    {
        var before = state.LastPrice > 0 ? state.LastPrice : seen.PreviousClose ?? seen.Last;
        return IsFarOff(before, seen.Last, collar);
    }

    /// <summary>By more than the collar, up or down alike: doubling is as far as halving.</summary>
    public static bool IsFarOff(double before, double now, double collar) => Math.Max(now / before, before / now) > 1 + collar;
}
