using System.Globalization;
using EtradeBot.Brokers;

namespace EtradeBot.ETrade.Http;

/// <summary>What each answer means to a read, a preview and an order: judged without a network, on the sample answers where there are some.</summary>
public sealed class ReplyJudgeTests
{
    const string Html = "text/html;charset=utf-8";
    static readonly DateTimeOffset Now = new(2026, 3, 10, 14, 0, 0, TimeSpan.Zero);

    /// <summary>Code, status, fault, fate of an order; a preview and a read are never in doubt.</summary>
    public static TheoryData<int, int, BrokerFault, RequestFate> Catalogue => new()
    {
        { 100, 400, BrokerFault.Refused, RequestFate.Unknown },
        { 100, 500, BrokerFault.Unavailable, RequestFate.Unknown },
        { 101, 400, BrokerFault.TryAgain, RequestFate.Unknown },
        { 102, 400, BrokerFault.Refused, RequestFate.Refused },
        { 163, 400, BrokerFault.TryAgain, RequestFate.Unknown },
        { 167, 400, BrokerFault.Refused, RequestFate.Refused },
        { 253, 400, BrokerFault.Refused, RequestFate.Refused },
        { 670, 500, BrokerFault.Unavailable, RequestFate.Unknown },
        { 900, 400, BrokerFault.TryAgain, RequestFate.Refused },
        { 1019, 400, BrokerFault.Refused, RequestFate.Refused },
        { 1021, 400, BrokerFault.Refused, RequestFate.Refused },
        { 1021, 500, BrokerFault.Refused, RequestFate.Unknown },
        { 1021, 200, BrokerFault.Refused, RequestFate.Unknown },
        { 1026, 200, BrokerFault.UnexpectedReply, RequestFate.Unknown },
        { 1027, 200, BrokerFault.UnexpectedReply, RequestFate.Unknown },
        { 1033, 400, BrokerFault.TryAgain, RequestFate.Unknown },
        { 1037, 400, BrokerFault.Refused, RequestFate.Refused },
        { 1042, 200, BrokerFault.UnexpectedReply, RequestFate.Unknown },
        { 1508, 400, BrokerFault.TryAgain, RequestFate.Refused },
        { 1516, 400, BrokerFault.TryAgain, RequestFate.Refused },
        { 1524, 400, BrokerFault.TryAgain, RequestFate.Refused },
        { 2084, 400, BrokerFault.Refused, RequestFate.Refused },
        { 2085, 400, BrokerFault.Refused, RequestFate.Refused },
        { 4186, 200, BrokerFault.UnexpectedReply, RequestFate.Unknown },
        { 5001, 400, BrokerFault.Refused, RequestFate.Refused },
        { 5011, 200, BrokerFault.UnexpectedReply, RequestFate.Unknown },
        { 7001, 400, BrokerFault.Refused, RequestFate.Refused },
        { 7002, 400, BrokerFault.Refused, RequestFate.Refused },
        { 1029, 400, BrokerFault.Refused, RequestFate.Unknown },
        { 31337, 400, BrokerFault.Refused, RequestFate.Unknown },
        { 31337, 500, BrokerFault.Unavailable, RequestFate.Unknown },
        { 31337, 200, BrokerFault.UnexpectedReply, RequestFate.Unknown },
    };

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void A_number_of_the_catalogue_has_its_fault_and_fate_in_every_dress(int code, int status, BrokerFault fault, RequestFate fate)
    {
        string[] dresses =
        [
            $"{{\"Error\":{{\"code\":{code},\"message\":\"the broker's words\"}}}}",
            $" \r\n{{\"Error\":{{\"message\":\"the broker's words\",\"more\":[1],\"code\":\"{code}\"}}}}",
            $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Error><code>{code}</code><other><x/></other><message>the broker's words</message></Error>",
        ];
        foreach (var body in dresses)
        {
            Assert.Equal((fault, fate), Verdict(Wired.Place, status, body));
            Assert.Equal((fault, RequestFate.Refused), Verdict(Wired.Preview, status, body));
            Assert.Equal((fault, RequestFate.Refused), Verdict(Wired.Read, status, body));
            var failed = Failure(Wired.Place, status, body);
            Assert.Equal((code, status, "the broker's words"), (failed.Code, failed.HttpStatus, failed.BrokerMessage));
        }
    }

