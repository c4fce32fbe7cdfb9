using EtradeBot.Market;

namespace EtradeBot.ETrade;

/// <summary>How long an access token can be used: until midnight in New York, asleep after two hours without a call.</summary>
/// <param name="LastUse">When the last request that the broker took was sent; for a kept token when it was issued, the latest that is known.</param>
/// <param name="IsDoubted">The broker refused it once; renewing tells whether it only slept.</param>
sealed record TokenLife(AccessToken Token, DateTimeOffset LastUse, bool IsDoubted)
{
    /// <summary>Five minutes before the broker puts it to sleep.</summary>
    static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(115);
    static readonly TimeSpan LastHour = TimeSpan.FromHours(1);

    public TokenLife(AccessToken token) : this(token, token.IssuedAt, false)
    {
    }

    /// <summary>A rule of the calendar, not 24 hours: the days on which the clocks change have 23 and 25.</summary>
    public DateTimeOffset EndsAt { get; } = MarketCalendar.Nyse.At(MarketCalendar.Nyse.DayOf(Token.IssuedAt).AddDays(1), TimeOnly.MinValue);

    public TokenState At(DateTimeOffset now)
    {
        if (now >= EndsAt) return TokenState.Expired;
        if (IsDoubted || now - LastUse >= LongestIdle) return TokenState.Idle;
        return EndsAt - now < LastHour ? TokenState.Expiring : TokenState.Valid;
    }
}
