using EtradeBot.App.Dashboard.Backtests;
using EtradeBot.App.Dashboard.Bots;
using EtradeBot.App.Dashboard.Chart;
using EtradeBot.App.Dashboard.Configuration;
using EtradeBot.App.Dashboard.Orders;
using EtradeBot.App.Dashboard.Parts;
using EtradeBot.App.Dashboard.Security;
using EtradeBot.App.Dashboard.Watch;
using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using MudBlazor.Services;

namespace EtradeBot.App.Dashboard;

/// <summary>Puts the dashboard together: services that work whether a page is open or not, and the pages that watch them.</summary>
static class DashboardServer
{
    /// <summary>A third of the silence after which shell.js takes the line for cut.</summary>
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    public static WebApplication Build(DashboardOptions options, Func<BotSettings> settings, TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "etrade-bot", ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        // No file or variable but ours decides anything.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // What keeps it from starting is said once, in plain words, by the command.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "etrade-bot.staticwebassets.runtime.json"))) builder.WebHost.UseStaticWebAssets();
        AddServices(builder, options, settings, time);
        SecuritySetup.AddTo(builder, options, time);
        var app = builder.Build();
        SecuritySetup.Use(app, options);
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        SecuritySetup.Map(app);
        HealthEndpoint.Map(app);
        ChartSetup.Map(app);
        WatchSetup.Map(app);
        OrderSetup.Map(app);
        Journal.JournalSetup.Map(app);
        BacktestSetup.Map(app);
        ConfigurationSetup.Map(app);
        app.MapRazorComponents<Document>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    static void AddServices(WebApplicationBuilder builder, DashboardOptions options, Func<BotSettings> settings, TimeProvider time)
    {
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(line => line.KeepAliveInterval = KeepAlive);
        services.AddMudServices();
        services.AddHttpContextAccessor();
        services.AddSingleton(time).AddSingleton(options).AddSingleton(settings);
        services.AddSingleton(new AuditLog(options.StateFolder, time));
        services.AddSingleton<LiveState>().AddScoped<PageQuery>();
        services.AddSingleton(provider => new LiveSession(provider.GetRequiredService<LiveState>(), settings, options.StateFolder, time)
        {
            Audit = provider.GetRequiredService<AuditLog>(),
            Log = provider.GetRequiredService<ILogger<LiveSession>>(),
            // Found at the first call: the history asks the session, and the session the history.
            History = async (symbol, timeframe, stop) => (await provider.GetRequiredService<CandleHistory>().ReadAsync(symbol, timeframe, stop)).Candles,
            Trade = (run, stop) => provider.GetRequiredService<TradingHost>().RunAsync(run, stop),
        });
        services.AddHostedService(provider => provider.GetRequiredService<LiveSession>());
        services.AddSingleton(provider => new CandleHistory(provider.GetRequiredService<LiveSession>(), options.StateFolder, time));
        BotSetup.AddTo(services, options);
        OrderSetup.AddTo(services, options);
        WatchSetup.AddTo(services, options);
        BacktestSetup.AddTo(services, options);
        ConfigurationSetup.AddTo(services, options);
    }
}