    [Fact]
    public void Every_number_of_the_catalogue_says_what_happened_and_what_to_do()
    {
        int[] known = [100, 100, 101, 102, 105, 163, 167, 253, 670, 900, 1019, 1021, 1026, 1027, 1033, 1037, 1042, 1508, 1516, 1524, 2084, 2085, 4186, 5001, 5011, 7001, 7002];
        Assert.Equal(known, ETradeErrors.All.Select(error => error.Code).Order());
        Assert.All(ETradeErrors.All, error => Assert.Matches("^.{10,90}$", error.Happened));
        Assert.All(ETradeErrors.All, error => Assert.Matches("^[A-Z'].{10,100}\\.$", error.Remedy));
    }

    [Theory]
    [InlineData("errors-account-key-not-owned.json", 400, "another user")]
    [InlineData("errors-cancel-being-executed.json", 400, "cannot be cancelled any more")]
    [InlineData("errors-insufficient-funds.json", 400, "not enough money")]
    [InlineData("errors-insufficient-shares.json", 400, "open sell orders reserve")]
    [InlineData("errors-insufficient-shares.xml", 400, "open sell orders reserve")]
    [InlineData("errors-invalid-account-key.json", 400, "etrade-bot accounts")]
    [InlineData("errors-invalid-preview-id.json", 400, "Preview the order again")]
    [InlineData("errors-order-still-updating.json", 400, "still being updated")]
    [InlineData("errors-preview-timed-out.json", 400, "Preview the order again")]
    [InlineData("errors-price-unavailable.json", 400, "no price")]
    [InlineData("errors-rate-limit.json", 400, "too many requests")]
    [InlineData("errors-service-unavailable.json", 500, "not available")]
    [InlineData("errors-stop-price-range.json", 400, "stop price is out of range")]
    [InlineData("errors-unprocessable.json", 400, "could not process")]
    [InlineData("errors-oauth-401.html", 401, "etrade-bot login")]
    public void A_sample_error_is_explained_in_plain_words(string file, int status, string words)
    {
        var body = File.ReadAllText(TestFolders.Golden("etrade", file));
        var failed = Failure(Wired.Preview, status, body, file.EndsWith("html", StringComparison.Ordinal) ? Html : null);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        Assert.StartsWith("Could not preview the order: ", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders-list.json")]
    [InlineData("orders-list.xml")]
    [InlineData("quote-all.json")]
    [InlineData("quote-all-invalid.json")]
    [InlineData("place-response.xml")]
    [InlineData("cancel-response.json")]
    [InlineData("preview-response-warning.json")]
    public void A_sample_answer_is_none(string file) => Assert.Null(Judge(Wired.Place, 200, File.ReadAllText(TestFolders.Golden("etrade", file))));

    [Theory]
    [InlineData(429, "", null)]
    [InlineData(429, "{}", "application/json")]
    [InlineData(400, "<html><body>Number of requests exceeded the rate limit set</body></html>", Html)]
    [InlineData(400, "Number of requests exceeded the rate limit set", "text/plain")]
    [InlineData(400, "<Error><message>Number of requests exceeded the rate limit set</message></Error>", "application/xml")]
    [InlineData(400, "{\"Error\":{\"message\":\"number of requests EXCEEDED THE RATE LIMIT set\"}}", "application/json")]
    public void The_rate_limit_is_known_in_every_dress_and_proves_that_nothing_was_done(int status, string body, string? type) =>
        Assert.Equal((BrokerFault.RateLimited, RequestFate.Refused), Verdict(Wired.Place, status, body, type));

    [Theory]
    [InlineData("token_rejected", BrokerFault.SessionExpired, RequestFate.Unknown, "etrade-bot login")]
    [InlineData("token_expired", BrokerFault.SessionExpired, RequestFate.Unknown, "etrade-bot login")]
    [InlineData("signature_invalid", BrokerFault.NotAuthorized, RequestFate.Refused, "consumer key and secret")]
    [InlineData("nonce_used", BrokerFault.TryAgain, RequestFate.Unknown, "look at the orders")]
    [InlineData("parameter_absent&oauth_parameters_absent=oauth_nonce", BrokerFault.TryAgain, RequestFate.Refused, "Try again")]
    [InlineData("consumer_key_rejected", BrokerFault.NotAuthorized, RequestFate.Refused, "the other environment")]
    [InlineData("callback_rejected,oauth_acceptable_callback=oob", BrokerFault.NotAuthorized, RequestFate.Refused, "callback")]
    [InlineData("timestamp_refused", BrokerFault.NotAuthorized, RequestFate.Refused, "clock")]
    [InlineData("moon_full", BrokerFault.NotAuthorized, RequestFate.Unknown, "moon_full")]
    public void An_oauth_problem_is_named_and_proves_only_what_it_can(string problem, BrokerFault fault, RequestFate fate, string words)
    {
        foreach (var body in new[] { $"<html><p><b>Message</b> oauth_problem={problem}</p></html>", $"oauth_problem={problem}" })
        {
            Assert.Equal((fault, fate), Verdict(Wired.Place, 401, body, Html));
            Assert.Contains(words, Failure(Wired.Place, 401, body, Html).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(600, "about 10 minutes fast")]
    [InlineData(-600, "about 10 minutes slow")]
    [InlineData(301, "about 5 minutes fast")]
    [InlineData(-20, "about 1 minute slow")]
    public void A_clock_that_is_off_is_told_by_how_much(int secondsOff, string words)
    {
        var theirs = Now.ToUnixTimeSeconds() - secondsOff;
        var body = string.Create(CultureInfo.InvariantCulture, $"<html>oauth_problem=timestamp_refused&amp;oauth_acceptable_timestamps={theirs - 300}-{theirs + 300}</html>");
        Assert.Contains(words, Failure(Wired.Read, 401, body, Html).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<!doctype html><title>Log in to the hotel</title>", null, BrokerFault.UnexpectedReply)]
    [InlineData(200, "<HTML>", "text/plain", BrokerFault.UnexpectedReply)]
    [InlineData(200, "  <x>", Html, BrokerFault.UnexpectedReply)]
    [InlineData(200, "hello", "text/plain", BrokerFault.UnexpectedReply)]
    [InlineData(200, "{\"Error\":null}", null, BrokerFault.UnexpectedReply)]
    [InlineData(200, "<Error/>", null, BrokerFault.UnexpectedReply)]
    [InlineData(202, "{}", null, BrokerFault.UnexpectedReply)]
    [InlineData(302, "", null, BrokerFault.UnexpectedReply)]
    [InlineData(400, "{\"Error\":", null, BrokerFault.UnexpectedReply)]
    [InlineData(400, "<html></html>", Html, BrokerFault.UnexpectedReply)]
    [InlineData(401, "", null, BrokerFault.SessionExpired)]
    [InlineData(401, "{}", null, BrokerFault.SessionExpired)]
    [InlineData(403, "", null, BrokerFault.NotAuthorized)]
    [InlineData(404, "", null, BrokerFault.Refused)]
    [InlineData(407, "", null, BrokerFault.Unreachable)]
    [InlineData(500, "", null, BrokerFault.Unavailable)]
    [InlineData(503, "<html></html>", Html, BrokerFault.Unavailable)]
    [InlineData(503, "oauth_problem=token_rejected", null, BrokerFault.Unavailable)]
    public void Anything_else_leaves_an_order_in_doubt(int status, string body, string? type, BrokerFault fault)
    {
        Assert.Equal((fault, RequestFate.Unknown), Verdict(Wired.Place, status, body, type));
        Assert.Equal((fault, RequestFate.Unknown), Verdict(Wired.Cancel, status, body, type));
        Assert.Equal((fault, RequestFate.Unknown), Verdict(Wired.ChangePlace, status, body, type));
        Assert.Equal((fault, RequestFate.Refused), Verdict(Wired.Preview, status, body, type));
        Assert.Contains("No certain answer to the request to place the order", Failure(Wired.Place, status, body, type).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_brokers_words_are_one_short_line()
    {
        var words = new string('x', 500) + "\\n\\u001b[31mred";
        var failed = Failure(Wired.Read, 400, $"{{\"Error\":{{\"code\":31337,\"message\":\"a\\r\\n\\tb \\u001b[2J {words}\"}}}}");
        Assert.StartsWith("a b [2J xxx", failed.BrokerMessage, StringComparison.Ordinal);
        Assert.Equal(201, failed.BrokerMessage.Length);
        Assert.DoesNotContain(failed.Message, char.IsControl);
    }

    static AttemptFailedException? Judge(ETradeCall call, int status, string body, string? type = null) =>
        ReplyJudge.Judge(ETradeWire.StateOf(call), new ETradeReply(status, type?.Split(';')[0], Bytes(body), Now));

    static ReadOnlyMemory<byte> Bytes(string body) => System.Text.Encoding.UTF8.GetBytes(body);

    static BrokerException Failure(ETradeCall call, int status, string body, string? type = null) => Assert.IsType<AttemptFailedException>(Judge(call, status, body, type)).Broker;

    static (BrokerFault, RequestFate) Verdict(ETradeCall call, int status, string body, string? type = null)
    {
        var failed = Failure(call, status, body, type);
        return (failed.Fault, failed.Fate);
    }
}
