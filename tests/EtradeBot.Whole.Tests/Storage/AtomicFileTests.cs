using System.Text;

namespace EtradeBot.App.Storage;

public sealed class AtomicFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_file_and_its_folders_are_created()
    {
        AtomicFile.Write(_folder["a", "b", "c.txt"], Text("one"));
        Assert.Equal("one", File.ReadAllText(_folder["a", "b", "c.txt"]));
        Assert.Equal(["a/b/c.txt"], _folder.Files());
    }

    [Fact]
    public void The_old_text_is_replaced_whole()
    {
        var path = _folder.Write("c.txt", "a much longer text than the new one");
        AtomicFile.Write(path, Text("two"));
        Assert.Equal("two", File.ReadAllText(path));
    }

    [Fact]
    public void A_failure_while_writing_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder.Write("c.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1_000_000]);
            throw new InvalidOperationException("half-way");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["c.txt"], _folder.Files());
    }

    [Fact]
    public void A_full_disk_is_named_in_plain_words()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full, the disk that is always full");
        var problem = Assert.Throws<IOException>(() => AtomicFile.Write("/dev/full", Text("one")));
        Assert.Equal("cannot write /dev/full: the disk is full; what was there before is unchanged", problem.Message);
        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        _folder.Write("real.txt", "old");
        File.CreateSymbolicLink(_folder["link.txt"], _folder["real.txt"]);
        AtomicFile.Write(_folder["link.txt"], Text("new"));
        Assert.Equal("new", File.ReadAllText(_folder["real.txt"]));
        Assert.NotNull(new FileInfo(_folder["link.txt"]).LinkTarget);
    }

    [Fact]
    public void A_folder_in_the_way_is_named()
    {
        Directory.CreateDirectory(_folder["c.txt"]);
        var problem = Assert.Throws<IOException>(() => AtomicFile.Write(_folder["c.txt"], Text("one")));
        Assert.Contains("it is a folder", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_by_the_next_write()
    {
        _folder.Write(".c.txt.99999-1.tmp", "half");
        _folder.Write(".other.txt.99999-1.tmp", "somebody else's");
        AtomicFile.Write(_folder["c.txt"], Text("one"));
        Assert.Equal([".other.txt.99999-1.tmp", "c.txt"], _folder.Files());
    }

    [Fact]
    public void Two_writers_at_once_do_not_disturb_each_other()
    {
        AtomicFile.Write(_folder["c.txt"], outer =>
        {
            outer.Write("outer"u8);
            AtomicFile.Write(_folder["c.txt"], Text("inner"));
            Assert.Equal("inner", File.ReadAllText(_folder["c.txt"]));
        });
        Assert.Equal("outer", File.ReadAllText(_folder["c.txt"]));
        Assert.Equal(["c.txt"], _folder.Files());
    }

    [Fact]
    public void Files_of_a_folder_appear_together()
    {
        using (var folder = new AtomicFolder(_folder["run"]))
        {
            folder.Add("a.txt", Text("a"));
            folder.Add("b.txt", Text("b"));
            Assert.False(File.Exists(_folder["run", "a.txt"]));
            folder.Commit();
        }
        Assert.Equal(["run/a.txt", "run/b.txt"], _folder.Files());
    }

    [Fact]
    public void Files_of_a_folder_do_not_appear_when_one_fails()
    {
        _folder.Write("run/a.txt", "old");
        Assert.Throws<InvalidOperationException>(() =>
        {
            using var folder = new AtomicFolder(_folder["run"]);
            folder.Add("a.txt", Text("new"));
            folder.Add("b.txt", _ => throw new InvalidOperationException("no"));
            folder.Commit();
        });
        Assert.Equal("old", File.ReadAllText(_folder["run", "a.txt"]));
        Assert.Equal(["run/a.txt"], _folder.Files());
    }
}
