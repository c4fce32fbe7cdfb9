using System.Globalization;
using System.Reflection;
using System.Text;

namespace EtradeBot.Analysis;

/// <summary>The documents say what the program does. GOLDEN_ACCEPT=1 rewrites the generated part; its diff is reviewed.</summary>
public class AnalysisDocumentTests
{
    const string Begin = "<!-- from here on written from the rules themselves -->\n";

    static string Document(string name) => Path.Combine(TestFolders.Root, "docs", name);

    [Fact]
    public void The_rules_in_the_document_are_those_of_the_program()
    {
        var file = Document("patterns.md");
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var expected = string.Concat(PatternTable.Rows.Select(Section));
        if (Environment.GetEnvironmentVariable("GOLDEN_ACCEPT") == "1") File.WriteAllText(file, text[..start] + expected);
        else Assert.Equal(expected, text[start..]);
    }

    [Fact]
    public void The_thresholds_in_the_document_are_those_of_the_program()
    {
        var text = File.ReadAllText(Document("patterns.md"));
        foreach (var field in typeof(Threshold).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var (name, of, period, factor) = (Threshold)field.GetValue(null)!;
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {name} | {of.ToString().ToLowerInvariant()} | {period} | {factor:0.0} |"), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_public_indicator_is_documented()
    {
        var text = File.ReadAllText(Document("indicators.md"));
        foreach (var indicator in AnyIndicator.All) Assert.Contains($"`{indicator.Method.Name}(", text, StringComparison.Ordinal);
    }

    static string Section(PatternRule row)
    {
        var info = row.Info;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n### {info.Name} (`{info.TaLibName}`)\n\n{info.Description}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Reading(info.Bias)}; {Count(info.Candles)}; first at index {info.FirstIndex}. Value: {Value(row)}.\n\n");
        foreach (var condition in row.Conditions) text.Append(CultureInfo.InvariantCulture, $"- {condition.Words}: `{condition.Test}`\n");
        foreach (var variant in row.Variants)
            if (row.Variants.Length > 1) text.Append(CultureInfo.InvariantCulture, $"- {Math.Abs(variant.Value)} {When(variant)}\n");
        return text.ToString();
    }

    static string When(Variant variant) => variant.Conditions.Length == 0
        ? "otherwise"
        : "when " + string.Join(" and ", variant.Conditions.Select(condition => $"{condition.Words}: `{condition.Test}`"));

    static string Value(PatternRule row) => row.Sign switch
    {
        SignRule.ByOwnColour => $"{Values(row)}, positive when the candle is white, negative when black",
        SignRule.AgainstPreviousColour => $"{Values(row)}, positive when the candle before is black, negative when white",
        _ => Values(row),
    };

    static string Values(PatternRule row) => string.Join(" or ", row.Variants.Select(variant => variant.Value).Distinct());

    static string Count(int candles) => candles == 1 ? "one candle" : $"{candles} candles";

    static string Reading(PatternBias bias) => bias switch
    {
        PatternBias.EitherWay => "Bullish or bearish",
        PatternBias.Neutral => "No direction",
        _ => bias.ToString(),
    };
}
