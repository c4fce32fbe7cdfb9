using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EtradeBot.App.Commands;
using EtradeBot.App.Hosting.Security;

namespace EtradeBot.App.Dashboard.Security;

/// <summary>What must be there before the dashboard listens: off this machine a user and a certificate, never plain HTTP.</summary>
static class ListenRules
{
    /// <returns>The certificate to listen with; null for plain HTTP on loopback.</returns>
    /// <exception cref="UsageException">Something is missing: one sentence with the command to run.</exception>
    public static X509Certificate2? Check(DashboardOptions options, UserDirectory users, TimeProvider time)
    {
        if (!options.IsLoopback && !users.DemandsLogin)
            throw new UsageException($"listening at {options.Address} needs somebody who can log in: run 'etrade-bot user add NAME --role admin --data {options.StateFolder}' first");
        if (options.CertificateFile is not { } file)
            return options.IsLoopback ? null : throw new UsageException($"listening at {options.Address} needs HTTPS: run 'etrade-bot dashboard --address {options.Address} --certificate FILE' with a certificate and its key (.pem or .pfx)");
        var certificate = Load(file);
        if (certificate.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime) throw new UsageException($"the certificate {file} has expired: renew it, then run 'etrade-bot dashboard --certificate {file}' again");
        return certificate;
    }

    static X509Certificate2 Load(string file)
    {
        if (!File.Exists(file)) throw new UsageException($"there is no certificate {file}: give a .pem with certificate and key, or a .pfx without a password, with --certificate FILE");
        try
        {
            var isPem = File.ReadAllText(file).Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal);
            var certificate = isPem ? FromPem(file) : X509CertificateLoader.LoadPkcs12FromFile(file, password: null);
            return certificate.HasPrivateKey ? certificate : throw new UsageException($"the certificate {file} has no key: put both into one .pem, or make a .pfx of them, and give that with --certificate FILE");
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw new UsageException($"the certificate {file} cannot be read ({problem.Message.TrimEnd('.')}): give a .pem with certificate and unencrypted key, or a .pfx without a password, with --certificate FILE");
        }
    }

    /// <summary>Windows wants the key in its own store, which the way through PKCS #12 gives.</summary>
    static X509Certificate2 FromPem(string file)
    {
        using var pem = X509Certificate2.CreateFromPemFile(file);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>The names that the certificate vouches for, in lower case.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2? certificate) =>
        certificate?.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())))
            .Select(name => name.ToLowerInvariant()).ToList() ?? [];
}
