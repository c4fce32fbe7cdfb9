namespace EtradeBot.App.Reports;

/// <summary>A clock that moves only when asked to: so many seconds each time it is read.</summary>
sealed class StillClock(int secondsPerReading = 0) : TimeProvider
{
    long _reading;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => secondsPerReading * _reading++;
}
