namespace EtradeBot.App.Reports;

/// <summary>Text that a test must reproduce to the byte. <c>GOLDEN_ACCEPT=1</c> writes it anew, for the difference to be reviewed.</summary>
static class GoldenFile
{
    public static void MustEqual(string name, string text)
    {
        var path = TestFolders.Golden("results", name);
        if (Environment.GetEnvironmentVariable("GOLDEN_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Assert.Equal(File.ReadAllText(path), text);
    }
}
