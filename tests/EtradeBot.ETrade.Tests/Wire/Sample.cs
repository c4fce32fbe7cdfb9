using System.Text;
using System.Text.Json.Nodes;
using EtradeBot.Market;

namespace EtradeBot.ETrade.Wire;

/// <summary>The stored answers of the broker.</summary>
static class Sample
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 3, 10, 14, 15, 43, TimeSpan.Zero);

    public static byte[] Bytes(string file) => File.ReadAllBytes(TestFolders.Golden("etrade", file));

    public static string Text(string file) => File.ReadAllText(TestFolders.Golden("etrade", file));

    /// <summary>The sample with some of it changed.</summary>
    public static byte[] Changed(string file, Action<JsonNode> change)
    {
        var root = JsonNode.Parse(Text(file))!;
        change(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public static Symbol[] Symbols(params string[] tickers) => [.. tickers.Select(Symbol.Parse)];
}
