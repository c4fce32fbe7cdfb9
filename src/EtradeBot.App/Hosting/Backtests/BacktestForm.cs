using System.Collections.Immutable;
using EtradeBot.Market;

namespace EtradeBot.App.Hosting.Backtests;

/// <summary>What stands in the form, as text: the one shape that addresses, presets and kept requests share. Immutable.</summary>
public sealed class BacktestForm
{
    const int LongestValue = 2_000;

    readonly ImmutableSortedDictionary<string, string> _values;

    BacktestForm(ImmutableSortedDictionary<string, string> values) => _values = values;

    /// <summary>Nothing filled in.</summary>
    public static BacktestForm Blank { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The field's text, its default where nothing was entered.</summary>
    public string this[string key] => _values.TryGetValue(key, out var text) ? text : FormFields.DefaultOf(key);

    /// <summary>As entered; those that are no ticker are left out here and named by the check.</summary>
    public IReadOnlyList<Symbol> Symbols =>
        [.. Split(this[FormFields.Symbols]).Select(text => Symbol.TryParse(text, out var symbol) ? symbol : default).Where(symbol => symbol.Ticker.Length > 0).Distinct()];

    /// <summary>Parameters of the strategy that were entered, by their names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters =>
        [.. _values.Where(pair => pair.Key.StartsWith(FormFields.ParameterPrefix, StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key[FormFields.ParameterPrefix.Length..], pair.Value))];

    /// <summary>Fields that no form has are left out, so that an old or foreign address does no harm.</summary>
    public static BacktestForm Of(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Aggregate(Blank, (form, pair) => form.With(pair.Key, pair.Value));
    }

    public BacktestForm With(string key, string? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var text = (value ?? "").Trim();
        if (!FormFields.IsKnown(key) || text.Length > LongestValue) return this;
        return new(text == FormFields.DefaultOf(key) ? _values.Remove(key) : _values.SetItem(key, text));
    }

    /// <summary>Another strategy has other parameters.</summary>
    public BacktestForm WithStrategy(string name)
    {
        if (name == this[FormFields.Strategy]) return this;
        var bare = _values.RemoveRange(_values.Keys.Where(key => key.StartsWith(FormFields.ParameterPrefix, StringComparison.Ordinal)));
        return new BacktestForm(bare).With(FormFields.Strategy, name);
    }

    /// <summary>What differs from an untouched form: what an address needs.</summary>
    public IReadOnlyDictionary<string, string> Entered => _values;

    /// <summary>Every field, defaults spelled out: what a kept request needs, because defaults may change.</summary>
    public IReadOnlyDictionary<string, string> Whole =>
        _values.Keys.Union(FormFields.Keys).Order(StringComparer.Ordinal).ToDictionary(key => key, key => this[key]);

    /// <summary>An address of the form's page, or another page, with this form in it.</summary>
    public string Address(string path = "backtest") =>
        _values.Count == 0 ? path : path + "?" + string.Join('&', _values.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    internal static IEnumerable<string> Split(string symbols) => symbols.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
