using System.Reflection;
using EtradeBot.App.Dashboard.Configuration;
using EtradeBot.App.Dashboard.Layout;
using Microsoft.AspNetCore.Components;

namespace EtradeBot.Browser;

/// <summary>Every page the program has, found in its assembly, so that a new one cannot be forgotten.</summary>
static class SiteRoutes
{
    /// <summary>Addresses of the pages whose route has a variable part.</summary>
    static readonly Dictionary<string, string[]> Examples = new()
    {
        ["/backtest/{Id}"] = ["/backtest/a-run-that-is-gone"],
        // Nothing is there, with status 404; /not-found shows the same.
        ["/{*path:nonfile}"] = [],
        ["/settings/{section?}"] = [.. SettingsSections.All.Select(section => section.Path)],
    };

    public static IEnumerable<string> Templates =>
        typeof(MainLayout).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).Order(StringComparer.Ordinal);

    public static TheoryData<string> All => [.. Templates.SelectMany(PathsOf)];

    static string[] PathsOf(string template) =>
        !template.Contains('{', StringComparison.Ordinal) ? [template]
        : Examples.TryGetValue(template, out var paths) ? paths
        : throw new InvalidOperationException($"{nameof(SiteRoutes)}.{nameof(Examples)} lacks an address for the page {template}");
}
