namespace EtradeBot.App.Hosting.Bots;

/// <summary>The time at the exchange, which of a simulated one may be any; waiting is done as its calls do it.</summary>
sealed class ExchangeTime(Func<DateTimeOffset> now, TimeProvider calls) : TimeProvider
{
    public override long TimestampFrequency => calls.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => now();

    public override long GetTimestamp() => calls.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => calls.CreateTimer(callback, state, dueTime, period);
}
