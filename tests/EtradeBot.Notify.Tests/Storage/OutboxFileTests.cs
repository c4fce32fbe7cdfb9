using EtradeBot.Notify.Delivery;
using Microsoft.Data.Sqlite;

namespace EtradeBot.Notify.Storage;

/// <summary>Files that are damaged, full, foreign or out of reach.</summary>
public sealed class OutboxFileTests
{
    [Fact]
    public async Task A_file_of_rubbish_is_set_aside_and_said()
    {
        await using var desk = await Desk.OpenAsync();
        await File.WriteAllBytesAsync(desk.Folder.Database, [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31))], TestContext.Current.CancellationToken);
        desk.Post(Sample.Critical("kill 1"));
        await desk.PassAsync();
        Assert.Single(desk.Bodies);
        var aside = Assert.Single(Directory.GetFiles(desk.Folder.Path, "notices.db.damaged-*"));
        Assert.Equal(20_000, new FileInfo(aside).Length);
        Assert.Equal($"the outbox was damaged and a new one begun; the old file is {aside}", desk.Notifier.Health.Problem);
    }

    [Fact]
    public async Task A_file_with_torn_pages_is_set_aside_while_running()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Enumerable.Range(0, 300).Select(i => Sample.Notice($"fill {i}")));
        await desk.PassAsync();
        await desk.PassAsync(5);
        desk.Notifier.Dispose(); // folds the log into the file
        await using (var file = new FileStream(desk.Folder.Database, FileMode.Open))
        {
            file.Seek(4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray(), TestContext.Current.CancellationToken);
        }
        await using var next = desk.Beside();
        next.Post(Sample.Critical("kill 1"));
        await next.PassAsync(60);
        Assert.Equal(OutboxState.Sent, next.Row("kill 1").State);
        Assert.Single(Directory.GetFiles(desk.Folder.Path, "notices.db.damaged-*"), path => !path.EndsWith("-wal", StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_full_disk_critical_ones_leave_all_the_same_and_nothing_is_lost()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Sample.Notice("first"));
        await desk.PassAsync();
        await desk.PassAsync(5);
        desk.Notifier.File.MaxPages = 1;
        desk.Post(Enumerable.Range(0, 200).Select(i => Sample.Notice($"fill {i}")));
        desk.Post(Sample.Critical("kill 1"));
        for (var i = 0; i < 10; i++) await desk.PassAsync(10);
        Assert.Contains("the disk is full; free some space", desk.Notifier.Health.Problem, StringComparison.Ordinal);
        Assert.Equal(201, desk.Notifier.Health.InMemory);
        Assert.Equal(2, desk.Bodies.Count);
        Assert.Contains("Title of kill 1", desk.Bodies[1], StringComparison.Ordinal);
        Assert.Contains("The outbox cannot be written", desk.Bodies[1], StringComparison.Ordinal);

        desk.Notifier.File.MaxPages = 1_000_000;
        for (var i = 0; i < 10; i++) await desk.PassAsync(10);
        Assert.Null(desk.Notifier.Health.Problem);
        Assert.Equal((OutboxState.Sent, true), (desk.Row("kill 1").State, desk.Row("kill 1").MaybeSentTwice));
        Assert.Contains("This may be a second copy", desk.Bodies[2], StringComparison.Ordinal);
        Assert.Contains("200 messages: 200 order filled", desk.Bodies[3], StringComparison.Ordinal);
        Assert.Equal(4, desk.Bodies.Count);
    }

    [Fact]
    public async Task On_a_full_disk_a_critical_one_that_nobody_took_is_tried_again()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.PassAsync();
        desk.Notifier.File.MaxPages = 1;
        desk.Provider.Answer = LocalProvider.Saying(503, "down");
        desk.Post(Enumerable.Range(0, 200).Select(i => Sample.Notice($"fill {i}")));
        desk.Post(Sample.Critical("kill 1"));
        for (var i = 0; i < 10; i++) await desk.PassAsync(6);
        Assert.Equal(2, desk.Bodies.Count);
        desk.Provider.Answer = LocalProvider.Saying(200, "ok");
        for (var i = 0; i < 20; i++) await desk.PassAsync(6);
        Assert.Equal(3, desk.Bodies.Count);
    }

    [Fact]
    public async Task Memory_that_fills_up_meanwhile_drops_the_least_and_says_how_many()
    {
        await using var desk = await Desk.OpenAsync(options => options with { QueueLength = 50 });
        await desk.PassAsync();
        desk.Notifier.File.MaxPages = 1;
        desk.Post(Enumerable.Range(0, 80).Select(i => Sample.Notice($"fill {i}")));
        await desk.PassAsync();
        await desk.PassAsync(10);
        Assert.Equal(30, desk.Notifier.Health.Dropped);
        desk.Notifier.File.MaxPages = 1_000_000;
        await desk.PassAsync(10);
        Assert.Contains(desk.Notifier.Outbox(), row => row.Title == "30 messages were lost");
        Assert.Equal(51, desk.Notifier.Outbox().Count);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_and_survived()
    {
        using var scratch = new Scratch();
        var file = Path.Combine(scratch.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await using var desk = await Desk.OpenAsync(options => options with { DataFolder = file });
        desk.Post(Sample.Notice("fill 1"));
        await desk.PassAsync();
        Assert.Equal(1, desk.Notifier.Health.InMemory);
        Assert.Contains(file, desk.Notifier.Health.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_another_program_is_left_alone()
    {
        await using var desk = await Desk.OpenAsync();
        using (var other = new SqliteConnection($"Data Source={desk.Folder.Database};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (x)";
            command.ExecuteNonQuery();
        }
        desk.Post(Sample.Notice("fill 1"));
        await desk.PassAsync();
        Assert.Contains("is a database of another program", desk.Notifier.Health.Problem, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(desk.Folder.Path, "notices.db"));
        Assert.Empty(Directory.GetFiles(desk.Folder.Path, "*damaged*"));
    }

    [Fact]
    public async Task Old_notices_are_forgotten_when_they_are_done_with()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Post(Sample.Notice("fill 1"));
        await desk.PassAsync();
        await desk.PassAsync(5);
        await desk.PassAsync(TimeSpan.FromDays(89));
        Assert.Single(desk.Notifier.Outbox());
        await desk.PassAsync(TimeSpan.FromDays(2));
        Assert.Empty(desk.Notifier.Outbox());
    }
}
