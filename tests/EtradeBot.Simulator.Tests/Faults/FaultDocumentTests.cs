using System.Text;

namespace EtradeBot.Simulator.Faults;

/// <summary>The document lists every fault as the program does. GOLDEN_ACCEPT=1 rewrites its table.</summary>
public sealed class FaultDocumentTests
{
    const string Begin = "<!-- faults -->\n", End = "<!-- /faults -->";

    [Fact]
    public void The_document_lists_every_fault_and_every_call()
    {
        var file = Path.Combine(TestFolders.Root, "docs", "simulator.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var expected = Table();
        if (Environment.GetEnvironmentVariable("GOLDEN_ACCEPT") == "1") File.WriteAllText(file, text[..begin] + expected + text[end..]);
        Assert.Equal(expected, File.ReadAllText(file)[begin..].Split(End)[0]);
    }

    static string Table()
    {
        var table = new StringBuilder($"Calls: `{string.Join("` `", FaultCatalog.Calls)}`, or `*` for any.\n\n| fault | layer | what happens |\n|---|---|---|\n");
        foreach (var fault in FaultCatalog.All) table.Append($"| `{fault.Name}` | {fault.Layer} | {fault.About} |\n");
        return table.ToString();
    }
}
