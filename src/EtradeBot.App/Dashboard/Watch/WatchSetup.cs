using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Scanning;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Watch;

/// <summary>Services of watchlist and scanner, and their files.</summary>
static class WatchSetup
{
    public static void AddTo(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(provider => new PriceAlerts(options.StateFolder, provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PriceAlertWatch>();
        services.AddSingleton<PatternScanner>();
        services.AddHostedService(provider => provider.GetRequiredService<PatternScanner>());
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/scanner.csv", (HttpContext http, PatternScanner scanner) => Results.File(Utf8(ScanCsv.Write(scanner.Report, ScanView.Parse(http.Request.QueryString.Value))), "text/csv", "scanner.csv"));
        app.MapGet("/watchlist.txt", (LiveState live) => Results.File(Utf8(string.Concat(live.Symbols.Select(facts => facts.Symbol + "\n"))), "text/plain", "watchlist.txt"));
    }

    static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
