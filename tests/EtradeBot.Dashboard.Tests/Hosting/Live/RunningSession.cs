using EtradeBot.App.Hosting.Security;
using EtradeBot.App.Settings;

namespace EtradeBot.App.Hosting.Live;

/// <summary>A session that really runs, on a folder of its own, by the machine's clock or one that tests move.</summary>
sealed class RunningSession : IAsyncDisposable
{
    public static readonly Actor Owner = new("owner", Role.Admin, () => true);

    RunningSession(LiveSession session) => Session = session;

    public LiveSession Session { get; }

    public LiveState State => Session.State;

    public static async Task<RunningSession> StartAsync(string folder, TimeProvider? time = null, Dictionary<string, string>? settings = null, LiveState? state = null)
    {
        var session = new LiveSession(state ?? new LiveState(), () => Settings(settings ?? [], folder), folder, time ?? TimeProvider.System) { Patience = TimeSpan.FromSeconds(1) };
        await session.StartAsync(CancellationToken.None);
        return new RunningSession(session);
    }

    /// <summary>Returns once the state is as wanted; a minute is far more than it ever takes.</summary>
    public async Task UntilAsync(Func<LiveState, bool> isSo)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = State.Subscribe(LiveTopics.All, _ =>
        {
            if (isSo(State)) reached.TrySetResult();
            return Task.CompletedTask;
        });
        if (isSo(State)) return;
        try
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException($"the session never came to this: {State.Session}; {State.Account.Problem}", problem);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Session.StopAsync(CancellationToken.None);
        Session.Dispose();
    }

    static BotSettings Settings(Dictionary<string, string> values, string folder) => BotSettings.Load(new SettingSources { Environment = values, WorkingFolder = folder });
}
