using System.Globalization;
using System.Text;
using EtradeBot.Market;
using Microsoft.AspNetCore.Http;

namespace EtradeBot.App.Feeds.History;

/// <summary>Answers in the shape of Yahoo's chart service for any symbol and any days, from a rule for prices.</summary>
sealed class YahooMarket
{
    /// <summary>The close of a symbol on a day, adjusted for splits.</summary>
    public Func<string, DateOnly, double> Close { get; set; } = (symbol, day) => 50 + (symbol[0] + day.DayNumber) % 97;

    /// <summary>What the close is to be multiplied by for dividends since.</summary>
    public Func<DateOnly, double> DividendFactor { get; set; } = _ => 1;

    /// <summary>The first day the symbols were traded on.</summary>
    public DateOnly Listed { get; init; } = new(1990, 1, 2);

    public Task AnswerAsync(HttpContext context)
    {
        var symbol = Uri.UnescapeDataString(context.Request.Path.Value!.Split('/')[^1]);
        if (symbol.StartsWith("BAD", StringComparison.Ordinal)) return HistoryServer.Text(context, NotFound, 404);
        return HistoryServer.Text(context, Chart(symbol, Instant(context, "period1"), Instant(context, "period2")));
    }

    public const string NotFound = """{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}""";

    static DateTimeOffset Instant(HttpContext context, string name) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(context.Request.Query[name].ToString(), CultureInfo.InvariantCulture));

    string Chart(string symbol, DateTimeOffset from, DateTimeOffset to)
    {
        var sessions = MarketCalendar.Nyse.Sessions(MarketCalendar.Nyse.DayOf(from), MarketCalendar.Nyse.DayOf(to)).Where(s => s.Day >= Listed && s.Open >= from && s.Open < to).ToList();
        string Column(Func<Session, double> value) => string.Join(',', sessions.Select(session => value(session).ToString("R", CultureInfo.InvariantCulture)));
        double Price(Session session) => Close(symbol, session.Day);
        var chart = new StringBuilder($$"""{"chart":{"result":[{"meta":{"currency":"USD","symbol":"{{symbol}}","exchangeTimezoneName":"America/New_York","gmtoffset":-14400,"dataGranularity":"1d"}""");
        if (sessions.Count > 0) chart.Append(CultureInfo.InvariantCulture, $",\"timestamp\":[{Column(session => session.Open.ToUnixTimeSeconds())}]");
        chart.Append(CultureInfo.InvariantCulture, $$$""","indicators":{"quote":[{"open":[{{{Column(Price)}}}],"high":[{{{Column(s => Price(s) + 1)}}}],"low":[{{{Column(s => Price(s) - 1)}}}],"close":[{{{Column(Price)}}}],"volume":[{{{Column(_ => 1000)}}}]}]""");
        chart.Append(CultureInfo.InvariantCulture, $$$""","adjclose":[{"adjclose":[{{{Column(s => Price(s) * DividendFactor(s.Day))}}}]}]}}],"error":null}}""");
        return chart.ToString();
    }
}
