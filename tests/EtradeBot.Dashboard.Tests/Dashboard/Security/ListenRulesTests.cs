using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Dashboard.Security;

public sealed class ListenRulesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Unless_told_otherwise_only_this_machine_is_listened_to()
    {
        var options = new DashboardOptions { StateFolder = _folder.Path };
        Assert.Equal((IPAddress.Loopback, 8501, true), (options.Address, options.Port, options.IsLoopback));
        Assert.Null(ListenRules.Check(options, new(_folder.Path), TimeProvider.System));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public void This_machine_needs_neither_user_nor_certificate(string address) => Assert.Null(Check(address));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.7")]
    public void Elsewhere_without_anybody_who_could_log_in_is_refused_even_with_a_certificate(string address)
    {
        var refusal = Refusal(address, RunningServer.Certificate(_folder["own.pem"]));
        Assert.Equal($"listening at {address} needs somebody who can log in: run 'etrade-bot user add NAME --role admin --data {_folder.Path}' first", refusal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.7")]
    public async Task Elsewhere_without_https_is_refused_even_with_users(string address)
    {
        await AddUserAsync();
        Assert.Equal($"listening at {address} needs HTTPS: run 'etrade-bot dashboard --address {address} --certificate FILE' with a certificate and its key (.pem or .pfx)", Refusal(address));
    }

    [Fact]
    public async Task Elsewhere_with_both_is_listened_to_and_the_certificate_says_under_which_names()
    {
        await AddUserAsync();
        using var certificate = Check("0.0.0.0", RunningServer.Certificate(_folder["own.pem"]));
        Assert.Equal(["bot.example", "127.0.0.1"], ListenRules.NamesOf(certificate));
        Assert.True(certificate!.HasPrivateKey);
    }

    [Fact]
    public void This_machine_may_have_https_too()
    {
        using var certificate = Check("127.0.0.1", RunningServer.Certificate(_folder["own.pem"]));
        Assert.NotNull(certificate);
    }

    [Fact]
    public void A_pfx_without_a_password_is_read_as_well()
    {
        using var pem = Check("127.0.0.1", RunningServer.Certificate(_folder["own.pem"]));
        File.WriteAllBytes(_folder["own.pfx"], pem!.Export(X509ContentType.Pkcs12));
        using var pfx = Check("127.0.0.1", _folder["own.pfx"]);
        Assert.Equal(pem.Thumbprint, pfx!.Thumbprint);
        File.WriteAllBytes(_folder["locked.pfx"], pem.Export(X509ContentType.Pkcs12, "secret"));
        Assert.Contains("cannot be read", Refusal("127.0.0.1", _folder["locked.pfx"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_will_not_do_is_refused_with_its_file_and_the_reason()
    {
        Assert.StartsWith($"there is no certificate {_folder["none.pem"]}: ", Refusal("127.0.0.1", _folder["none.pem"]), StringComparison.Ordinal);
        Assert.StartsWith($"the certificate {_folder.Path}/text.pem cannot be read (", Refusal("127.0.0.1", _folder.Write("text.pem", "no certificate")), StringComparison.Ordinal);
        var whole = File.ReadAllText(RunningServer.Certificate(_folder["own.pem"]));
        var half = _folder.Write("half.pem", whole[..whole.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)]);
        Assert.StartsWith($"the certificate {half} ", Refusal("127.0.0.1", half), StringComparison.Ordinal);
        var old = RunningServer.Certificate(_folder["old.pem"], daysLeft: -1);
        Assert.Equal($"the certificate {old} has expired: renew it, then run 'etrade-bot dashboard --certificate {old}' again", Refusal("127.0.0.1", old));
    }

    [Fact]
    public void A_certificate_counts_to_its_last_second()
    {
        var file = RunningServer.Certificate(_folder["own.pem"]);
        using var certificate = X509CertificateLoader.LoadCertificate(PemOf(file));
        var time = new FakeTimeProvider(new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).AddSeconds(-1));
        var options = Options("127.0.0.1", file);
        using (ListenRules.Check(options, new(_folder.Path), time)) time.Advance(TimeSpan.FromSeconds(1));
        Assert.Throws<UsageException>(() => ListenRules.Check(options, new(_folder.Path), time));
    }

    static byte[] PemOf(string file)
    {
        var text = File.ReadAllText(file);
        var fields = PemEncoding.Find(text);
        return Convert.FromBase64String(text[fields.Base64Data]);
    }

    async Task AddUserAsync()
    {
        using var accounts = new UserAccounts(_folder.Path, TimeProvider.System);
        await accounts.AddAsync("ann", Role.Admin, RunningServer.Password);
    }

    DashboardOptions Options(string address, string? certificate) => new() { Address = IPAddress.Parse(address), StateFolder = _folder.Path, CertificateFile = certificate };

    X509Certificate2? Check(string address, string? certificate = null) => ListenRules.Check(Options(address, certificate), new(_folder.Path), TimeProvider.System);

    string Refusal(string address, string? certificate = null) => Assert.Throws<UsageException>(() => Check(address, certificate)).Message;
}
