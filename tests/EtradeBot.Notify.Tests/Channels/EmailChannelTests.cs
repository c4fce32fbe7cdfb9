using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MimeKit;

namespace EtradeBot.Notify.Channels;

/// <summary>Against a real SMTP server that takes mail only over TLS and after a login.</summary>
public sealed class EmailChannelTests
{
    const string Password = "pass word+1";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    public async Task A_mail_is_delivered_once_over_TLS_after_a_login_as_text_and_HTML(string mode)
    {
        using var server = await MailServer.StartAsync(mode);

        var answer = await Channel(server, mode).SendAsync(Sample.Message("P&L <today>: +120.50 – fine", "Two\nlines") with { Level = NoticeLevel.Critical }, Stop);

        Assert.Equal("2.0.0 Ok: queued as 4C1D2E", Assert.IsType<ChannelAnswer.Delivered>(answer).Words);
        var mail = Assert.Single(server.MailsAtTheEnd());
        Assert.Equal(("bot@example.com", "bot@example.com", true), (mail.GetProperty("from").GetString(), mail.GetProperty("user").GetString(), mail.GetProperty("tls").GetBoolean()));
        Assert.Equal(["me@example.com", "her@example.com"], mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()));
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.GetProperty("message").GetString()!));
        var message = await MimeMessage.LoadAsync(text, Stop);
        Assert.Equal("[Critical] P&L <today>: +120.50 – fine", message.Subject);
        Assert.Equal("4be0a1@example.com", message.MessageId);
        Assert.Equal("P&L <today>: +120.50 – fine\n\nTwo\nlines\n", message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("<h2 style=\"color:#b00020\">P&amp;L &lt;today&gt;: +120.50 &#8211; fine</h2>", message.HtmlBody!.Replace("–", "&#8211;", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_the_servers_words_which_hold_no_password()
    {
        using var server = await MailServer.StartAsync("starttls");
        var answer = await Channel(server, "starttls", password: "wrong-one").SendAsync(Sample.Message(), Stop);
        var words = Assert.IsType<ChannelAnswer.Refused>(answer).Words;
        Assert.Contains("535", words, StringComparison.Ordinal);
        Assert.EndsWith("(check SMTP_USER and SMTP_PASS)", words, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", words, StringComparison.Ordinal);
        Assert.Empty(server.MailsAtTheEnd());
    }

    [Theory]
    [InlineData("451 4.7.1 Greylisted, try again in 5 minutes", true)]
    [InlineData("550 5.7.1 Message rejected as spam", false)]
    public async Task The_servers_answer_says_whether_to_try_again(string reply, bool isAgain)
    {
        using var server = await MailServer.StartAsync("starttls", reply);
        var answer = await Channel(server, "starttls").SendAsync(Sample.Message(), Stop);
        Assert.Equal(isAgain, answer is ChannelAnswer.TryAgain { MayHaveArrived: false });
        Assert.Equal(!isAgain, answer is ChannelAnswer.Refused);
        Assert.Equal(reply, answer.Words);
        Assert.Single(server.MailsAtTheEnd());
    }

    [Fact]
    public async Task A_server_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        using var server = await MailServer.StartAsync("starttls");
        var answer = await Channel(server, "starttls", isTrusted: false).SendAsync(Sample.Message(), Stop);
        Assert.False(Assert.IsType<ChannelAnswer.TryAgain>(answer).MayHaveArrived);
        Assert.Contains("certificate", answer.Words, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.MailsAtTheEnd());
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing()
    {
        using var server = await MailServer.StartAsync("tls");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, Stop);
        // It waits for TLS, we wait for its greeting: only the time limit ends that.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Channel(server, "starttls").SendAsync(Sample.Message(), either.Token));
        Assert.Empty(server.MailsAtTheEnd());
    }

    [Fact]
    public async Task Nobody_at_the_port_is_tried_again()
    {
        var settings = Settings(9, "starttls", Password);
        var answer = await new EmailChannel(EmailChannel.Read(settings)).SendAsync(Sample.Message(), Stop);
        Assert.False(Assert.IsType<ChannelAnswer.TryAgain>(answer).MayHaveArrived);
        Assert.StartsWith("localhost: ", answer.Words, StringComparison.Ordinal);
    }

    static EmailChannel Channel(MailServer server, string mode, string password = Password, bool isTrusted = true) =>
        new(EmailChannel.Read(Settings(server.Port, mode, password))) { Authority = isTrusted ? X509CertificateLoader.LoadCertificate(server.Certificate.RawData) : null };

    static SettingReader Settings(int port, string mode, string password) => new(name => name switch
    {
        "SMTP_SERVER" => "localhost",
        "SMTP_PORT" => port.ToString(CultureInfo.InvariantCulture),
        "SMTP_TLS" => mode,
        "SMTP_USER" => "bot@example.com",
        "SMTP_PASS" => password,
        "SMTP_TO" => "me@example.com, Her <her@example.com>",
        _ => null,
    });
}
