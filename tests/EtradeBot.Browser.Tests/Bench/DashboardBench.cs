using System.Text.Json;

namespace EtradeBot.Browser.Bench;

/// <summary>What a person in front of the dashboard waits for, in figures. Runs only when asked for: <c>bench/browser</c>.</summary>
public class DashboardBench(BrowserFixture fixture) : BrowserTest(fixture)
{
    const string Drawn = ".chart[data-busy='false'] canvas";
    const double Mebibyte = 1024 * 1024;

    [Fact(Explicit = true)]
    public async Task Paint()
    {
        await PaintAsync();
        var paints = new List<double>();
        for (var run = 0; run < 10; run++) paints.Add(await PaintAsync());
        FigureTable.Print("first usable paint, new browser profile, median of 10", "ms", FigureTable.Quantile(paints, 0.5), 1000);
        FigureTable.Print("first usable paint, new browser profile, p95 of 10", "ms", FigureTable.Quantile(paints, 0.95), 1000);
    }

    [Fact(Explicit = true)]
    public async Task QuoteToCandle()
    {
        var visitor = await OpenChartAsync();
        await visitor.Page.WaitForFunctionAsync("() => window.chartLatency.length >= 100", null, new() { Timeout = 300_000 });
        var latencies = await visitor.Page.EvaluateAsync<double[]>("() => window.chartLatency");
        FigureTable.Print($"quote received to candle drawn, median of {latencies.Length}", "ms", FigureTable.Quantile(latencies, 0.5));
        FigureTable.Print($"quote received to candle drawn, p95 of {latencies.Length}", "ms", FigureTable.Quantile(latencies, 0.95), 150);
    }

    [Fact(Explicit = true)]
    public async Task Panning()
    {
        var visitor = await OpenChartAsync();
        var fetched = 0;
        visitor.Page.Response += async (_, answer) =>
        {
            if (answer.Url.Contains("/chart/candles/", StringComparison.Ordinal)) Interlocked.Add(ref fetched, (await answer.BodyAsync()).Length / BytesInCandle);
        };
        var frames = new Panning(visitor.Page);
        await frames.ZoomOutAsync();
        // Until the history ends: one fetch is enough for several drags.
        for (var (before, idle) = (0, 0); idle < 25 && await frames.PanBackAsync(); before = Volatile.Read(ref fetched)) idle = Volatile.Read(ref fetched) > before ? 0 : idle + 1;
        FigureTable.Print("candles fetched and panned over", "candles", fetched, -100_000);
        FigureTable.Print("frames while panning", "per s", frames.PerSecond, -50);
        FigureTable.Print("longest frame but one in a hundred while panning", "ms", await frames.LongFrameAsync());
    }

    [Fact(Explicit = true)]
    public async Task AnHourAtHighSpeed()
    {
        var dashboard = await StartAsync();
        var visitor = await VisitAsync(dashboard);
        await visitor.OpenAsync("/");
        await visitor.Page.Locator(Drawn).First.WaitForAsync();
        await visitor.SpeedOfTheMarket.SelectOptionAsync("60");
        var devtools = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        for (var minute = 0; minute <= 60; minute += 15)
        {
            if (minute > 0) await Task.Delay(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
            await devtools.SendAsync("HeapProfiler.collectGarbage");
            var heap = (await devtools.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble();
            FigureTable.Print($"script's heap after {minute} simulated minutes at 60x", "MiB", heap / Mebibyte);
            FigureTable.Print($"program's memory after {minute} simulated minutes at 60x", "MiB", dashboard.WorkingSet / Mebibyte);
        }
    }

    [Fact(Explicit = true)]
    public async Task TenTabs()
    {
        var dashboard = await StartAsync();
        var visitor = await VisitAsync(dashboard);
        await visitor.OpenAsync("/");
        await visitor.Page.Locator(Drawn).First.WaitForAsync();
        foreach (var tabs in (int[])[1, 10])
        {
            while (visitor.Context.Pages.Count < tabs) await (await visitor.AnotherTabAsync()).OpenAsync("/");
            var ages = await QuoteAgesAsync(dashboard);
            FigureTable.Print($"age of the newest quote with {tabs} tabs open, p95 over 30 s", "s", FigureTable.Quantile(ages, 0.95));
            FigureTable.Print($"age of the newest quote with {tabs} tabs open, worst over 30 s", "s", ages.Max());
        }
    }

    /// <summary>As the chart's script reads them: time, five floats, flags.</summary>
    const int BytesInCandle = 29;

    /// <summary>Milliseconds from the start of the navigation to the frame with the candles.</summary>
    async Task<double> PaintAsync()
    {
        var visitor = await VisitAsync();
        await visitor.Page.AddInitScriptAsync($$"""
            const look = () => {
              if (document.querySelector("{{Drawn}}")) requestAnimationFrame(() => { window.usableAt = performance.now(); });
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
            """);
        await visitor.OpenAsync("/");
        await visitor.Page.WaitForFunctionAsync("() => window.usableAt > 0");
        var at = await visitor.Page.EvaluateAsync<double>("() => window.usableAt");
        await visitor.Context.CloseAsync();
        return at;
    }

    async Task<Visitor> OpenChartAsync()
    {
        var visitor = await VisitAsync();
        await visitor.OpenAsync("/");
        await visitor.Page.Locator(Drawn).First.WaitForAsync();
        return visitor;
    }

    /// <summary>Twenty times a second, by the program's own report: the poller is late when quotes grow old.</summary>
    static async Task<List<double>> QuoteAgesAsync(RunningDashboard dashboard)
    {
        using var client = new HttpClient();
        var ages = new List<double>();
        for (var i = 0; i < 600; i++)
        {
            using var health = JsonDocument.Parse(await client.GetStringAsync(dashboard.Address + "/health"));
            ages.Add(health.RootElement.GetProperty("lastQuoteAgeSeconds").GetDouble());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        return ages;
    }
}
