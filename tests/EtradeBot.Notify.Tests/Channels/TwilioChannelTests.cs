using System.Text;

namespace EtradeBot.Notify.Channels;

/// <summary>Replies as https://www.twilio.com/docs/messaging/api/message-resource and /docs/api/errors have them.</summary>
public sealed class TwilioChannelTests
{
    const string Sid = "AC" + "0123456789abcdef0123456789abcdef";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_posted_once_with_login_and_both_numbers()
    {
        await using var twilio = await LocalProvider.StartAsync(201, """{"sid":"SM1f0e8ae6ade43cb3c0ce4525424e404f","status":"queued","error_code":null}""");

        var answer = await Channel(twilio).SendAsync(Sample.Message(), Stop);

        Assert.Equal("201 queued SM1f0e8ae6ade43cb3c0ce4525424e404f", Assert.IsType<ChannelAnswer.Delivered>(answer).Words);
        var request = Assert.Single(twilio.Requests);
        Assert.Equal(("POST", $"/2010-04-01/Accounts/{Sid}/Messages.json"), (request.Method, request.Path));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Sid}:secret-token")), request.Headers["Authorization"]);
        Assert.Equal("From=%2B15550001111&To=%2B15552223333&Body=AAPL%3A+10+shares+bought+at+187.42%0AStop+185.10%3B+risk+23.20+dollars", request.Body);
    }

    [Fact]
    public async Task A_long_text_is_cut_before_Twilio_refuses_it()
    {
        await using var twilio = await LocalProvider.StartAsync(201, "{}");
        await Channel(twilio).SendAsync(Sample.Message(text: new string('x', 5000)), Stop);
        Assert.InRange(Uri.UnescapeDataString(twilio.Requests[0].Body.Split("Body=")[1]).Length, 500, 600);
    }

    [Theory]
    [InlineData(400, """{"code":21211,"message":"Invalid 'To' Phone Number: +1555222XXXX","more_info":"https://www.twilio.com/docs/errors/21211","status":400}""", "400 21211 Invalid 'To' Phone Number: +1555222XXXX (check TWILIO_TO_NUMBER)")]
    [InlineData(401, """{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}""", "401 20003 Authenticate (check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN)")]
    [InlineData(400, """{"code":21606,"message":"The From phone number is not a valid, SMS-capable number","status":400}""", "400 21606 The From phone number is not a valid, SMS-capable number (check TWILIO_FROM_NUMBER)")]
    [InlineData(404, "not found", "404 not found")]
    public async Task What_only_a_person_can_mend_is_refused_in_Twilios_words(int status, string body, string words)
    {
        await using var twilio = await LocalProvider.StartAsync(status, body);
        Assert.Equal(words, Assert.IsType<ChannelAnswer.Refused>(await Channel(twilio).SendAsync(Sample.Message(), Stop)).Words);
    }

    [Fact]
    public async Task Too_many_requests_wait_as_long_as_Twilio_says()
    {
        await using var twilio = await LocalProvider.StartAsync(429, """{"code":20429,"message":"Too Many Requests","status":429}""", ("Retry-After", "17"));
        var answer = Assert.IsType<ChannelAnswer.TryAgain>(await Channel(twilio).SendAsync(Sample.Message(), Stop));
        Assert.Equal(("429 20429 Too Many Requests", TimeSpan.FromSeconds(17), false), (answer.Words, answer.After, answer.MayHaveArrived));
    }

    [Fact]
    public async Task A_broken_server_is_tried_again()
    {
        await using var twilio = await LocalProvider.StartAsync(503, "<html>down</html>");
        Assert.Equal("503 <html>down</html>", Assert.IsType<ChannelAnswer.TryAgain>(await Channel(twilio).SendAsync(Sample.Message(), Stop)).Words);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_tried_again_and_nothing_can_have_arrived()
    {
        await using var twilio = await LocalProvider.StartAsync(201, "{}");
        var channel = Sample.Channel("sms", twilio, Settings(new("http://127.0.0.1:9")));
        var answer = Assert.IsType<ChannelAnswer.TryAgain>(await channel.SendAsync(Sample.Message(), Stop));
        Assert.StartsWith("127.0.0.1 cannot be reached", answer.Words, StringComparison.Ordinal);
        Assert.False(answer.MayHaveArrived);
    }

    [Fact]
    public async Task A_connection_cut_after_the_request_may_have_delivered()
    {
        await using var twilio = await LocalProvider.StartAsync((_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        Assert.True(Assert.IsType<ChannelAnswer.TryAgain>(await Channel(twilio).SendAsync(Sample.Message(), Stop)).MayHaveArrived);
    }

    static INoticeChannel Channel(LocalProvider twilio) => Sample.Channel("sms", twilio, Settings(twilio.Url));

    static (string, string)[] Settings(Uri server) =>
        [("TWILIO_ACCOUNT_SID", Sid), ("TWILIO_AUTH_TOKEN", "secret-token"), ("TWILIO_FROM_NUMBER", "+15550001111"), ("TWILIO_TO_NUMBER", "+15552223333"), ("TWILIO_BASE_URL", server.ToString())];
}
