using System.Diagnostics;
using System.Globalization;
using EtradeBot.App.Feeds.History;
using EtradeBot.App.Storage;
using EtradeBot.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EtradeBot.Bench;

/// <summary>Many symbols downloaded from a server on this machine that takes 50 ms to answer: at once, and one at a time.</summary>
/// <remarks>Seconds on the clock, since it is waiting that is saved; every chunk is written to the disk as in earnest.</remarks>
static class DownloadRows
{
    const int Symbols = 500;
    const int AtOnce = 32;
    static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    static readonly DayRange Days = new(new DateOnly(2023, 1, 1), new DateOnly(2023, 12, 29));

    public static IEnumerable<BenchRow> Rows(int runs)
    {
        var one = new Lazy<double>(() => Measure(1));
        // A fifteenth of the time that one after the other must at least take.
        var target = Symbols * Latency.TotalSeconds / 15;
        yield return new($"download of {Symbols}, {AtOnce} at once", "s", target, "", () =>
        {
            Measure(AtOnce);
            var seconds = Enumerable.Range(0, runs).Select(_ => Measure(AtOnce)).ToArray();
            return new(seconds, FormattableString.Invariant($"{one.Value / seconds.Order().ElementAt(runs / 2):0.0} times faster than one at a time"));
        });
        yield return new($"  download of {Symbols}, one at a time", "s", null, "", () => new([one.Value]));
    }

    static double Measure(int concurrency) => Task.Run(() => MeasureAsync(concurrency)).GetAwaiter().GetResult();

    static async Task<double> MeasureAsync(int concurrency)
    {
        await using var server = Server();
        await server.StartAsync();
        var url = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            using var client = new HistoryClient(new HistoryClientOptions { RequestsPerSecond = 100_000 });
            var source = new YahooSource(client, url);
            using var cache = new ChunkCache(source, new ChunkCacheOptions(Path.Combine(folder, "downloads")) { Concurrency = concurrency });
            var downloader = new HistoryDownloader(source, cache, new CandleStore(folder), TimeProvider.System);
            var orders = Enumerable.Range(0, Symbols).Select(i => new DownloadOrder(Symbol.Parse($"S{i}"), Timeframe.D1, PriceAdjustment.Splits, Days)).ToList();
            var begun = Stopwatch.GetTimestamp();
            var candles = 0;
            await foreach (var result in downloader.FetchAllAsync(orders, concurrency)) candles += result.Candles?.Candles.Count ?? throw result.Problem!;
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            return candles == Symbols * 250 ? seconds : throw new InvalidOperationException($"{candles} candles");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var answer = Answer();
        server.Run(async context =>
        {
            await Task.Delay(Latency);
            await context.Response.WriteAsync(answer);
        });
        return server;
    }

    static string Answer()
    {
        var sessions = MarketCalendar.Nyse.Sessions(Days.From, Days.To).ToList();
        string Column(Func<Session, long> value) => string.Join(',', sessions.Select(session => value(session).ToString(CultureInfo.InvariantCulture)));
        var price = Column(session => 100 + session.Day.DayNumber % 7);
        return $$$"""
            {"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},"timestamp":[{{{Column(session => session.Open.ToUnixTimeSeconds())}}}],
            "indicators":{"quote":[{"open":[{{{price}}}],"high":[{{{price}}}],"low":[{{{price}}}],"close":[{{{price}}}],"volume":[{{{price}}}]}]}}],"error":null}}
            """;
    }
}
