using EtradeBot.App.Hosting.Live;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>The script behind one chart, and what it has been told so far.</summary>
/// <param name="history">As it is when the script begins to fetch it.</param>
sealed class ChartScript(IJSRuntime browser, SymbolHistory history) : IAsyncDisposable
{
    /// <summary>More new candles than this are fetched, not told.</summary>
    const int MostRows = 300;

    IJSObjectReference? _module, _chart;
    long _version = history.Version, _rewrites = history.Rewrites, _lastOpen = history.Candles.OpenTicks[^1];
    FormingCandle? _forming;
    DateTimeOffset? _received;
    IReadOnlyList<ChartLine> _lines = [];

    /// <summary>As the script reads it.</summary>
    public static object Words(ChartView view) => new
    {
        style = view.Style switch { ChartStyle.Line => "line", ChartStyle.HeikinAshi => "heikin", _ => "candles" },
        volume = view.Volume,
        bollinger = view.Bollinger,
        rsi = view.Rsi,
        macd = view.Macd,
        log = view.Log,
        pattern = view.Pattern,
        strong = view.StrongOnly,
    };

    public async Task<string> StoredViewAsync() => await (await ModuleAsync()).InvokeAsync<string>("storedView");

    public async Task StartAsync(ElementReference root, object program, object options) =>
        _chart = await (await ModuleAsync()).InvokeAsync<IJSObjectReference>("create", root, program, options);

    public async Task CallAsync(string name, params object?[] values)
    {
        if (_chart is not null) await _chart.InvokeVoidAsync(name, values);
    }

    /// <summary>The script is about to fetch another history.</summary>
    public void Begin(SymbolHistory history) =>
        (_version, _rewrites, _lastOpen, _forming) = (history.Version, history.Rewrites, history.Candles.OpenTicks[^1], null);

    /// <summary>Tells of candles that have closed; has the script fetch anew what changed in the past.</summary>
    public async Task AdvanceAsync(SymbolHistory history)
    {
        if (history.Version == _version) return;
        var first = history.Candles.IndexAtOrAfter(new DateTimeOffset(_lastOpen + 1, TimeSpan.Zero));
        var isRewritten = history.Rewrites != _rewrites || history.Candles.Count - first > MostRows;
        Begin(history);
        if (isRewritten) await CallAsync("refresh");
        else if (first < history.Candles.Count) await AppendAsync(history, first);
    }

    /// <summary>The candle of this moment, when it changed, and how long ago its quote came.</summary>
    public async Task TickAsync(FormingCandle? forming, LiveState live, DateTimeOffset machineNow)
    {
        if (forming is null || forming == _forming || live.Session.ExchangeNow(machineNow) is not { } now) return;
        _forming = forming;
        // Each answer is measured once, by this machine's clock: a quote's own times are those of the exchange, which may run faster.
        var received = live.Session.LastQuoteReceivedAt;
        var elapsed = received is { } at && received != _received ? (machineNow - at).TotalMilliseconds : -1;
        _received = received;
        var (first, highest, lowest, last) = forming.Prices;
        await CallAsync("tick", new[]
        {
            Seconds(forming.OpenTime), first, highest, lowest, last, forming.Volume, Seconds(forming.EndTime), Seconds(now), live.Session.Speed, elapsed,
        });
    }

    public async Task LinesAsync(IReadOnlyList<ChartLine> lines)
    {
        if (lines.SequenceEqual(_lines)) return;
        _lines = lines;
        await CallAsync("setLines", lines);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await CallAsync("dispose");
            if (_chart is not null) await _chart.DisposeAsync();
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (Exception problem) when (problem is JSDisconnectedException or JSException or OperationCanceledException or ObjectDisposedException)
        {
            // The page went first, and took the script with it.
        }
    }

    static double Seconds(DateTimeOffset instant) => ChartPages.UnixSeconds(instant.UtcTicks);

    async Task AppendAsync(SymbolHistory history, int first)
    {
        var (columns, hits) = ChartAnalysis.Latest(history, first);
        var candles = history.Candles;
        var rows = new double?[candles.Count - first][];
        for (var i = first; i < candles.Count; i++)
        {
            double[] row = [ChartPages.UnixSeconds(candles.OpenTicks[i]), candles.Open[i], candles.High[i], candles.Low[i], candles.Close[i], candles.Volume[i], ChartPages.Flags(history, i), .. columns.Select(column => column[i - first])];
            // The wire knows no NaN.
            rows[i - first] = [.. row.Select(value => double.IsFinite(value) ? value : (double?)null)];
        }
        await CallAsync("append", rows, hits.Select(hit => new[] { ChartPages.UnixSeconds(candles.OpenTicks[hit.Index]), (int)hit.Pattern, hit.Value }));
    }

    async Task<IJSObjectReference> ModuleAsync() => _module ??= await browser.InvokeAsync<IJSObjectReference>("import", "./chart.js");
}
