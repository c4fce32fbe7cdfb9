using System.Globalization;
using System.Text.RegularExpressions;

namespace EtradeBot.App.Dashboard;

/// <summary>The colours of the style sheet, whatever the market does: the browser tests see only those that are on the page that day.</summary>
public sealed partial class ColourTests
{
    static readonly string[] Inks = ["text", "faint", "accent", "danger", "warn", "good", "up", "down"];
    static readonly string[] Papers = ["bg", "surface", "raised"];

    [Theory]
    [InlineData("dark", ":root")]
    [InlineData("light", ":root", "html[data-theme=\"light\"]")]
    [InlineData("dark, classic", ":root", "html[data-palette=\"classic\"]")]
    [InlineData("light, classic", ":root", "html[data-theme=\"light\"]", "html[data-palette=\"classic\"]", "html[data-theme=\"light\"][data-palette=\"classic\"]")]
    public void Every_colour_of_text_stands_out_on_every_background(string theme, params string[] rules)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var rule in rules)
            foreach (Match token in Token().Matches(Rule(rule)))
                tokens[token.Groups[1].Value] = token.Groups[2].Value;
        var weak = from ink in Inks
                   from paper in Papers
                   let contrast = Contrast(tokens[ink], tokens[paper])
                   where contrast < 4.5
                   select string.Create(CultureInfo.InvariantCulture, $"{theme}: --{ink} on --{paper} {contrast:0.00}");
        Assert.Empty(weak);
    }

    [Fact]
    public void White_on_black_has_the_contrast_that_the_rule_gives_it() => Assert.Equal(21, Contrast("ffffff", "000000"), 6);

    static string Rule(string selector)
    {
        var sheet = File.ReadAllText(Path.Combine(TestFolders.Root, "src", "EtradeBot.App", "wwwroot", "app.css"));
        var rule = Regex.Match(sheet, $@"^{Regex.Escape(selector)} \{{([^}}]*)\}}", RegexOptions.Multiline);
        Assert.True(rule.Success, $"app.css has no rule {selector}");
        return rule.Groups[1].Value;
    }

    /// <summary>WCAG 2.2, definition of contrast ratio.</summary>
    static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    static double Luminance(string colour) => 0.2126 * Channel(colour[..2]) + 0.7152 * Channel(colour[2..4]) + 0.0722 * Channel(colour[4..]);

    static double Channel(string hex)
    {
        var value = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex("--([a-z]+): #([0-9a-f]{6})")]
    private static partial Regex Token();
}
