using EtradeBot.App.Hosting.Bots;
using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Hosting.Notices;
using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>The services of the settings over a state folder and a working folder of their own.</summary>
sealed class Desk : IDisposable
{
    public Desk(string env = "", params (string Name, string Value)[] environment)
    {
        if (env.Length > 0) Folder.Write(".env", env);
        Sources = new SettingSources { Environment = environment.ToDictionary(pair => pair.Name, pair => pair.Value), WorkingFolder = Folder.Path, StateFolder = State };
        Audit = new AuditLog(State, Time);
        Open();
    }

    public TemporaryFolder Folder { get; } = new();

    public string State => Folder["state"];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero));

    public SettingSources Sources { get; }

    public AuditLog Audit { get; }

    public SettingsStore Store { get; private set; } = null!;

    public EffectiveSettings Effective { get; private set; } = null!;

    public SettingsEditor Editor { get; private set; } = null!;

    public static Actor Admin { get; } = new("ada", Role.Admin, () => true);

    /// <summary>As a start of the program would.</summary>
    public void Open()
    {
        Store = new SettingsStore(State, Time);
        Effective = new EffectiveSettings(Sources, Store);
        Editor = new SettingsEditor(Store, Effective, new StepUp(new UserDirectory(State), new UserAccounts(State, Time), new LoginThrottle(Time)), Audit);
    }

    public Task<SettingsOutcome> SaveAsync(params (string Name, string? Value)[] values) => Editor.SaveAsync(Admin, Draft(values));

    public SettingsDraft Draft(params (string Name, string? Value)[] values) => new(Editor.Version, values.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>Tells nobody until it is started; over a session that does nothing.</summary>
    public NoticeService Notices(LiveState live)
    {
        Directory.CreateDirectory(State);
        var trading = new TradingHost(new TradingHostParts(State, live, (symbol, _, _) => throw new InvalidOperationException($"nobody trades {symbol} here"), Audit) { Time = Time });
        return new NoticeService(new NoticeParts(State, live, trading, Audit, () => Effective.Current) { Time = Time, Entries = (_, _) => Task.CompletedTask });
    }

    public void Dispose() => Folder.Dispose();
}
