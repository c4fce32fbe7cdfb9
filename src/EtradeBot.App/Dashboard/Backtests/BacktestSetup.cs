using EtradeBot.App.Hosting.Backtests;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Backtests;

/// <summary>Services of the backtest pages and the files they hand out.</summary>
static class BacktestSetup
{
    public static void AddTo(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(new CandleCatalog(options.StateFolder));
        services.AddSingleton(new StrategyShelf(options.StrategyFolder, options.StateFolder));
        services.AddSingleton(provider => new BacktestPresets(options.StateFolder, provider.GetRequiredService<AuditLog>()));
        services.AddSingleton(provider => new BacktestDesk(
            options.StateFolder,
            provider.GetRequiredService<StrategyShelf>(),
            provider.GetRequiredService<CandleCatalog>(),
            (provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>())));
    }

    public static void Map(WebApplication app) => app.MapGet("/backtest/runs/{id}/{file}", FileAsync);

    /// <summary>One file of a run: those of <see cref="RunFolders.Downloads"/> to keep, chart.bin for the page's script.</summary>
    internal static async Task<IResult> FileAsync(string id, string file, BacktestDesk desk, ActorSource source)
    {
        try
        {
            (await source.CurrentAsync().ConfigureAwait(false)).Require(Role.Viewer);
        }
        catch (NotAllowedException)
        {
            return Results.Unauthorized();
        }
        if (desk.Folders.Download(id, file) is not { } path) return Results.NotFound();
        // Never shown within the dashboard's own origin: report.html brings scripts of its own.
        return Results.File(path, TypeOf(file), file == RunChart.FileName ? null : $"{id}-{file}");
    }

    static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".json" => "application/json",
        ".csv" => "text/csv",
        ".html" => "text/html",
        _ => "application/octet-stream",
    };
}
