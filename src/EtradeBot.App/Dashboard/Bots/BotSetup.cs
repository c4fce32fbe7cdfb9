using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Bots;

/// <summary>Services of everything that trades.</summary>
static class BotSetup
{
    public static void AddTo(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton<LiveLock>();
        services.AddSingleton(provider => Trading(provider, options));
        services.AddSingleton<Health.HealthGather>();
        Journal.JournalSetup.AddTo(services);
        services.AddSingleton(provider => Record(provider.GetRequiredService<TradingHost>(), options));
    }

    static TradingRecord Record(TradingHost trading, DashboardOptions options) => new(options.StateFolder, () => trading.Folder, () => trading.Desk?.Book);

    static TradingHost Trading(IServiceProvider provider, DashboardOptions options)
    {
        var parts = new TradingHostParts(
            options.StateFolder,
            provider.GetRequiredService<LiveState>(),
            async (symbol, timeframe, stop) => (await provider.GetRequiredService<CandleHistory>().ReadAsync(symbol, timeframe, stop)).Candles,
            provider.GetRequiredService<AuditLog>())
        {
            Time = provider.GetRequiredService<TimeProvider>(),
            Version = HeadlessSession.ProgramVersion,
            Lock = provider.GetRequiredService<LiveLock>(),
        };
        return new TradingHost(parts);
    }
}
