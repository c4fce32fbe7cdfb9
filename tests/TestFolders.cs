namespace EtradeBot;

/// <summary>Where tests find their files: the golden files of the repository, and the candle files that may not be copied into it.</summary>
static class TestFolders
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file under <c>tests/golden</c>.</summary>
    public static string Golden(params string[] parts) => Path.Combine([Root, "tests", "golden", .. parts]);

    /// <summary>A file or folder of the real candle data beside the repository; skips the test, with the reason, where it is missing.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Root, "..", "shared", .. parts]);
        if (!Path.Exists(path)) Assert.Skip($"needs the candle files of ../shared/{string.Join('/', parts)}, which may not be copied into the repository");
        return path;
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EtradeBot.slnx"))) return folder.FullName;
        throw new InvalidOperationException("the tests run from a build inside the repository only");
    }
}
