using System.Text.Json;

namespace EtradeBot.ETrade.Http;

/// <summary>Against vectors computed by two independent implementations, one of them published in the broker's developer guide.</summary>
public sealed class OAuthSignatureTests
{
    public static TheoryData<string> Names => [.. Vectors().Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_vector_gives_its_base_string_and_signature(string name)
    {
        var vector = Vectors().Single(vector => vector.GetProperty("name").GetString() == name);
        var oauth = vector.GetProperty("oauth").EnumerateObject().Select(pair => (pair.Name, pair.Value.GetString()!));
        var text = OAuthSignature.BaseString(new HttpMethod(Text(vector, "method")), new Uri(Text(vector, "url")), oauth);
        Assert.Equal(Text(vector, "baseString"), text);
        Assert.Equal(Text(vector, "signature"), OAuthSignature.Sign(text, Text(vector, "consumerSecret"), Text(vector, "tokenSecret")));
    }

    [Fact]
    public void The_ten_vectors_are_all_there() => Assert.Equal(10, Names.Count);

    [Fact]
    public void Query_parts_are_unescaped_before_they_are_signed_and_repeated_names_are_sorted_by_value()
    {
        // RFC 5849 section 3.4.1.3.2, without the parameters of the body.
        var url = new Uri("http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&a3=2+q&flag");
        var text = OAuthSignature.BaseString(HttpMethod.Get, url, []);
        Assert.Equal("GET&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26flag%3D", text);
    }

    [Fact]
    public void An_escape_in_the_path_is_signed_as_it_is_sent() =>
        Assert.StartsWith("GET&http%3A%2F%2F127.0.0.1%3A81%2Fv1%2Fa%252Cb%2Cc%2F%25C3%25A9&", OAuthSignature.BaseString(HttpMethod.Get, new Uri("http://127.0.0.1:81/v1/a%2Cb,c/%C3%A9"), []), StringComparison.Ordinal);

    [Fact]
    public void The_header_escapes_each_value_once() =>
        Assert.Equal("oauth_token=\"a%2Fb%2Bc%3D\", oauth_signature=\"x%2B%3D\"", OAuthSignature.Header([("oauth_token", "a/b+c=")], "x+="));

    static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    static List<JsonElement> Vectors()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(TestFolders.Golden("etrade", "oauth-signature-vectors.json")));
        return [.. file.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }
}
