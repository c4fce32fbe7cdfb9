using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace EtradeBot.Notify.Channels;

/// <summary>E-mail over the owner's SMTP server, as text and HTML.</summary>
/// <remarks>Settings: SMTP_SERVER, SMTP_PORT, SMTP_TLS, SMTP_USER, SMTP_PASS, SMTP_FROM, SMTP_TO. Replies: RFC 5321, 4yz to be tried again, 5yz refused.</remarks>
sealed class EmailChannel(EmailChannel.Account account) : INoticeChannel
{
    public const string ChannelName = "email";

    const int SubmissionPort = 587;

    public sealed record Account(string Server, int Port, SecureSocketOptions Tls, InternetAddressList From, InternetAddressList To)
    {
        public (string User, string Password)? Login { get; init; }
    }

    public string Name => ChannelName;

    /// <summary>An authority to trust besides the system's; for tests against a server of their own.</summary>
    internal X509Certificate2? Authority { get; init; }

    public static ChannelSetup From(SettingReader settings) => settings.Set(ChannelName, ["SMTP_SERVER", "SMTP_TO"], () => new EmailChannel(Read(settings)), "SMTP_USER", "SMTP_PASS", "SMTP_FROM");

    internal static Account Read(SettingReader settings)
    {
        var server = settings["SMTP_SERVER"]!;
        var (user, password) = (settings["SMTP_USER"], settings["SMTP_PASS"]);
        if (user is null != password is null) throw new FormatException($"{(user is null ? "SMTP_USER" : "SMTP_PASS")} is not set: a login needs both");
        var from = settings["SMTP_FROM"] is { } set ? Addresses("SMTP_FROM", set) : user?.Contains('@', StringComparison.Ordinal) == true ? Addresses("SMTP_USER", user) : throw new FormatException("SMTP_FROM is not set, and SMTP_USER is no address");
        var port = SubmissionPort;
        if (settings["SMTP_PORT"] is { } text && (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)) throw new FormatException("SMTP_PORT is no port: 1 to 65535");
        return new(server, port, Tls(settings["SMTP_TLS"], server, port), from, Addresses("SMTP_TO", settings["SMTP_TO"]!))
        {
            Login = user is null ? null : (user, password!),
        };
    }

    static InternetAddressList Addresses(string name, string text) =>
        InternetAddressList.TryParse(text, out var list) && list.Mailboxes.Any() && list.Mailboxes.All(box => box.Address.Contains('@', StringComparison.Ordinal)) ? list : throw new FormatException($"{name} is no e-mail address");

    static SecureSocketOptions Tls(string? setting, string server, int port) => setting switch
    {
        "starttls" => SecureSocketOptions.StartTls,
        "tls" => SecureSocketOptions.SslOnConnect,
        null => port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
        "none" when server is "localhost" || System.Net.IPAddress.TryParse(server, out var address) && System.Net.IPAddress.IsLoopback(address) => SecureSocketOptions.None,
        "none" => throw new FormatException("SMTP_TLS=none is for a server on this machine only"),
        _ => throw new FormatException("SMTP_TLS is starttls, tls or none"),
    };

    public async Task<ChannelAnswer> SendAsync(Message message, CancellationToken cancel)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        if (Authority is not null) client.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors);
        var hasLeft = false;
        try
        {
            await client.ConnectAsync(account.Server, account.Port, account.Tls, cancel);
            if (account.Login is var (user, password)) await client.AuthenticateAsync(user, password, cancel);
            hasLeft = true;
            var words = await client.SendAsync(Compose(message), cancel);
            await QuitAsync(client, cancel);
            return new ChannelAnswer.Delivered(WebCall.OneLine(words));
        }
        catch (AuthenticationException problem)
        {
            return new ChannelAnswer.Refused(WebCall.OneLine($"{problem.Message} (check SMTP_USER and SMTP_PASS)"));
        }
        catch (SmtpCommandException problem)
        {
            var words = WebCall.OneLine($"{(int)problem.StatusCode} {problem.Message}");
            return (int)problem.StatusCode < 500 ? new ChannelAnswer.TryAgain(words) : new ChannelAnswer.Refused(words);
        }
        catch (Exception problem) when (problem is SocketException or IOException or SslHandshakeException or ProtocolException or ServiceNotConnectedException)
        {
            return new ChannelAnswer.TryAgain(WebCall.OneLine($"{account.Server}: {problem.Message}")) { MayHaveArrived = hasLeft };
        }
        catch (NotSupportedException problem)
        {
            return new ChannelAnswer.Refused(WebCall.OneLine($"{account.Server}: {problem.Message} (check SMTP_TLS)"));
        }
    }

    /// <summary>The server has taken the message: a farewell that fails changes nothing.</summary>
    static async Task QuitAsync(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception problem) when (problem is IOException or SocketException or ProtocolException or OperationCanceledException or SmtpCommandException)
        {
            // As said above.
        }
    }

    MimeMessage Compose(Message message)
    {
        var mail = new MimeMessage(account.From, account.To, $"[{message.Level}] {message.Title}", new BodyBuilder { TextBody = $"{message.Title}\n\n{message.Text}\n", HtmlBody = Html(message) }.ToMessageBody())
        {
            MessageId = $"{message.Id}@{account.From.Mailboxes.First().Domain}",
        };
        if (message.Level == NoticeLevel.Critical) mail.Priority = MessagePriority.Urgent;
        return mail;
    }

    static string Html(Message message)
    {
        var colour = message.Level switch { NoticeLevel.Critical => "#b00020", NoticeLevel.Warning => "#a15c00", _ => "#1a5fb4" };
        var text = System.Net.WebUtility.HtmlEncode(message.Text).Replace("\n", "<br>\n", StringComparison.Ordinal);
        return $"""
            <!doctype html><html><body style="font-family:sans-serif">
            <h2 style="color:{colour}">{System.Net.WebUtility.HtmlEncode(message.Title)}</h2>
            <p>{text}</p>
            </body></html>
            """;
    }

    bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors is not (SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateChainErrors) || certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(Authority!);
        using var copy = new X509Certificate2(certificate);
        return errors == SslPolicyErrors.None || chain.Build(copy);
    }
}
