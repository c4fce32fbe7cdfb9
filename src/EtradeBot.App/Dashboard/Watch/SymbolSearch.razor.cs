using EtradeBot.Brokers;
using EtradeBot.ETrade;
using EtradeBot.Market;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace EtradeBot.App.Dashboard.Watch;

public sealed partial class SymbolSearch : IDisposable
{
    /// <summary>Suggestions shown.</summary>
    const int Most = 8;

    /// <summary>Nobody types faster for long; every letter would be a request.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    readonly string _id = $"search-{Guid.NewGuid():N}";
    CancellationTokenSource _asking = new();
    IReadOnlyList<LookupMatch> _matches = [];
    string _text = "", _note = "";
    int _active = -1;

    /// <summary>Asks the broker.</summary>
    [Parameter, EditorRequired] public Func<string, CancellationToken, Task<IReadOnlyList<LookupMatch>>> Lookup { get; set; } = null!;

    /// <summary>Takes what was entered or chosen; true when it is done and the field can be emptied.</summary>
    [Parameter, EditorRequired] public Func<string, Task<bool>> OnEnter { get; set; } = null!;

    [Inject] TimeProvider Time { get; set; } = null!;

    string ListId => _id + "-list";

    public void Dispose() => _asking.Dispose();

    string OptionId(int index) => FormattableString.Invariant($"{_id}-{index}");

    async Task Typed()
    {
        var asking = Renew();
        (_active, _note) = (-1, "");
        var text = _text.Trim();
        if (text.Length == 0)
        {
            _matches = [];
            return;
        }
        try
        {
            await Task.Delay(Pause, Time, asking);
            var found = await Lookup(text, asking);
            asking.ThrowIfCancellationRequested();
            _matches = [.. found.Where(match => Symbol.TryParse(match.Symbol, out _)).DistinctBy(match => match.Symbol).Take(Most)];
            _note = _matches.Count == 0 ? $"The broker finds nothing like '{text}'." : "";
        }
        catch (OperationCanceledException)
        {
            // More was typed meanwhile.
        }
        catch (BrokerException problem)
        {
            (_matches, _note) = ([], $"No suggestions: {problem.Message}");
        }
    }

    async Task KeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown" when _matches.Count > 0:
                _active = (_active + 1) % _matches.Count;
                break;
            case "ArrowUp" when _matches.Count > 0:
                _active = _active <= 0 ? _matches.Count - 1 : _active - 1;
                break;
            case "Escape":
                Clear();
                break;
            case "Enter" when _active >= 0 && _active < _matches.Count:
                await EnterAsync(_matches[_active].Symbol);
                break;
            case "Enter" when _text.Trim().Length > 0:
                await EnterAsync(_text.Trim());
                break;
        }
    }

    async Task EnterAsync(string text)
    {
        Renew();
        if (await OnEnter(text)) Clear();
    }

    void Clear()
    {
        Renew();
        (_text, _note, _matches, _active) = ("", "", [], -1);
    }

    CancellationToken Renew()
    {
        _asking.Cancel();
        _asking.Dispose();
        _asking = new();
        return _asking.Token;
    }
}
