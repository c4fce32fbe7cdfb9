using System.Text.Json;
using EtradeBot.Notify.Channels;
using EtradeBot.Notify.Delivery;
using EtradeBot.Notify.Storage;

namespace EtradeBot.Notify.Phone;

/// <summary>What a <see cref="TelegramListener"/> is made of.</summary>
/// <param name="DataFolder">Where <c>notices.db</c> lies, which remembers what was received.</param>
public sealed record PhoneOptions(string DataFolder, PhonePlan Plan, PhoneDesk Desk)
{
    public Masking Masking { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A command that takes longer is answered as not finished.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Obeys the owner's Telegram chat, by long polling: no port of this machine is open to anybody.</summary>
/// <remarks>An update is written down before it is read, so that one that ends the program is not obeyed after the restart. One program at a time may listen to a bot.</remarks>
public sealed class TelegramListener : IDisposable
{
    /// <summary>Seconds Telegram keeps a request open while there is nothing.</summary>
    const int PollSeconds = 25;

    const int MostAtOnce = 20;

    static readonly string[] Messages = ["message"];

    readonly TelegramBot _bot;
    readonly PhoneOptions _options;
    readonly OutboxConnection _file;
    readonly PhoneLog _log;
    readonly PhoneGuard _guard;
    long? _next;
    int _failures;
    int _limit = MostAtOnce;

    TelegramListener(TelegramBot bot, PhoneOptions options)
    {
        (_bot, _options) = (bot, options);
        _file = new(options.DataFolder, options.Clock);
        _log = new(_file);
        _guard = new(options.Plan, _log, options.Clock);
    }

    /// <summary>Why nothing is heard at this moment; null where all is well.</summary>
    public string? Problem { get; private set; }

    /// <param name="setting">As for <see cref="NoticeChannels.From"/>: TELEGRAM_BOT_TOKEN, TELEGRAM_BASE_URL.</param>
    /// <param name="http">A request stays open for half a minute: its timeout has to be longer.</param>
    /// <returns>Null where there is no bot, or nobody to listen to.</returns>
    /// <exception cref="FormatException">TELEGRAM_BASE_URL is no address.</exception>
    public static TelegramListener? From(Func<string, string?> setting, HttpClient http, PhoneOptions options)
    {
        var settings = new SettingReader(setting);
        return settings["TELEGRAM_BOT_TOKEN"] is null || options.Plan.Chats.Count == 0 ? null : new(TelegramBot.From(settings, http), options);
    }

    /// <summary>Listens until cancelled; whatever fails is survived.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var wait = TimeSpan.Zero;
            try
            {
                wait = await PollAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                wait = Failed(problem.Message, null);
            }
            if (wait > TimeSpan.Zero) await Task.WhenAny(Task.Delay(wait, _options.Clock, cancel));
        }
    }

    /// <summary>Asks once and works through what came.</summary>
    /// <returns>How long to wait before the next time.</returns>
    internal async Task<TimeSpan> PollAsync(CancellationToken cancel)
    {
        _next ??= _log.NextUpdate();
        WebCall.Reply? reply = null;
        var answer = await _bot.CallAsync("getUpdates", new { offset = _next, limit = _limit, timeout = PollSeconds, allowed_updates = Messages }, got => TelegramBot.Judge(reply = got), cancel);
        if (answer is not ChannelAnswer.Delivered)
            return reply is { IsGood: true } ? PassOver(reply) : Failed(answer.Words, (answer as ChannelAnswer.TryAgain)?.After);
        (Problem, _failures, _limit) = (null, 0, MostAtOnce);
        var result = reply!.Json().Member("result");
        if (result.ValueKind != JsonValueKind.Array) return Failed("getUpdates answered without updates", null);
        var hasId = result.GetArrayLength() == 0;
        foreach (var update in result.EnumerateArray())
        {
            if (TelegramUpdates.Id(update) is not { } id) continue;
            hasId = true;
            _next = id + 1;
            await TakeAsync(id, update, cancel);
        }
        return hasId ? TimeSpan.Zero : Failed("getUpdates answered updates without numbers", null);
    }

