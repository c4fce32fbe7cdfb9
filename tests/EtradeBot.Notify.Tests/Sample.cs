using EtradeBot.Notify.Channels;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Notify;

/// <summary>Notices, folders and a clock for the tests.</summary>
static class Sample
{
    /// <summary>Noon of a trading day in New York.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 3, 11, 16, 0, 0, TimeSpan.Zero);

    public static Notice Notice(string key, string happening = NoticeEvents.OrderFilled, string? title = null) =>
        new(happening, key, title ?? $"Title of {key}", $"Text of {key}", Noon);

    public static Notice Critical(string key) => Notice(key, NoticeEvents.Kill);

    public static Message Message(string title = "AAPL: 10 shares bought at 187.42", string text = "Stop 185.10; risk 23.20 dollars") =>
        new("4be0a1", NoticeLevel.Warning, title, text, Noon);

    public static FakeTimeProvider Clock() => new(Noon);

    /// <summary>One channel of these settings.</summary>
    public static INoticeChannel Channel(string name, LocalProvider provider, params (string Name, string Value)[] settings)
    {
        var setup = Setup(name, provider.Http, settings);
        Assert.Null(setup.Problem);
        return setup.Channel!;
    }

    public static ChannelSetup Setup(string name, HttpClient http, params (string Name, string Value)[] settings) =>
        NoticeChannels.From(setting => settings.FirstOrDefault(pair => pair.Name == setting).Value, http, TimeProvider.System).Single(channel => channel.Name == name);
}

/// <summary>A folder that goes with the test.</summary>
sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("etrade-bot-notify-").FullName;

    public string Database => System.IO.Path.Combine(Path, "notices.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
