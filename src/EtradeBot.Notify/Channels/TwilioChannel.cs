using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>A text message by Twilio: <c>POST /2010-04-01/Accounts/{sid}/Messages.json</c>.</summary>
/// <remarks>Settings: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM_NUMBER, TWILIO_TO_NUMBER, TWILIO_BASE_URL. Errors: https://www.twilio.com/docs/api/errors.</remarks>
sealed class TwilioChannel(HttpClient http, Uri server, TwilioChannel.Account account) : INoticeChannel
{
    public const string ChannelName = "sms";

    /// <summary>Four text messages' worth; Twilio refuses more than 1,600 characters and bills each part.</summary>
    const int LongestText = 600;

    public sealed record Account(string Sid, string Token, string From, string To);

    public string Name => ChannelName;

    public static ChannelSetup From(SettingReader settings, HttpClient http) => settings.Set(ChannelName, ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM_NUMBER", "TWILIO_TO_NUMBER"], () => new TwilioChannel(
        http,
        settings.Address("TWILIO_BASE_URL", "https://api.twilio.com"),
        new(settings["TWILIO_ACCOUNT_SID"]!, settings["TWILIO_AUTH_TOKEN"]!, settings["TWILIO_FROM_NUMBER"]!, settings["TWILIO_TO_NUMBER"]!)));

    public async Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, $"/2010-04-01/Accounts/{Uri.EscapeDataString(account.Sid)}/Messages.json"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["From"] = account.From,
                ["To"] = account.To,
                ["Body"] = WebCall.Cut($"{message.Title}\n{message.Text}", LongestText),
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Sid}:{account.Token}")));
        return await WebCall.SendAsync(http, request, Judge, cancel);
    }

    static ChannelAnswer Judge(WebCall.Reply reply)
    {
        var json = reply.Json();
        if (reply.IsGood) return new ChannelAnswer.Delivered($"{(int)reply.Status} {json.Member("status").Text() ?? "taken"} {json.Member("sid").Text()}".TrimEnd());
        if (json.Member("code") is not { ValueKind: JsonValueKind.Number } code) return reply.Failure(reply.Words);
        var words = WebCall.OneLine(string.Create(CultureInfo.InvariantCulture, $"{(int)reply.Status} {code.GetRawText()} {json.Member("message").Text()}{Hint(code.GetRawText())}"));
        return code.GetRawText() == "20429" && reply.Status != HttpStatusCode.TooManyRequests ? new ChannelAnswer.TryAgain(words, reply.RetryAfter) : reply.Failure(words);
    }

    static string Hint(string code) => code switch
    {
        "20003" => " (check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN)",
        "21211" or "21614" => " (check TWILIO_TO_NUMBER)",
        "21212" or "21606" or "21659" => " (check TWILIO_FROM_NUMBER)",
        "21608" => " (a trial account reaches verified numbers only)",
        "21610" => " (the receiver has unsubscribed by STOP)",
        _ => "",
    };
}