    TimeSpan Failed(string words, TimeSpan? asked)
    {
        Problem = _options.Masking.Mask(words);
        return BackOff.After(++_failures, asked);
    }

    /// <summary>A reply that cannot be read at all: one by one is asked for, and the unreadable one is left out.</summary>
    TimeSpan PassOver(WebCall.Reply reply)
    {
        if (_limit > 1)
        {
            _limit = 1;
            return TimeSpan.Zero;
        }
        foreach (var id in TelegramUpdates.IdsIn(reply.Body).Take(1))
        {
            _log.TryTake(id);
            _next = id + 1;
            Audit("telegram", "", PhoneVerdict.NotACommand, "an update that cannot be read");
            return TimeSpan.Zero;
        }
        return Failed($"getUpdates cannot be read: {reply.Words}", null);
    }

    /// <summary>One update, whatever is in it: its failure is its own.</summary>
    async Task TakeAsync(long id, JsonElement update, CancellationToken cancel)
    {
        try
        {
            var isNew = _log.TryTake(id);
            if (TelegramUpdates.Message(update) is not { } message) Audit("telegram", "", PhoneVerdict.NotACommand, "no text message");
            else if (!isNew) Audit(message.Sender, PhoneText.Shown(message.Text), PhoneVerdict.Replayed, "received before");
            else await ObeyAsync(message, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (IOException problem)
        {
            await CannotRecordAsync(update, problem, cancel);
        }
        catch (Exception problem)
        {
            Audit("telegram", "", PhoneVerdict.NotACommand, $"an update that cannot be read: {problem.Message}");
        }
    }

    async Task CannotRecordAsync(JsonElement update, IOException problem, CancellationToken cancel)
    {
        if (TelegramUpdates.Message(update) is not { } message) return;
        var words = $"nothing was done, because the command cannot be recorded: {problem.Message}";
        Audit(message.Sender, PhoneText.Shown(message.Text), PhoneVerdict.Failed, words);
        if (_guard.Knows(message)) await _bot.SendAsync(message.Chat, _options.Masking.Mask(words), cancel);
    }

    async Task ObeyAsync(PhoneMessage message, CancellationToken cancel)
    {
        var ruling = _guard.Judge(message);
        var (verdict, words) = ruling.Verdict is { } no ? (no, ruling.Words) : await ExecuteAsync(ruling.Text, message, cancel);
        Audit(message.Sender, PhoneText.Shown(message.Text), verdict, words);
        if (verdict == PhoneVerdict.Stranger) return;
        if (ruling.HasPin) await _bot.CallAsync("deleteMessage", new { chat_id = message.Chat, message_id = message.Number }, TelegramBot.Judge, cancel);
        await _bot.SendAsync(message.Chat, _options.Masking.Mask(words), cancel);
    }

    async Task<(PhoneVerdict, string)> ExecuteAsync(PhoneText text, PhoneMessage message, CancellationToken cancel)
    {
        if (text.Verb == PhoneVerb.Help) return (PhoneVerdict.Done, PhoneText.Help);
        try
        {
            var words = await _options.Desk.ExecuteAsync(new(text.Verb, text.Symbol, message.Sender, message.SentAt), cancel).WaitAsync(_options.CommandTimeout, _options.Clock, cancel);
            return (PhoneVerdict.Done, words);
        }
        catch (TimeoutException)
        {
            return (PhoneVerdict.Failed, $"/{PhoneGuard.Name(text.Verb)} has not finished after {_options.CommandTimeout.TotalSeconds:0} seconds; it may still be at work: see /status");
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return (PhoneVerdict.Failed, $"/{PhoneGuard.Name(text.Verb)} failed: {problem.Message}");
        }
    }

    void Audit(string sender, string what, PhoneVerdict verdict, string words)
    {
        try
        {
            _options.Desk.Audit(new(_options.Clock.GetUtcNow(), sender, _options.Masking.Mask(what), verdict, _options.Masking.Mask(words)));
        }
        catch (Exception problem)
        {
            // An audit that cannot be kept is shown; it must not silence the phone.
            Problem = $"the audit failed: {_options.Masking.Mask(problem.Message)}";
        }
    }

    public void Dispose() => _file.Dispose();
}
