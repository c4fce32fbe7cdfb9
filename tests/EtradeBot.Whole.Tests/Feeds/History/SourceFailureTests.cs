using Microsoft.AspNetCore.Http;

namespace EtradeBot.App.Feeds.History;

/// <summary>What can happen to every source alike.</summary>
public sealed class SourceFailureTests
{
    public static TheoryData<string> Sources => ["yahoo", "stooq", "alphavantage", "tiingo"];

    readonly VirtualTime _time = VirtualTime.Wednesday();

    async Task<(HistoryException Problem, HistoryServer Server)> Refusal(string name, Func<HttpContext, Task> answer)
    {
        var server = await HistoryServer.StartAsync(answer);
        var source = SourceFixture.Create(name, server, _time);
        var problem = await source.RefusalAsync(SourceFixture.Week(source));
        await server.DisposeAsync();
        Assert.DoesNotContain(SourceFixture.Key, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(SourceFixture.Key), problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(name, problem.Message, StringComparison.Ordinal);
        return (problem, server);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_web_page_under_status_200_is_named_by_its_title_and_asked_for_once(string name)
    {
        var (problem, server) = await Refusal(name, context => HistoryServer.Text(context, "<!DOCTYPE html><html><head><title>Before you\n continue</title></head></html>"));
        Assert.Equal(HistoryFault.Blocked, problem.Fault);
        Assert.Contains("a web page (\"Before you continue\") instead of candles", problem.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_redirect_is_not_followed(string name)
    {
        var (problem, server) = await Refusal(name, context =>
        {
            context.Response.Redirect("/consent");
            return Task.CompletedTask;
        });
        Assert.Equal(HistoryFault.Blocked, problem.Fault);
        Assert.Single(server.Requests);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_body_that_breaks_off_is_asked_for_again_and_then_given_up(string name)
    {
        var (problem, server) = await Refusal(name, context => HistoryServer.CutShort(context, new string(' ', 5000)));
        Assert.Equal(HistoryFault.Unreachable, problem.Fault);
        Assert.Contains("(asked 5 times)", problem.Message, StringComparison.Ordinal);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Failures_of_the_server_are_asked_again_after_pauses_no_two_of_which_are_alike(string name)
    {
        var (problem, server) = await Refusal(name, context => HistoryServer.Text(context, "upstream", 503));
        Assert.Equal(HistoryFault.Unreachable, problem.Fault);
        Assert.Equal(5, server.Requests.Count);
        var pauses = _time.Pauses.Where(pause => pause > TimeSpan.FromMilliseconds(1)).ToList();
        Assert.Equal(4, pauses.Count);
        Assert.True(pauses.TrueForAll(pause => pause <= TimeSpan.FromSeconds(30)), "no pause is beyond the bound");
        Assert.Equal(4, pauses.Distinct().Count());
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Too_many_requests_are_repeated_after_the_time_the_server_asks_for(string name)
    {
        var (problem, server) = await Refusal(name, context =>
        {
            context.Response.Headers.RetryAfter = "17";
            return HistoryServer.Text(context, "Too Many Requests", 429);
        });
        Assert.Equal(HistoryFault.RateLimited, problem.Fault);
        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(4, _time.Pauses.Count(pause => pause == TimeSpan.FromSeconds(17)));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task An_hour_to_wait_ends_the_download_from_this_source(string name)
    {
        await using var server = await HistoryServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return HistoryServer.Text(context, "Too Many Requests", 429);
        });
        var source = SourceFixture.Create(name, server, _time);
        var problem = await source.RefusalAsync(SourceFixture.Week(source));
        Assert.Equal(HistoryFault.QuotaSpent, problem.Fault);
        Assert.Contains("for 60 minutes", problem.Message, StringComparison.Ordinal);
        Assert.Equal(problem.Message, (await source.RefusalAsync(SourceFixture.Week(source, "MSFT"))).Message);
        Assert.Single(server.Requests);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Silence_ends_with_the_deadline(string name)
    {
        var arrived = new SemaphoreSlim(0);
        await using var server = await HistoryServer.StartAsync(async context =>
        {
            // A drop now and then keeps the connection alive, and must not keep the deadline away.
            await context.Response.Body.WriteAsync(" "u8.ToArray());
            await context.Response.Body.FlushAsync();
            arrived.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var source = SourceFixture.Create(name, server, _time);
        var refusal = source.RefusalAsync(SourceFixture.Week(source));
        for (var i = 0; i < 5; i++)
        {
            await arrived.WaitAsync(TestContext.Current.CancellationToken);
            _time.PassDeadlines();
        }
        var problem = await refusal;
        Assert.Equal(HistoryFault.Unreachable, problem.Fault);
        Assert.Contains("within 30 seconds", problem.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task A_body_without_end_is_left_after_its_bound(string name)
    {
        // The server stops when the client leaves, and not before.
        var (problem, server) = await Refusal(name, async context =>
        {
            var block = new byte[1 << 16];
            Array.Fill(block, (byte)' ');
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(block, CancellationToken.None);
        });
        Assert.Equal(HistoryFault.UnexpectedReply, problem.Fault);
        Assert.Contains("more than 8 MiB", problem.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Nothing_at_all_is_not_an_empty_history(string name)
    {
        var (problem, _) = await Refusal(name, context => HistoryServer.Text(context, ""));
        Assert.Equal(HistoryFault.Garbled, problem.Fault);
    }

    [Theory]
    [InlineData("yahoo", """{"chart":{"result":[{"me""")]
    [InlineData("alphavantage", """{"Meta Data":{"5. Time Zone":"US/Eastern"},"Time Ser""")]
    [InlineData("tiingo", """[{"date":"2024-07-01T00:00:00.000Z","clo""")]
    [InlineData("stooq", "Date,Open,High,Low,Close,Volume\r\n2024-07-01,100,101,99,100.5,5000\r\n2024-07-02,100,10")]
    public async Task A_truncated_answer_is_asked_for_again(string name, string body)
    {
        var (problem, server) = await Refusal(name, context => HistoryServer.Text(context, body));
        Assert.Equal(HistoryFault.Garbled, problem.Fault);
        Assert.Equal(5, server.Requests.Count);
    }

    [Theory]
    [InlineData("yahoo", """{"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},"timestamp":[1719840600,1719927000],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}""")]
    [InlineData("yahoo", """{"finance":{}}""")]
    [InlineData("yahoo", """{"chart":{"result":[{"meta":{"exchangeTimezoneName":"America/New_York","dataGranularity":"1d"},"timestamp":[99999999999999999],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}""")]
    [InlineData("alphavantage", """{"Meta Data":{"5. Time Zone":"Europe/London"},"Time Series (Daily)":{}}""")]
    [InlineData("alphavantage", """{"Meta Data":{"5. Time Zone":"US/Eastern"},"Time Series (Daily)":{"2024-07-01":{"1. open":1}}}""")]
    [InlineData("tiingo", """[{"close":1}]""")]
    [InlineData("tiingo", """{"detail":"Something else"}""")]
    [InlineData("stooq", "Warning: Division by zero in download.inc on line 102")]
    public async Task Another_shape_than_documented_is_refused_at_once(string name, string body)
    {
        var (problem, server) = await Refusal(name, context => HistoryServer.Text(context, body));
        Assert.Equal(HistoryFault.UnexpectedReply, problem.Fault);
        Assert.Single(server.Requests);
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Nobody_listening_is_no_connection(string name)
    {
        var server = await HistoryServer.StartAsync("");
        var url = server.Url;
        await server.DisposeAsync();
        var source = SourceFixture.Create(name, url, _time);
        var problem = await source.RefusalAsync(SourceFixture.Week(source));
        Assert.Equal(HistoryFault.Unreachable, problem.Fault);
        Assert.Contains($"no connection to {name}", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SourceFixture.Key, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_requests_without_an_answer_are_a_dead_line_and_the_fourth_is_not_sent()
    {
        await using var server = await HistoryServer.StartAsync("down", 503);
        var source = SourceFixture.Create("yahoo", server, _time);
        foreach (var symbol in new[] { "A", "B", "C", "D", "E" }) await source.RefusalAsync(SourceFixture.Week(source, symbol));
        Assert.Equal(3 * 5, server.Requests.Count);
    }

    [Fact]
    public async Task A_broken_body_that_comes_whole_the_second_time_is_read()
    {
        var calls = 0;
        const string Rows = """[{"date":"2024-07-01T00:00:00.000Z","adjOpen":1,"adjHigh":2,"adjLow":1,"adjClose":2,"adjVolume":3}]""";
        await using var server = await HistoryServer.StartAsync(context => calls++ == 0 ? HistoryServer.CutShort(context, Rows) : HistoryServer.Text(context, Rows));
        var source = SourceFixture.Create("tiingo", server, _time);
        Assert.Equal(1, (await source.FetchAsync(SourceFixture.Week(source))).Candles.Count);
    }

    [Fact]
    public async Task Requests_keep_their_distance_however_many_ask_at_once()
    {
        await using var server = await HistoryServer.StartAsync("[]");
        using var client = new HistoryClient(new HistoryClientOptions { RequestsPerSecond = 4, Time = _time });
        var source = new TiingoSource(client, new Settings.Secret("k"), server.Url);
        var before = _time.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => source.FetchAsync(SourceFixture.Week(source))));
        Assert.True(_time.GetUtcNow() - before >= TimeSpan.FromSeconds(2), "nine requests at four a second take two seconds");
    }
}
