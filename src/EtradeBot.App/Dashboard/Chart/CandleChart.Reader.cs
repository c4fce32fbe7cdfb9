using System.Globalization;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.Market;
using Microsoft.JSInterop;

namespace EtradeBot.App.Dashboard.Chart;

/// <summary>What the reader does: by the tools, and what the script tells of.</summary>
public sealed partial class CandleChart
{
    IReadOnlyList<PatternFinding>? _findings;
    string _findingsAt = "";
    bool _isAlerting;
    decimal? _alertPrice;

    /// <summary>The stretch in sight changed: <c>from-to</c>, empty while it follows the newest candle.</summary>
    [JSInvokable]
    public void RangeChanged(string range)
    {
        if (_isOver) return;
        _range = ChartRange.Parse(range);
        Query.Set(ChartRange.Name, _range?.ToString(), replace: true);
    }

    /// <summary>A number was typed: minutes, or with a letter minutes, hours, days, weeks.</summary>
    [JSInvokable]
    public Task TimeframeTyped(string text)
    {
        var wanted = text switch
        {
            "d" or "1440" => "1d",
            "w" => "1w",
            "60" or "60m" => "1h",
            _ => char.IsAsciiDigit(text[^1]) ? text + "m" : text,
        };
        if (Timeframe.TryParse(wanted, out var timeframe) && ChartTools.Offered.Contains(timeframe))
        {
            _notice = "";
            return OnTimeframe.InvokeAsync(timeframe);
        }
        _notice = $"There are no candles of {wanted}: type 1, 5, 15, 30, 60, d or w.";
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <summary>The patterns of one candle are to be explained.</summary>
    /// <param name="openTime">Unix seconds.</param>
    [JSInvokable]
    public async Task PatternChosen(double openTime)
    {
        var history = await History.FindAsync(_shown.Symbol, _shown.Timeframe);
        if (history is null || _isOver || !(openTime is > 0 and < 1e11)) return;
        var instant = DateTimeOffset.FromUnixTimeSeconds((long)openTime);
        var index = history.Candles.IndexAtOrAfter(instant);
        if (index == history.Candles.Count || history.Candles.OpenTime(index) != instant) return;
        _findings = await Task.Run(() => PatternFinding.On(history, index));
        _findingsAt = _shown.Timeframe.IsIntraday ? Figures.Instant(instant, Look, "yyyy-MM-dd HH:mm") : history.Candles.Label(index);
        StateHasChanged();
    }

    /// <summary>Escape, pressed on the chart: what is explained of a pattern goes.</summary>
    [JSInvokable]
    public Task PatternLeft() => _findings is null || _isOver ? Task.CompletedTask : InvokeAsync(CloseFindingsAsync);

    /// <summary>A price was chosen on the chart, to be told when the market gets there.</summary>
    [JSInvokable]
    public void PriceChosen(double price)
    {
        if (_isOver || !(price is > 0 and < 1e9)) return;
        (_isAlerting, _alertPrice) = (true, Math.Round((decimal)price, price < 1 ? 4 : 2));
        StateHasChanged();
    }

    /// <summary>The script could not go on.</summary>
    [JSInvokable]
    public Task Failed(string cause) => FailAsync(cause);

    async Task CloseFindingsAsync()
    {
        _findings = null;
        StateHasChanged(); // the script's calls, unlike the page's own events, draw nothing by themselves
        await CallAsync("focus");
    }

    void ToggleAlerts() => (_isAlerting, _alertPrice) = (!_isAlerting, null);

    async Task RetryAsync()
    {
        (_hasFailed, _state) = (false, new PanelState.Loading());
        await UpdateAsync();
    }

    async Task ChangeViewAsync(ChartView view)
    {
        _view = view;
        await CallAsync("setView", view.ToString(), ChartScript.Words(view));
        Query.Set(ChartView.Name, view.ToString(), replace: true);
    }

    Task GoToAsync(DateOnly day) => CallAsync("goTo", ChartPages.UnixSeconds(MarketCalendar.Nyse.DailyOpen(day).UtcTicks));

    Task NowAsync() => CallAsync("now");

    Task AutoscaleAsync() => CallAsync("autoscale");

    async Task CallAsync(string name, params object?[] values)
    {
        if (_script is null) return;
        try
        {
            await _script.CallAsync(name, values);
        }
        catch (JSException problem)
        {
            await FailAsync(string.Create(CultureInfo.InvariantCulture, $"The chart could not be drawn: {problem.Message.Split('\n')[0]}"));
        }
    }
}
