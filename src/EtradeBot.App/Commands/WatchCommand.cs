using System.CommandLine;
using System.Globalization;
using EtradeBot.App.Hosting.Notices;
using EtradeBot.App.Settings;
using EtradeBot.Execution.Disk;
using EtradeBot.Execution.Sessions;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot watch</c>: a second process that misses the trader when it dies.</summary>
static class WatchCommand
{
    static readonly Option<bool> Kill = new("--kill") { Description = "When a trader has died, pull the brake, so that its next start cancels what may still be entered." };
    static readonly Option<string?> For = new("--for") { Description = "Stop after so long, such as 90s, 30m, 6h.", HelpName = "LENGTH" };

    static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    static readonly TimeSpan HeartbeatEvery = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var command = new Command("watch", "Look after the trader from a second process: alarm within 60 s of its death, over credentials of its own (WATCH_...).") { Kill, For };
        command.Options.Add(CandleOptions.Data);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        await Task.Yield();
        Interruption.LeaveToCommand();
        var settings = BotSettings.Load(SettingSources.OfThisProcess() with { StateFolder = parse.GetValue(CandleOptions.Data) });
        var state = parse.GetValue(CandleOptions.Data) ?? settings.DataFolder;
        // An outbox of its own: that of the trader may be what fails.
        using var owner = new NotifyCommand.Owner(settings, Path.Combine(state, "watch"), isWatchdog: true);
        var output = Output.Of(parse);
        if (owner.Channels.All(channel => !channel.IsReady)) output.Line("no channel is ready, so alarms stand here only: see 'etrade-bot notify list'", Tone.Warning);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (parse.GetValue(For) is { } length) over.CancelAfter(DataCommandRecord.Length(For.Name, length));
        using var sending = new CancellationTokenSource();
        var run = owner.Notifier.RunAsync(sending.Token);
        output.Line($"watching the traders of {state}");
        await LoopAsync(parse, owner, new Watchdog(state, TimeProvider.System), over.Token);
        // What was posted last goes out before the end.
        for (var wait = 0; wait < 50 && owner.Notifier.Health.InMemory > 0; wait++) await Task.Delay(100, CancellationToken.None);
        await sending.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Success;
    }

    static async Task LoopAsync(ParseResult parse, NotifyCommand.Owner owner, Watchdog watchdog, CancellationToken stop)
    {
        var output = Output.Of(parse);
        var beaten = DateTimeOffset.MinValue;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var (folder, notice) in watchdog.Look())
                {
                    owner.Notifier.Post(notice);
                    output.Line(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {notice.Title}. {notice.Text}"), notice.Level == Notify.NoticeLevel.Info ? Tone.Good : Tone.Bad);
                    if (parse.GetValue(Kill) && notice.Level == Notify.NoticeLevel.Critical) Pull(folder, output);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // The disk may be what the trader died of: the alarm goes out all the same.
                output.Line($"{problem.Message.TrimEnd('.')}: this is tried again", Tone.Bad);
            }
            if (watchdog.IsCalm && TimeProvider.System.GetUtcNow() - beaten >= HeartbeatEvery)
            {
                beaten = TimeProvider.System.GetUtcNow();
                await BeatAsync(owner.Settings, output, stop);
            }
            await Task.Delay(Pace, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    static void Pull(TradingFolder folder, Output output)
    {
        using var disk = new FolderDisk(folder.Path);
        new KillFlag(disk, TimeProvider.System).Raise("the watchdog", "the trader has died", flatten: false);
        output.Line($"{folder.Mode.ToString().ToUpperInvariant()} the brake is pulled: 'etrade-bot kill' cancels working entries now, 'etrade-bot kill --clear' lets trading go on", Tone.Bad);
    }

    /// <summary>Whoever waits for it elsewhere alarms when it stays away: this machine may have died as a whole.</summary>
    static async Task BeatAsync(BotSettings settings, Output output, CancellationToken stop)
    {
        if (settings.Open(NoticeRules.Heartbeat) is not { } address) return;
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
            using var answer = await http.GetAsync(new Uri(address), stop);
            if (!answer.IsSuccessStatusCode) output.Line(string.Create(CultureInfo.InvariantCulture, $"{NoticeRules.Heartbeat} answered {(int)answer.StatusCode}"), Tone.Warning);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            // The address is as good as a password there: it is not shown.
            if (!stop.IsCancellationRequested) output.Line($"{NoticeRules.Heartbeat} cannot be reached: {(problem is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "no answer")}", Tone.Warning);
        }
    }
}
