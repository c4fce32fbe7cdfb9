using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace EtradeBot.Notify.Channels;

/// <summary>A real SMTP server of another make, with a certificate made for it.</summary>
sealed class MailServer : IDisposable
{
    const string Python = "/usr/bin/python3";

    readonly Process _process;
    readonly Scratch _folder;

    MailServer(Process process, Scratch folder, X509Certificate2 certificate) => (_process, _folder, Certificate) = (process, folder, certificate);

    public int Port { get; private set; }

    public X509Certificate2 Certificate { get; }

    /// <param name="mode"><c>starttls</c> or <c>tls</c>.</param>
    /// <param name="reply">Its answer to every message; null for 250.</param>
    public static async Task<MailServer> StartAsync(string mode, string? reply = null)
    {
        Assert.SkipUnless(File.Exists(Python) && Runs(Python, "-c", "import aiosmtpd"), "needs Debian's python3-aiosmtpd");
        var folder = new Scratch();
        var certificate = Certify();
        var (certificateFile, keyFile) = (Path.Combine(folder.Path, "certificate.pem"), Path.Combine(folder.Path, "key.pem"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(keyFile, certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        string[] arguments = ["-W", "ignore", Path.Combine(TestFolders.Root, "tests", "independent", "smtp_server.py"), mode, certificateFile, keyFile, "bot@example.com", "pass word+1", .. reply is null ? Array.Empty<string>() : [reply]];
        var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var server = new MailServer(process, folder, certificate);
        server.Port = int.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, System.Globalization.CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>Ends the server and reads what it took.</summary>
    public IReadOnlyList<JsonElement> MailsAtTheEnd()
    {
        _process.StandardInput.Close();
        return [.. _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    static X509Certificate2 Certify()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }

    static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        Certificate.Dispose();
        _folder.Dispose();
    }
}
