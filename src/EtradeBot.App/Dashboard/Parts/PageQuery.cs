using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace EtradeBot.App.Dashboard.Parts;

/// <summary>
/// The query of the page's address, which several panels write. An address that was asked for takes a journey to the browser and back until <see cref="NavigationManager.Uri"/>
/// shows it; a panel that wrote in between from what that still says would take the other panel's choice back.
/// </summary>
sealed class PageQuery : IDisposable
{
    readonly NavigationManager _address;
    string? _asked;

    public PageQuery(NavigationManager address)
    {
        _address = address;
        _address.LocationChanged += Arrive;
    }

    /// <summary>Sets one value and leaves the others as they were last asked for.</summary>
    /// <param name="value">Null takes the name out.</param>
    /// <param name="replace">No new step in the browser's history.</param>
    public void Set(string name, string? value, bool replace = false)
    {
        var next = _address.GetUriWithQueryParameters(_asked ?? _address.Uri, new Dictionary<string, object?> { [name] = value });
        if (next == _asked) return;
        _asked = next == _address.Uri ? null : next;
        _address.NavigateTo(next, replace: replace);
    }

    public void Dispose() => _address.LocationChanged -= Arrive;

    void Arrive(object? sender, LocationChangedEventArgs arrived)
    {
        if (arrived.Location == _asked || PathOf(arrived.Location) != PathOf(_asked ?? "")) _asked = null;
    }

    static string PathOf(string address) => address.Split('?', '#')[0];
}
