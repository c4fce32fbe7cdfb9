using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EtradeBot.App.Hosting.Notices;
using EtradeBot.App.Settings;
using EtradeBot.Notify;
using EtradeBot.Notify.Channels;

namespace EtradeBot.App.Commands;

/// <summary><c>etrade-bot notify</c>: the channels to the owner, and what went over them.</summary>
static class NotifyCommand
{
    static readonly Option<string?> Mode = CandleOptions.Choice("--mode", "test: one message over each enabled channel, at once; exit code 0 only if all were taken.", "test");
    static readonly Argument<string> Title = new("title") { Description = "One line." };
    static readonly Option<string> Text = new("--text") { Description = "What follows it.", HelpName = "WORDS", DefaultValueFactory = _ => "" };
    static readonly Option<string?> Level = CandleOptions.Choice("--level", "How much the owner has to care (default info).", "info", "warning", "critical");
    static readonly Option<bool> Open = new("--open") { Description = "Critical messages only that nobody has acknowledged." };
    static readonly Option<int> Count = new("--count") { Description = "At most so many (default 50).", HelpName = "N", DefaultValueFactory = _ => 50 };
    static readonly Argument<long?> Notice = new("notice") { Description = "Number of the message in 'notify outbox'; without one all.", DefaultValueFactory = _ => null };
    static readonly Argument<long> Row = new("row") { Description = "Number of the row in 'notify outbox'." };

    public static Command Create()
    {
        var command = new Command("notify", "Messages to the owner: test the channels, see what was sent, send one.") { Mode };
        command.Options.Add(CandleOptions.Data);
        command.SetAction(RunAsync);
        command.Subcommands.Add(Sub("list", "The channels: ready, or what is missing.", List));
        command.Subcommands.Add(Sub("send", "Put a message into the outbox; a running bot or dashboard sends it, else this command does.", SendAsync, Title, Text, Level));
        command.Subcommands.Add(Sub("outbox", "What was told or waits, newest first.", Outbox, Open, Count, CandleOptions.Json));
        command.Subcommands.Add(Sub("ack", "A critical message was seen: it is not repeated.", Acknowledge, Notice));
        command.Subcommands.Add(Sub("retry", "Send a message again that was given up, or now instead of later.", Retry, Row));
        return command;
    }

    static Command Sub(string name, string description, Func<ParseResult, int> run, params Symbol[] symbols) => Sub(name, description, parse => Task.FromResult(run(parse)), symbols);

    static Command Sub(string name, string description, Func<ParseResult, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
            if (symbol is Argument argument) command.Arguments.Add(argument);
            else command.Options.Add((Option)symbol);
        command.Options.Add(CandleOptions.Data);
        command.SetAction((parse, _) => run(parse));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        await Task.Yield();
        return parse.GetValue(Mode) is null ? List(parse) : await TestAsync(parse, stop);
    }

    static async Task<int> TestAsync(ParseResult parse, CancellationToken stop)
    {
        using var owner = Owner.Of(parse);
        var output = Output.Of(parse);
        var plan = NoticeSetup.PlanOf(owner.Settings);
        var tested = 0;
        var isFine = true;
        foreach (var channel in owner.Channels.Where(channel => !channel.IsUnused && plan.Channels[channel.Name].IsEnabled))
        {
            var begun = Stopwatch.GetTimestamp();
            var answer = channel.IsReady ? await owner.Notifier.TestAsync(channel.Name, stop) : new ChannelAnswer.Refused(channel.Problem!);
            var isTaken = answer is ChannelAnswer.Delivered;
            (tested, isFine) = (tested + 1, isFine && isTaken);
            output.Line(string.Create(CultureInfo.InvariantCulture, $"{channel.Name,-9} {(isTaken ? "ok    " : "FAILED")} {Stopwatch.GetElapsedTime(begun).TotalMilliseconds,6:0} ms  {owner.Masking.Mask(answer.Words)}"), isTaken ? Tone.Good : Tone.Bad);
        }
        if (tested == 0) throw new UsageException("no channel is set up: fill in one under Settings, Messages, or in .env (see .env.example), then 'etrade-bot notify list'");
        return isFine ? ExitCode.Success : ExitCode.Failure;
    }

    static int List(ParseResult parse)
    {
        using var owner = Owner.Of(parse);
        var (output, plan) = (Output.Of(parse), NoticeSetup.PlanOf(owner.Settings));
        foreach (var channel in owner.Channels)
        {
            var route = plan.Channels[channel.Name];
            var state = channel.IsUnused ? "not set up" : !channel.IsReady ? $"incomplete: {channel.Problem}" : !route.IsEnabled ? "ready, but switched off" : $"ready, from {route.From.ToString().ToLowerInvariant()}{(route.Events is { } events ? $", only {string.Join(' ', events)}" : "")}";
            output.Line($"{channel.Name,-9} {state}", channel.IsUnused ? Tone.Faint : channel.IsReady && route.IsEnabled ? Tone.Good : Tone.Warning);
        }
        return ExitCode.Success;
    }

