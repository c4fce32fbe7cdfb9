namespace EtradeBot.Execution.Disk;

public sealed class FolderDiskTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("etrade-bot-disk-").FullName;
    readonly FolderDisk _disk;

    public FolderDiskTests() => _disk = new FolderDisk(Path.Combine(_folder, "state"));

    public void Dispose()
    {
        _disk.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void What_is_appended_replaced_and_cut_is_what_is_read()
    {
        Assert.Null(_disk.Read("a"));
        _disk.Append("a", "one"u8);
        _disk.Append("a", "two"u8);
        Assert.Equal("onetwo"u8.ToArray(), _disk.Read("a"));
        _disk.Truncate("a", 4);
        _disk.Append("a", "!"u8);
        Assert.Equal("onet!"u8.ToArray(), _disk.Read("a"));
        _disk.Replace("a", "new"u8);
        _disk.Append("a", "er"u8);
        Assert.Equal("newer"u8.ToArray(), _disk.Read("a"));
        Assert.Equal(["a"], Directory.GetFiles(Path.Combine(_folder, "state")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named_with_the_reason()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "state", "a"));
        Assert.Contains(Path.Combine("state", "a") + " cannot be written: ", Assert.Throws<IOException>(() => _disk.Append("a", "x"u8)).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", Assert.Throws<IOException>(() => _disk.Replace("a", "x"u8)).Message, StringComparison.Ordinal);
    }
}
