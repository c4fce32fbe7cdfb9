using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.App.Hosting.Security;

public sealed class AuditLogTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly AuditLog _log;

    public AuditLogTests() => _log = new(_folder.Path, new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero)));

    string File => _folder["audit.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_newest_first_and_fits_together()
    {
        Fill(4);
        var report = AuditReader.Read(_log);
        Assert.Equal(["3", "2", "1", "0"], report.Entries.Select(entry => entry.Detail));
        Assert.Equal(new AuditEntry(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero), "ada", "test", "0"), report.Entries[^1]);
        Assert.Empty(report.Faults);
    }

    [Fact]
    public void A_changed_line_is_found_and_told_where()
    {
        Fill(5);
        var lines = System.IO.File.ReadAllLines(File);
        lines[2] = lines[2].Replace("\"2\"", "\"two\"", StringComparison.Ordinal);
        System.IO.File.WriteAllLines(File, lines);
        Assert.Equal([3, 4], AuditReader.Read(_log).Faults.Select(fault => fault.Line));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public void A_missing_line_is_found_and_told_where(int missing, int told)
    {
        Fill(5);
        System.IO.File.WriteAllLines(File, System.IO.File.ReadAllLines(File).Where((_, i) => i != missing));
        Assert.Equal(told, Assert.Single(AuditReader.Read(_log).Faults).Line);
    }

    [Fact]
    public void A_change_of_the_last_line_is_found_too()
    {
        Fill(2);
        System.IO.File.WriteAllText(File, System.IO.File.ReadAllText(File).Replace("\"1\"", "\"9\"", StringComparison.Ordinal));
        Assert.Equal(2, Assert.Single(AuditReader.Read(_log).Faults).Line);
    }

    [Fact]
    public void A_line_that_a_stopped_process_left_half_written_is_named_and_the_chain_goes_on()
    {
        Fill(2);
        System.IO.File.AppendAllText(File, "{\"at\":\"2026");
        Fill(1);
        var report = AuditReader.Read(_log);
        Assert.Equal(3, Assert.Single(report.Faults).Line);
        Assert.Equal(3, report.Entries.Count);
    }

    [Fact]
    public void Several_writers_make_one_chain()
    {
        var logs = Enumerable.Range(0, 4).Select(_ => new AuditLog(_folder.Path, TimeProvider.System)).ToList();
        Parallel.ForEach(Enumerable.Range(0, 60), i => logs[i % 4].Write(Actors.Admin, "test", new string('x', i * 300)));
        var report = AuditReader.Read(_log);
        Assert.Equal(60, report.Entries.Count);
        Assert.Empty(report.Faults);
    }

    [Fact]
    public void A_full_disk_is_said_and_leaves_no_half_line()
    {
        if (!System.IO.File.Exists("/dev/full")) Assert.Skip("needs /dev/full");
        System.IO.File.CreateSymbolicLink(File, "/dev/full");
        Assert.Contains("disk is full", Assert.Throws<IOException>(() => Fill(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_its_owner_may_read_the_file()
    {
        Fill(1);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    void Fill(int lines)
    {
        for (var i = 0; i < lines; i++) _log.Write(Actors.Admin, "test", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
