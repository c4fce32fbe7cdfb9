using System.Globalization;
using EtradeBot.Market;

namespace EtradeBot.Bench;

/// <summary>One-minute candles of an invented market, the same on every machine.</summary>
/// <remarks>
/// The close is a geometric Brownian motion of 30 % volatility and 5 % drift a year; the open lies a little off the close before it, so
/// that a fill at the next open differs from one at this close; prices have six decimals, so that two averages are hardly ever equal.
/// Candles stand in full New York sessions from 2013-01-02 on.
/// </remarks>
static class MinuteSeries
{
    const int MinutesADay = 390;

    public static void Write(string path, int candles)
    {
        const double Sigma = 0.30 / 313.4964114; // the root of 252 days of 390 minutes
        const double Drift = 0.05 / (252 * MinutesADay) - Sigma * Sigma / 2;
        var random = new Normals(20240613);
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine("timestamp,open,high,low,close,volume");
        var close = 100.0;
        foreach (var time in Times(candles))
        {
            var open = close * Math.Exp(0.15 * Sigma * random.Next());
            close *= Math.Exp(Drift + Sigma * random.Next());
            var high = Math.Max(open, close) * Math.Exp(0.4 * Sigma * Math.Abs(random.Next()));
            var low = Math.Min(open, close) * Math.Exp(-0.4 * Sigma * Math.Abs(random.Next()));
            var volume = (long)Math.Exp(random.Next() * 0.5 + 9);
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss},{open:0.000000},{high:0.000000},{low:0.000000},{close:0.000000},{volume}"));
        }
    }

    static IEnumerable<DateTime> Times(int count)
    {
        var calendar = MarketCalendar.Nyse;
        for (var day = new DateOnly(2013, 1, 2); count > 0; day = calendar.NextSession(day))
        {
            if (calendar.SessionOn(day) is not { IsShortened: false }) continue;
            for (var minute = 0; minute < MinutesADay && count > 0; minute++, count--)
                yield return day.ToDateTime(new TimeOnly(9, 30).AddMinutes(minute));
        }
    }

    /// <summary>Standard normal numbers by Box and Muller's method.</summary>
    sealed class Normals(int seed)
    {
        readonly Random _random = new(seed);
        double? _spare;

        public double Next()
        {
            if (_spare is { } spare)
            {
                _spare = null;
                return spare;
            }
            var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            var angle = 2 * Math.PI * _random.NextDouble();
            _spare = radius * Math.Sin(angle);
            return radius * Math.Cos(angle);
        }
    }
}
