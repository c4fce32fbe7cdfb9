using EtradeBot.Simulator.Protocol.OAuth;

namespace EtradeBot.Simulator.Protocol;

/// <summary>The parts of an absolute URL with their escapes as they were sent. No library class: those tidy up what signatures depend on.</summary>
sealed record RequestAddress(string Scheme, string Host, string Path, string Query)
{
    const string UsualHttpPort = ":80";
    const string UsualHttpsPort = ":443";

    /// <summary>What takes part in the signature: the usual port is dropped, scheme and host are in lower case.</summary>
    public string Signed => Root + Path;

    /// <summary>Scheme, host and port, for links in answers.</summary>
    public string Root => $"{Scheme}://{Host}";

    public static RequestAddress Of(string url)
    {
        var schemeEnd = url.IndexOf("://", StringComparison.Ordinal);
        var scheme = schemeEnd < 0 ? "http" : url[..schemeEnd].ToLowerInvariant();
        var rest = schemeEnd < 0 ? url : url[(schemeEnd + 3)..];
        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) rest = rest[..fragment];
        var hostEnd = rest.AsSpan().IndexOfAny('/', '?');
        if (hostEnd < 0) hostEnd = rest.Length;
        var target = rest[hostEnd..];
        var queryStart = target.IndexOf('?', StringComparison.Ordinal);
        var path = queryStart < 0 ? target : target[..queryStart];
        return new RequestAddress(scheme, WithoutUsualPort(scheme, rest[..hostEnd].ToLowerInvariant()), path.Length == 0 ? "/" : path, queryStart < 0 ? "" : target[(queryStart + 1)..]);
    }

    /// <summary>Decoded pairs of the query, in their order.</summary>
    public List<KeyValuePair<string, string>> Parameters() => Percent.Form(Query);

    static string WithoutUsualPort(string scheme, string host)
    {
        var usual = scheme == "https" ? UsualHttpsPort : UsualHttpPort;
        return host.EndsWith(usual, StringComparison.Ordinal) ? host[..^usual.Length] : host;
    }
}
