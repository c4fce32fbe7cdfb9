using System.Globalization;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Security;
using EtradeBot.Market;
using EtradeBot.Strategies;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace EtradeBot.App.Dashboard.Backtests;

public sealed partial class SetupForm : IDisposable
{
    BacktestForm _form = BacktestForm.Blank;
    FormCheck? _check;
    IReadOnlyList<SeriesFacts> _series = [];
    StrategyList? _strategies;
    readonly Dictionary<Symbol, Coverage> _found = [];
    readonly Dictionary<Symbol, string> _missing = [];
    PanelState _state = new PanelState.Loading();
    string _typed = "", _refusal = "";
    bool _isStarting, _wasTried;

    [Inject] BacktestDesk Desk { get; set; } = null!;

    [Inject] CandleCatalog Candles { get; set; } = null!;

    [Inject] StrategyShelf Strategies { get; set; } = null!;

    [Inject] ActorSource Source { get; set; } = null!;

    [Inject] NavigationManager Address { get; set; } = null!;

    IReadOnlyDictionary<string, string> Problems => _check?.Problems ?? new Dictionary<string, string>();

    IReadOnlyList<string> Entered => [.. BacktestForm.Split(_form[FormFields.Symbols])];

    static FormField FromField { get; } = new(FormFields.From, "", "First day", "") { Kind = FormFieldKind.Day, Unit = "empty: the first there is", Help = "Candles before it warm the indicators up." };

    static FormField ToField { get; } = new(FormFields.To, "", "Last day", "") { Kind = FormFieldKind.Day, Unit = "itself included; empty: the last there is" };

    FormField TimeframeField => new(FormFields.Timeframe, "", "Timeframe", "1d")
    {
        Kind = FormFieldKind.Choice,
        Choices = [.. Timeframe.All.Where(timeframe => timeframe.ToString() == _form[FormFields.Timeframe] || _form.Symbols.All(symbol => CandleCatalog.Serving(_series, symbol, timeframe) is not null)).Select(timeframe => new FormChoice(timeframe.ToString(), timeframe.ToString()))],
    };

    string? First => Day(Serving.Select(series => (DateOnly?)series.First).Min());

    string? Last => Day(Serving.Select(series => (DateOnly?)series.Last).Max());

    IEnumerable<SeriesFacts> Serving => Timeframe.TryParse(_form[FormFields.Timeframe], out var timeframe)
        ? _form.Symbols.Select(symbol => CandleCatalog.Serving(_series, symbol, timeframe)).OfType<SeriesFacts>()
        : [];

