using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace EtradeBot.ETrade.Http;

/// <summary>Signs each attempt with a nonce and a time of its own; the last handler before the socket, so that a retry is never a repetition.</summary>
sealed class SigningHandler(ConsumerKey consumer, TimeProvider time) : DelegatingHandler
{
    const int NonceCharacters = 32;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = CallState.Of(request);
        var oauth = Parameters(state);
        var text = OAuthSignature.BaseString(request.Method, request.RequestUri!, oauth);
        var signature = OAuthSignature.Sign(text, consumer.Secret, state.TokenSecret);
        request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", OAuthSignature.Header(oauth, signature));
        return base.SendAsync(request, cancellationToken);
    }

    List<(string Name, string Value)> Parameters(CallState state)
    {
        List<(string Name, string Value)> oauth =
        [
            ("oauth_consumer_key", consumer.Key),
            ("oauth_nonce", RandomNumberGenerator.GetHexString(NonceCharacters, lowercase: true)),
            ("oauth_signature_method", OAuthSignature.Method),
            ("oauth_timestamp", time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("oauth_version", "1.0"),
            .. state.OAuthExtras,
        ];
        if (state.Token.Length > 0) oauth.Add(("oauth_token", state.Token));
        return oauth;
    }
}
