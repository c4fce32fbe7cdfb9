using System.Text.Json;

namespace EtradeBot.Simulator.Protocol.OAuth;

public sealed class OAuthSignatureTests
{
    public static TheoryData<string> Vectors() => [.. Document().Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_published_vector_has_the_same_base_string_and_signature(string name)
    {
        var vector = Document().Single(vector => vector.GetProperty("name").GetString() == name);
        string Text(string member) => vector.GetProperty(member).GetString()!;
        var address = RequestAddress.Of(Text("url"));
        var oauth = vector.GetProperty("oauth").EnumerateObject().Select(member => new KeyValuePair<string, string>(member.Name, member.Value.GetString()!));
        var baseString = OAuthSignature.BaseString(Text("method"), address, [.. oauth, .. address.Parameters()]);
        Assert.Equal(Text("baseString"), baseString);
        Assert.Equal(Text("signature"), OAuthSignature.Compute(baseString, Text("consumerSecret"), Text("tokenSecret")));
    }

    [Fact]
    public void There_are_as_many_vectors_as_the_file_is_known_to_hold() => Assert.Equal(10, Document().Count);

    [Theory]
    [InlineData("a b+c/d=e%~é", "a%20b%2Bc%2Fd%3De%25~%C3%A9")]
    [InlineData("", "")]
    public void Encoding_leaves_only_unreserved_characters(string plain, string encoded)
    {
        Assert.Equal(encoded, Percent.Encode(plain));
        Assert.Equal(plain, Percent.Decode(encoded));
    }

    [Theory]
    [InlineData("100%", "100%")]
    [InlineData("%zz%4", "%zz%4")]
    [InlineData("%41%", "A%")]
    public void An_escape_that_is_none_stays(string sent, string read) => Assert.Equal(read, Percent.Decode(sent));

    static List<JsonElement> Document()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(TestFolders.Golden("etrade", "oauth-signature-vectors.json")));
        return [.. file.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => vector.Clone())];
    }
}
