using System.Globalization;
using EtradeBot.App.Hosting.Configuration;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Notices;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Dashboard.Configuration;

/// <summary>Services of the settings pages and the files they hand out.</summary>
static class ConfigurationSetup
{
    public const string BackupRoute = "/settings/files/backup";
    public const string DiagnosticsRoute = "/settings/files/diagnostics";

    public static void AddTo(IServiceCollection services, DashboardOptions options)
    {
        var state = options.StateFolder;
        services.AddSingleton(provider => new SettingsStore(state, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EffectiveSettings(provider.GetRequiredService<Func<BotSettings>>()().Sources with { StateFolder = state }, provider.GetRequiredService<SettingsStore>()));
        services.AddSingleton<SettingsEditor>();
        services.AddHostedService<SettingsFollower>();
        services.AddSingleton(provider => new BrokerLogin(provider.GetRequiredService<EffectiveSettings>(), provider.GetRequiredService<LiveSession>(), state, Both(provider)));
        services.AddSingleton(provider => new DataDesk(state, provider.GetRequiredService<AuditLog>()));
        services.AddSingleton(provider => new HistoryDownloads(provider.GetRequiredService<EffectiveSettings>(), state, Both(provider)));
        services.AddSingleton(provider => new StateBackup(state, provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => Notices(provider, state));
        services.AddHostedService(provider => provider.GetRequiredService<NoticeService>());
        services.AddSingleton<LogTail>().AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<LogTail>());
        services.AddSingleton(provider => new DiagnosticsBundle(provider.GetRequiredService<EffectiveSettings>(), provider.GetRequiredService<LiveSession>(), provider.GetRequiredService<LogTail>(), (state, provider.GetRequiredService<TimeProvider>())));
    }

    static NoticeService Notices(IServiceProvider provider, string state)
    {
        var settings = provider.GetRequiredService<EffectiveSettings>();
        return new(new NoticeParts(state, provider.GetRequiredService<LiveState>(), provider.GetRequiredService<Hosting.Bots.TradingHost>(), provider.GetRequiredService<AuditLog>(), () => settings.Current)
        {
            Time = provider.GetRequiredService<TimeProvider>(),
            Alerts = provider.GetRequiredService<PriceAlerts>(),
            Entries = (by, isStop) =>
            {
                // Whoever knows the PIN may what a trader may.
                var (desk, person) = (provider.GetRequiredService<Hosting.Orders.OrderDesk>(), new Actor(by, Role.Trader, () => true));
                return isStop ? desk.StopEntriesAsync(person, "by phone") : desk.ResumeEntriesAsync(person);
            },
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapGet(BackupRoute, BackupAsync);
        app.MapGet(DiagnosticsRoute, DiagnosticsAsync);
    }

    static (AuditLog, TimeProvider) Both(IServiceProvider provider) => (provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<TimeProvider>());

    static Task<IResult> BackupAsync(StateBackup backup, ActorSource source, TimeProvider time) => AllowedAsync(source, actor =>
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"etrade-bot-{Guid.NewGuid():n}.zip"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            backup.Make(actor, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        file.Position = 0;
        return Results.File(file, "application/zip", Named("backup", time));
    });

    static Task<IResult> DiagnosticsAsync(DiagnosticsBundle bundle, ActorSource source, TimeProvider time) =>
        AllowedAsync(source, actor => Results.File(bundle.Make(actor), "application/zip", Named("diagnostics", time)));

    static async Task<IResult> AllowedAsync(ActorSource source, Func<Actor, IResult> answer)
    {
        try
        {
            return answer(await source.CurrentAsync().ConfigureAwait(false));
        }
        catch (NotAllowedException)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }
    }

    static string Named(string what, TimeProvider time) => string.Create(CultureInfo.InvariantCulture, $"etrade-bot-{what}-{time.GetUtcNow():yyyyMMdd-HHmmss}.zip");
}