    string Summary
    {
        get
        {
            var candles = _found.Values.Sum(found => (long)(found.Series.Count ?? 0) * ShareOf(found) / 1_000);
            if (candles == 0) return "";
            var waiting = Desk.Runs.Count(run => !run.IsOver);
            var time = Desk.Estimate(candles) is { } estimate ? $"about {Seconds(estimate)}" : "no run yet to estimate the time from";
            return $"{candles.ToString("N0", CultureInfo.InvariantCulture)} candles, {time}{(waiting > 0 ? $"; {waiting} before it in the queue" : "")}";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Address.LocationChanged += Moved;
        _form = FromAddress();
        // The first paint does not wait for the compiler; the live page loads at once after it.
        if (RendererInfo.IsInteractive) await LoadAsync();
    }

    public void Dispose() => Address.LocationChanged -= Moved;

    async Task LoadAsync()
    {
        _state = new PanelState.Loading();
        try
        {
            (_series, _strategies) = await Task.Run(() => (Candles.List(), Strategies.Read()));
            if (_form.Entered.Count == 0 && _series.Count > 0) _form = _form.With(FormFields.Symbols, LongestHistory());
            _state = PanelState.Ok;
            Check();
            await LookAsync();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or StrategyException)
        {
            _state = new PanelState.Error(problem.Message);
        }
    }

    Task SetAsync((string Key, string Value) change) =>
        ReplaceAsync(change.Key == FormFields.Strategy ? _form.WithStrategy(change.Value) : _form.With(change.Key, change.Value));

    Task AddAsync(ChangeEventArgs change)
    {
        var text = change.Value?.ToString() ?? "";
        // The box is emptied: to the browser that is a change only after it held the text.
        _typed = _typed.Length == 0 ? " " : "";
        return text.Trim().Length == 0 ? Task.CompletedTask : ReplaceAsync(_form.With(FormFields.Symbols, string.Join(',', Entered.Append(text.ToUpperInvariant()).Distinct())));
    }

    Task RemoveAsync(string symbol) => ReplaceAsync(_form.With(FormFields.Symbols, string.Join(',', Entered.Where(other => other != symbol))));

    async Task ReplaceAsync(BacktestForm form)
    {
        _form = form;
        _refusal = "";
        Check();
        Address.NavigateTo(form.Address(), new NavigationOptions { ReplaceHistoryEntry = true });
        await LookAsync();
    }

    void Check() => _check = _strategies is null ? null : FormCheck.Of(_form, _series, _strategies);

    async Task LookAsync()
    {
        _found.Clear();
        _missing.Clear();
        if (!Timeframe.TryParse(_form[FormFields.Timeframe], out var timeframe)) return;
        var form = _form;
        foreach (var symbol in form.Symbols)
        {
            var (found, missing) = await Task.Run(() => Look(symbol, timeframe));
            // The reader went on while the candles were read: what came is about another form.
            if (form != _form) return;
            if (found is not null) _found[symbol] = found;
            else _missing[symbol] = missing;
            StateHasChanged();
        }
    }

    (Coverage? Found, string Missing) Look(Symbol symbol, Timeframe timeframe)
    {
        try
        {
            return (Candles.Look(symbol, timeframe), "");
        }
        catch (Exception problem) when (problem is CandleDataException or IOException or Commands.UsageException)
        {
            return (null, problem.Message);
        }
    }

    async Task RunAsync()
    {
        _wasTried = true;
        _isStarting = true;
        try
        {
            var actor = await Source.CurrentAsync();
            var run = await Task.Run(() => Desk.Start(actor, _form));
            Address.NavigateTo($"backtest/{run.Id}");
        }
        catch (Exception problem) when (problem is FormException or NotAllowedException or IOException or UnauthorizedAccessException)
        {
            _refusal = problem.Message;
            Check();
        }
        finally
        {
            _isStarting = false;
        }
    }

    void Moved(object? sender, LocationChangedEventArgs change)
    {
        var form = FromAddress();
        if (!new Uri(Address.Uri).AbsolutePath.EndsWith("/backtest", StringComparison.Ordinal) || form.Address() == _form.Address()) return;
        _ = InvokeAsync(async () =>
        {
            _form = form;
            Check();
            await LookAsync();
            StateHasChanged();
        });
    }

    BacktestForm FromAddress() => BacktestForm.Of(QueryHelpers.ParseQuery(new Uri(Address.Uri).Query).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())));

    /// <summary>What an empty form begins with: own candles before made-up ones, then the symbol with the most days.</summary>
    string LongestHistory() => _series.Where(series => !series.Timeframe.IsIntraday || series.Kind != SeriesKind.Demo)
        .OrderBy(series => series.IsSimulated).ThenByDescending(series => series.Last.DayNumber - series.First.DayNumber).First().Symbol.Ticker;

    /// <summary>An untouched form is not scolded for the symbol it lacks.</summary>
    string? ProblemOf(string key) => key == FormFields.Symbols && Entered.Count == 0 && !_wasTried ? null : Problems.GetValueOrDefault(key);

    DateOnly? DayOf(string key) => DateOnly.TryParseExact(_form[key], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Thousandths of its days that are chosen.</summary>
    int ShareOf(Coverage found)
    {
        var (first, last) = (found.Series.First, found.Series.Last);
        var from = DayOf(FormFields.From) is { } start && start > first ? start : first;
        var to = DayOf(FormFields.To) is { } end && end < last ? end : last;
        return (int)Math.Clamp(1_000L * (to.DayNumber - from.DayNumber + 1) / (last.DayNumber - first.DayNumber + 1), 0, 1_000);
    }

    string WordsOf(Symbol symbol) => string.Join(' ', _series.Where(one => one.Symbol == symbol).Select(one => one.Timeframe));

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Seconds(TimeSpan time) => time.TotalSeconds < 1 ? "a second or less" : Figures.Age(time);
}
