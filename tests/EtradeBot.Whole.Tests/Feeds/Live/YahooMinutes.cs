using System.Globalization;
using EtradeBot.App.Feeds.History;
using EtradeBot.Market;
using Microsoft.AspNetCore.Http;

namespace EtradeBot.App.Feeds.Live;

/// <summary>Yahoo's chart service with a candle for every minute of the session, up to where it is by now.</summary>
sealed class YahooMinutes
{
    public double Price { get; set; } = 101;

    /// <summary>Opening time of its newest candle, which may still be running.</summary>
    public DateTimeOffset Newest { get; set; } = DateTimeOffset.MaxValue;

    public Task AnswerAsync(HttpContext context)
    {
        var day = MarketCalendar.Nyse.DayOf(DateTimeOffset.FromUnixTimeSeconds(long.Parse(context.Request.Query["period1"].ToString(), CultureInfo.InvariantCulture)));
        var session = MarketCalendar.Nyse.SessionOn(day)!.Value;
        var times = Enumerable.Range(0, 390).Select(i => session.Open.AddMinutes(i)).Where(time => time < session.Close && time <= Newest).Select(time => time.ToUnixTimeSeconds()).ToList();
        string Column(double value) => string.Join(',', times.Select(_ => value.ToString(CultureInfo.InvariantCulture)));
        var quote = $$"""{"open":[{{Column(Price)}}],"high":[{{Column(Price)}}],"low":[{{Column(Price)}}],"close":[{{Column(Price)}}],"volume":[{{Column(500)}}]}""";
        return HistoryServer.Text(context,
            $$$"""{"chart":{"result":[{"meta":{"symbol":"S0","exchangeTimezoneName":"America/New_York","dataGranularity":"1m"},"timestamp":[{{{string.Join(',', times)}}}],"indicators":{"quote":[{{{quote}}}]}}],"error":null}}""");
    }
}