    static async Task<int> SendAsync(ParseResult parse)
    {
        using var owner = Owner.Of(parse);
        var now = TimeProvider.System.GetUtcNow();
        var level = NoticeDefinitions.LevelNamed(parse.GetValue(Level) ?? "info");
        var notice = new Notice(NoticeEvents.Command, $"sent/{Guid.CreateVersion7(now):N}", parse.GetValue(Title)!, parse.GetValue(Text)!, now) { Level = level };
        if (owner.Channels.All(channel => !channel.IsReady)) throw new UsageException("no channel is ready: 'etrade-bot notify list' says what is missing");
        owner.Notifier.Post(notice);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var run = owner.Notifier.RunAsync(over.Token);
        IReadOnlyList<OutboxRow> rows;
        do
        {
            await Task.Delay(200);
            rows = owner.Notifier.Outbox(new OutboxQuery { Key = notice.Key });
        }
        while (!over.IsCancellationRequested && (rows.Count == 0 || owner.Notifier.Health.IsSender && rows.Any(row => row.State is OutboxState.Waiting or OutboxState.Sending)));
        await over.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var row in rows) Print(Output.Of(parse), row);
        return rows.Count > 0 && rows.All(row => row.State is not (OutboxState.GaveUp or OutboxState.Failed)) ? ExitCode.Success : ExitCode.Failure;
    }

    static int Outbox(ParseResult parse)
    {
        using var owner = Owner.Of(parse);
        var rows = owner.Notifier.Outbox(new OutboxQuery { OnlyUnacknowledged = parse.GetValue(Open), Limit = parse.GetValue(Count) });
        var output = Output.Of(parse);
        if (parse.GetValue(CandleOptions.Json)) output.Line(JsonSerializer.Serialize(rows));
        else if (rows.Count == 0) output.Line("nothing was told yet");
        else foreach (var row in rows) Print(output, row);
        return ExitCode.Success;
    }

    static int Acknowledge(ParseResult parse)
    {
        using var owner = Owner.Of(parse);
        var count = parse.GetValue(Notice) is { } notice ? owner.Notifier.Acknowledge(notice) ? 1 : 0 : owner.Notifier.AcknowledgeAll();
        Output.Of(parse).Line(count == 0 ? "nothing waits for that acknowledgement" : string.Create(CultureInfo.InvariantCulture, $"{count} acknowledged: no more repeats"));
        return ExitCode.Success;
    }

    static int Retry(ParseResult parse)
    {
        using var owner = Owner.Of(parse);
        if (!owner.Notifier.Retry(parse.GetValue(Row))) throw new UsageException($"row {parse.GetValue(Row)} is not there, or was sent: see 'etrade-bot notify outbox'");
        Output.Of(parse).Line("it is sent with the next round of a running bot or dashboard");
        return ExitCode.Success;
    }

    static void Print(Output output, OutboxRow row)
    {
        var state = row.State switch { OutboxState.GaveUp => "given up", var other => other.ToString().ToLowerInvariant() };
        var marks = $"{(row.Repeat > 0 ? $", repeat {row.Repeat}" : "")}{(row.MaybeSentTwice ? ", maybe sent twice" : "")}{(row.AcknowledgedAt is not null ? ", acknowledged" : "")}";
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{row.Id,5} {row.NoticeId,5}  {row.At:yyyy-MM-dd HH:mm:ss}  {row.Channel,-8} {state,-9} {row.Level.ToString().ToLowerInvariant(),-8} {row.Title}{marks}{(row.Answer is { } answer ? $"  [{answer}]" : "")}"),
            row.State is OutboxState.GaveUp or OutboxState.Failed ? Tone.Bad : Tone.Plain);
    }

    /// <summary>The notifier of a data folder, for one command.</summary>
    internal sealed class Owner : IDisposable
    {
        readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

        public Owner(BotSettings settings, string folder, bool isWatchdog)
        {
            Directory.CreateDirectory(folder);
            (Settings, Masking) = (settings, new Masking(NoticeSetup.SecretsOf(settings)));
            Channels = NoticeChannels.From(NoticeSetup.Of(settings, isWatchdog), _http, TimeProvider.System);
            Notifier = new Notifier(new NotifierOptions(folder) { Plan = NoticeSetup.PlanOf(settings), Channels = Channels, Masking = Masking });
        }

        public BotSettings Settings { get; }

        public Masking Masking { get; }

        public IReadOnlyList<ChannelSetup> Channels { get; }

        public Notifier Notifier { get; }

        public static Owner Of(ParseResult parse)
        {
            var settings = BotSettings.Load(SettingSources.OfThisProcess() with { StateFolder = parse.GetValue(CandleOptions.Data) });
            return new Owner(settings, parse.GetValue(CandleOptions.Data) ?? settings.DataFolder, isWatchdog: false);
        }

        public void Dispose()
        {
            Notifier.Dispose();
            _http.Dispose();
        }
    }
}
