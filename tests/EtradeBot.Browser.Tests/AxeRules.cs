using System.Text.Json;

namespace EtradeBot.Browser;

/// <summary>Deque's rules of accessibility, run inside the page.</summary>
static class AxeRules
{
    static readonly string Source = Read();

    /// <summary>What is serious or critical: one line each, with the element.</summary>
    public static async Task<string[]> SeriousFindingsAsync(IPage page)
    {
        await page.EvaluateAsync(Source);
        var result = await page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return [.. from finding in result.GetProperty("violations").EnumerateArray()
                   where finding.GetProperty("impact").GetString() is "serious" or "critical"
                   from node in finding.GetProperty("nodes").EnumerateArray()
                   select $"{finding.GetProperty("id")}: {finding.GetProperty("help")} at {node.GetProperty("html")} {node.GetProperty("failureSummary")}"];
    }

    static string Read()
    {
        using var reader = new StreamReader(typeof(AxeRules).Assembly.GetManifestResourceStream("axe.js")!);
        return reader.ReadToEnd();
    }
}
