using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>Every address that the program answers at, except static files.</summary>
static partial class Endpoints
{
    static readonly string[] AnyMethod = ["POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<string> Of(IServiceProvider services) => [.. All(services).Select(one => one.Path).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Everything that is not a mere read, once for each method it takes.</summary>
    public static IReadOnlyList<(string Method, string Path)> Deeds(IServiceProvider services) =>
        [.. All(services).SelectMany(one => one.Methods.Where(method => method is not ("GET" or "HEAD" or "OPTIONS")).Select(method => (method, one.Path))).Distinct().OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.method, StringComparer.Ordinal)];

    static IEnumerable<(IReadOnlyList<string> Methods, string Path)> All(IServiceProvider services) =>
        from endpoint in services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where !endpoint.Metadata.Any(data => data.GetType().Name.Contains("StaticAsset", StringComparison.Ordinal))
        let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
        select (methods is { Count: > 0 } ? methods : AnyMethod, "/" + Variable().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "VOLTAR"));

    [GeneratedRegex("\\{\\**([^}:?]+)[^}]*\\}")]
    private static partial Regex Variable();
}
