using EtradeBot.App.Hosting.Live;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Configuration;

/// <summary>Lets the running session begin anew when whom it trades with, or the account, was changed.</summary>
sealed class SettingsFollower(EffectiveSettings settings, LiveSession session) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        settings.Changed += Follow;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        settings.Changed -= Follow;
        return Task.CompletedTask;
    }

    void Follow(IReadOnlyList<SettingChange> changes)
    {
        if (!changes.Any(change => SettingDefinitions.Find(change.Name)?.Section is SettingSection.Broker or SettingSection.Accounts)) return;
        // What comes of it stands among the session's facts: whoever saved need not wait for a broker.
        _ = session.ReconnectAsync();
    }
}
