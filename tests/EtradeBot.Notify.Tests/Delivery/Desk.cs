using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Notify.Delivery;

/// <summary>A notifier on a folder of its own with one webhook to a server of this machine, under a clock that the test moves.</summary>
sealed class Desk : IAsyncDisposable
{
    readonly Scratch _folder;
    readonly bool _ownsFolder;

    Desk(Scratch folder, LocalProvider provider, Func<NotifierOptions, NotifierOptions>? change, Desk? other)
    {
        (_folder, _ownsFolder, Provider, Clock) = (folder, other is null, provider, other?.Clock ?? Sample.Clock());
        var options = new NotifierOptions(folder.Path)
        {
            Clock = Clock,
            Channels = [new("webhook", Sample.Channel("webhook", provider, ("NOTIFY_WEBHOOK_URL", provider.Url.ToString())), null)],
        };
        Options = change?.Invoke(options) ?? options;
        Notifier = new(Options);
    }

    public FakeTimeProvider Clock { get; }

    public LocalProvider Provider { get; }

    public NotifierOptions Options { get; }

    public Notifier Notifier { get; }

    public Scratch Folder => _folder;

    /// <summary>The bodies of what arrived.</summary>
    public IReadOnlyList<string> Bodies => [.. Provider.Requests.Select(request => request.Body)];

    public static async Task<Desk> OpenAsync(Func<NotifierOptions, NotifierOptions>? change = null) => new(new(), await LocalProvider.StartAsync(200, "ok"), change, null);

    /// <summary>Another notifier on the folder, the clock and the server of this one.</summary>
    public Desk Beside(Func<NotifierOptions, NotifierOptions>? change = null) => new(_folder, Provider, change, this);

    public void Post(params IEnumerable<Notice> notices)
    {
        foreach (var notice in notices) Notifier.Post(notice);
    }

    /// <summary>Lets time pass, then has everything done that is due.</summary>
    public Task PassAsync(TimeSpan time = default)
    {
        Clock.Advance(time);
        return Notifier.PassAsync(TestContext.Current.CancellationToken);
    }

    public Task PassAsync(int seconds) => PassAsync(TimeSpan.FromSeconds(seconds));

    public OutboxRow Row(string key, string channel = "webhook") => Notifier.Outbox(new() { Key = key, Channel = channel })[0];

    public async ValueTask DisposeAsync()
    {
        Notifier.Dispose();
        if (!_ownsFolder) return;
        await Provider.DisposeAsync();
        _folder.Dispose();
    }
}
