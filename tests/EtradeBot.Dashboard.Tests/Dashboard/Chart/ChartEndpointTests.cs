using System.Globalization;
using System.Net;
using EtradeBot.Analysis;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>Over a real server on loopback.</summary>
public sealed class ChartEndpointTests : IAsyncLifetime
{
    const string Minutes = "chart/candles/VOLTAR?t=1m";

    readonly TemporaryFolder _folder = new();
    readonly LiveState _state = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
    readonly HttpClient _client = new();
    CandleHistory _history = null!;
    WebApplication _app = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _state.SetSession(new() { ExchangeTime = new DateTimeOffset(2026, 3, 10, 15, 0, 30, TimeSpan.Zero), ClockReadAt = _time.GetUtcNow() });
        _history = new(_state, () => true, _folder.Path, _time);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddSingleton(_history).AddScoped(_ => Actors.Source(Actors.Admin));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseRouting();
        ChartSetup.Map(_app);
        _app.UseEndpoints(_ => { });
        await _app.StartAsync(Stop);
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
        _history.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_newest_come_first_and_older_pages_join_without_doubles_or_gaps()
    {
        var candles = (await _history.ReadAsync(Symbol.Parse("VOLTAR"), Timeframe.M1, Stop)).Candles;
        var (newest, older) = await PageAsync(Minutes + "&count=500");
        var (before, olderStill) = await PageAsync(string.Create(CultureInfo.InvariantCulture, $"{Minutes}&count=700&before={newest[0].Time}"));
        Assert.Equal((500, 700), (newest.Count, before.Count));
        Assert.Equal((candles.Count - 500, candles.Count - 1200), (older, olderStill));
        var joined = before.Concat(newest).ToList();
        for (var i = 0; i < joined.Count; i++)
        {
            var candle = candles[candles.Count - 1200 + i];
            Assert.Equal(candle.OpenTime.ToUnixTimeSeconds(), joined[i].Time);
            Assert.Equal([(float)candle.Open, (float)candle.High, (float)candle.Low, (float)candle.Close, candle.Volume], joined[i].Values);
        }
    }

    [Fact]
    public async Task Indicators_have_the_rows_of_the_candles_and_the_values_of_the_whole_history()
    {
        var candles = (await _history.ReadAsync(Symbol.Parse("VOLTAR"), Timeframe.H1, Stop)).Candles;
        var bytes = await _client.GetByteArrayAsync("chart/indicators/VOLTAR?t=1h&count=100", Stop);
        Assert.Equal(100 * (8 + 7 * 4), bytes.Length);
        Assert.Equal(candles.OpenTime(candles.Count - 1).ToUnixTimeSeconds(), BitConverter.ToDouble(bytes, 99 * 8));
        Assert.Equal((float)Indicators.Rsi(candles.Close)[^1], BitConverter.ToSingle(bytes, 100 * (8 + 3 * 4) + 99 * 4));
    }

    [Fact]
    public async Task Patterns_come_with_time_number_and_value()
    {
        var candles = (await _history.ReadAsync(Symbol.Parse("VOLTAR"), Timeframe.D1, Stop)).Candles;
        var bytes = await _client.GetByteArrayAsync("chart/patterns/VOLTAR?t=1d&count=200", Stop);
        var count = bytes.Length / 10;
        for (var i = 0; i < count; i++)
        {
            var index = candles.IndexAtOrAfter(DateTimeOffset.FromUnixTimeSeconds((long)BitConverter.ToDouble(bytes, i * 8)));
            Assert.Equal(Patterns.Find(candles, (Pattern)bytes[count * 8 + i])[index], (sbyte)bytes[count * 9 + i]);
        }
        Assert.InRange(count, 20, 400);
    }

    [Fact]
    public async Task A_page_that_the_browser_has_is_not_sent_again_until_a_candle_closes()
    {
        using var first = await _client.GetAsync(Minutes + "&count=10", Stop);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(first));
        _state.SetSession(_state.Session with { ExchangeTime = _state.Session.ExchangeTime + TimeSpan.FromMinutes(1) });
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(first));
    }

    [Theory]
    [InlineData("chart/candles/NOPE9?t=1m", HttpStatusCode.NotFound, "no candles of NOPE9")]
    [InlineData("chart/candles/VOLTAR?t=7m", HttpStatusCode.BadRequest, "1m 2m 5m")]
    [InlineData("chart/candles/VOLTAR?t=1m&count=20001", HttpStatusCode.BadRequest, "20000")]
    [InlineData("chart/candles/VOLTAR?t=1m&count=0", HttpStatusCode.BadRequest, "count")]
    [InlineData("chart/candles/%20?t=1m", HttpStatusCode.BadRequest, "ticker")]
    public async Task What_cannot_be_answered_is_said_in_a_sentence(string address, HttpStatusCode status, string words)
    {
        using var answer = await _client.GetAsync(address, Stop);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Before_the_first_candle_there_is_an_empty_page()
    {
        var (rows, older) = await PageAsync(Minutes + "&before=1");
        Assert.Equal((0, 0), (rows.Count, older));
    }

    async Task<HttpStatusCode> AgainAsync(HttpResponseMessage first)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, first.RequestMessage!.RequestUri);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var answer = await _client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    async Task<(List<(double Time, float[] Values)> Rows, int Older)> PageAsync(string address)
    {
        using var answer = await _client.GetAsync(address, Stop);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        var count = bytes.Length / 29;
        var rows = new List<(double, float[])>();
        for (var i = 0; i < count; i++)
            rows.Add((BitConverter.ToDouble(bytes, i * 8), [.. Enumerable.Range(0, 5).Select(column => BitConverter.ToSingle(bytes, count * (8 + 4 * column) + i * 4))]));
        return (rows, int.Parse(answer.Headers.GetValues("X-Older").Single(), CultureInfo.InvariantCulture));
    }
}
