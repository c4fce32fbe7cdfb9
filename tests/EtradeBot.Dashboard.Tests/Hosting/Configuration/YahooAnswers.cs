using System.Globalization;
using EtradeBot.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>A data service on a loopback port that answers in the shape of Yahoo's charts; it knows no symbol that begins with BAD.</summary>
sealed class YahooAnswers : IAsyncDisposable
{
    readonly WebApplication _app;

    YahooAnswers(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public static async Task<YahooAnswers> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/v8/finance/chart/{symbol}", (string symbol, long period1, long period2) => symbol.StartsWith("BAD", StringComparison.Ordinal)
            ? Results.Text("""{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}""", statusCode: 404)
            : Results.Text(Chart(symbol, DateTimeOffset.FromUnixTimeSeconds(period1), DateTimeOffset.FromUnixTimeSeconds(period2))));
        await app.StartAsync();
        return new YahooAnswers(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static string Chart(string symbol, DateTimeOffset from, DateTimeOffset to)
    {
        var calendar = MarketCalendar.Nyse;
        var sessions = calendar.Sessions(calendar.DayOf(from), calendar.DayOf(to)).Where(session => session.Open >= from && session.Open < to).ToList();
        string Row(Func<int, double> value) => string.Join(',', Enumerable.Range(0, sessions.Count).Select(index => value(index).ToString("R", CultureInfo.InvariantCulture)));
        return $$$"""
            {"chart":{"result":[{"meta":{"currency":"USD","symbol":"{{{symbol}}}","exchangeTimezoneName":"America/New_York","gmtoffset":-18000,"dataGranularity":"1d"},
            "timestamp":[{{{Row(index => sessions[index].Open.ToUnixTimeSeconds())}}}],
            "indicators":{"quote":[{"open":[{{{Row(index => 50 + index)}}}],"high":[{{{Row(index => 52 + index)}}}],"low":[{{{Row(index => 49 + index)}}}],"close":[{{{Row(index => 51 + index)}}}],"volume":[{{{Row(_ => 1000)}}}]}],
            "adjclose":[{"adjclose":[{{{Row(index => 51 + index)}}}]}]}}],"error":null}}
            """;
    }
}
