using EtradeBot.Notify.Channels;

namespace EtradeBot.Notify.Delivery;

/// <summary>A program of its own that posts notices and sends them until it is killed.</summary>
static class Victim
{
    /// <summary>Nothing waits for anything else, so that each notice is a message of its own where there is time.</summary>
    public static NoticePlan Plan { get; } = new() { GroupingWindow = TimeSpan.Zero, Gap = TimeSpan.Zero, RepeatEvery = TimeSpan.Zero };

    public static async Task RunAsync(string folder, Uri receiver, int from, int count)
    {
        using var http = new HttpClient();
        using var notifier = Notifier(folder, receiver, http);
        for (var number = from; number < from + count; number++) notifier.Post(Notice(number));
        while (true) await notifier.PassAsync(CancellationToken.None);
    }

    public static Notifier Notifier(string folder, Uri receiver, HttpClient http) => new(new NotifierOptions(folder)
    {
        Channels = [NoticeChannels.From(name => name == "NOTIFY_WEBHOOK_URL" ? receiver.ToString() : null, http, TimeProvider.System).Single(channel => channel.Name == WebhookChannel.ChannelName)],
        Plan = Plan,
    });

    static Notice Notice(int number) => Sample.Notice($"notice-{number:0000}", title: $"notice-{number:0000}");
}
