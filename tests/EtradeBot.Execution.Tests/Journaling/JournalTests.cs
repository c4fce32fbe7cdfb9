using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EtradeBot.ETrade;
using EtradeBot.Execution.Orders;
using EtradeBot.Market;
using Microsoft.Extensions.Time.Testing;

namespace EtradeBot.Execution.Journaling;

public class JournalTests
{
    static readonly OrderIntent Intent = new("abc123", Symbol.Parse("BRK.B"), OrderAction.Buy, 10, OrderPriceType.StopLimit, OrderRole.Entry)
    {
        Limit = 12.3400m,
        Stop = 12.2m,
        Owner = "rule",
        Because = "hammer: \"RSI low\" & é",
        PlannedStop = 11.5m,
        GoodUntil = new DateTimeOffset(2026, 3, 10, 16, 0, 0, TimeSpan.Zero),
    };

    static readonly JournalEvent[] Life =
    [
        new SessionOpened(TradingMode.Simulated, "0f3a", "1.0"), new IntentMade(Intent), new Previewed("abc123", 77, 123.45m, ["w"]), new Sending("abc123", [5, 6], 20.5m),
        new BecameUnknown("abc123", "no answer"), new NotListed("abc123"), new Ambiguous("abc123", [8, 9]), new Adopted("abc123", 9, "by elimination"), new Accepted("abc123", 9, ["d"]),
        new OrderSeen("abc123", 9, BrokerOrderStatus.Partial, 4, 12.30m) { Fees = 0.01m, ReplacedBy = 12 }, new CancelSending("abc123", 9, "x"), new CancelAnswered("abc123", null, "y"),
        new Refused("abc123", "z", 163), new Dropped("abc123", "gone", "ada"), new EntriesStopped("ada", "news"), new EntriesResumed("ada"), new Halted("ada", "kill", true), new HaltCleared("ada"),
        new LevelChanged("NoEntries", ["feed"]), new DayReconciled(new DateOnly(2026, 3, 10), true, ""), new JournalMended("disk"),
        new OtherCancelSending(31, "ada"),
    ];

    readonly MemoryDisk _disk = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero));

    Journal Open() => Journal.Open(_disk, _time);

    byte[] Bytes => _disk.Files[Journal.FileName];

    static string Text(IEnumerable<JournalEntry> entries) => string.Join('\n', entries.Select(entry => JournalFormat.Write(entry.Number, entry.At, entry.Event, entry.Hash).Hash));

    Journal Filled()
    {
        var journal = Open();
        foreach (var what in Life)
        {
            journal.Append(what);
            _time.Advance(TimeSpan.FromMilliseconds(1.5));
        }
        return journal;
    }

    [Fact]
    public void Every_kind_of_event_comes_back_as_it_was_written()
    {
        var kinds = typeof(JournalEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Length;
        Assert.Equal(kinds, Life.Select(what => what.GetType()).Distinct().Count());
        var written = Filled();
        var read = Open();
        Assert.Equal(Text(written.Entries), Text(read.Entries));
        Assert.Equal((written.Head, false), (read.Head, read.WasCut));
        Assert.Equal(Intent, Assert.IsType<IntentMade>(read.Entries[1].Event).Intent);
        Assert.Equal(_time.GetUtcNow() - Life.Length * TimeSpan.FromMilliseconds(1.5), read.Entries[0].At);
        Assert.All(Encoding.UTF8.GetString(Bytes).TrimEnd('\n').Split('\n'), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void A_crash_at_any_byte_loses_no_whole_line_and_the_next_start_writes_on()
    {
        Filled();
        var whole = Bytes;
        for (var length = 0; length < whole.Length; length++)
        {
            _disk.Files.Clear();
            _disk.Files[Journal.FileName] = whole[..length];
            var journal = Open();
            var lines = whole[..length].Count(value => value == '\n');
            Assert.Equal((lines, length > 0 && whole[length - 1] != '\n'), (journal.Entries.Count, journal.WasCut));
            journal.Append(new EntriesResumed("eve"));
            Assert.Equal(lines + 1, Open().Entries.Count);
            Assert.Equal(journal.WasCut, _disk.Files.ContainsKey("orders.journal.torn"));
        }
    }

    [Fact]
    public void A_last_line_with_its_end_but_without_its_middle_is_an_unfinished_write()
    {
        Filled();
        Bytes[^40] = 0;
        var journal = Open();
        Assert.Equal((Life.Length - 1, true), (journal.Entries.Count, journal.WasCut));
    }

    [Fact]
    public void A_changed_byte_a_lost_line_and_a_swapped_pair_are_found_and_named()
    {
        Filled();
        var lines = Encoding.UTF8.GetString(Bytes).TrimEnd('\n').Split('\n');
        foreach (var (damaged, number) in new[]
        {
            ([.. lines[..3], lines[3].Replace("[5,6]", "[5,7]", StringComparison.Ordinal), .. lines[4..]], 4),
            ([.. lines[..6], .. lines[7..]], 7),
            ([.. lines[..1], lines[2], lines[1], .. lines[3..]], 2),
            ((string[])[.. lines[1..]], 1),
        })
        {
            _disk.Files[Journal.FileName] = Encoding.UTF8.GetBytes(string.Join('\n', damaged) + "\n");
            var before = Bytes;
            var problem = Assert.Throws<JournalException>(Open);
            Assert.Contains($"line {number} of orders.journal is damaged", problem.Message, StringComparison.Ordinal);
            Assert.Same(before, Bytes);
        }
    }

    [Fact]
    public void After_a_failed_write_nothing_is_written_until_the_disk_is_mended_and_then_what_is_owed_comes_first()
    {
        // Whatever part of the failed line has arrived.
        foreach (var arrived in (int[])[0, 1, 60, 100_000])
        {
            _disk.Files.Clear();
            _disk.FailsAfter = null;
            var journal = Filled();
            _disk.FailsAfter = arrived;
            journal.Record(new Accepted("abc123", 9, []));
            Assert.Contains("the disk is full", Assert.Throws<IOException>(() => journal.Append(new EntriesResumed("eve"))).Message, StringComparison.Ordinal);
            journal.Record(new Adopted("abc123", 9, "late"));
            Assert.False(journal.TryMend());
            _disk.FailsAfter = null;
            Assert.True(journal.TryMend());
            Assert.Equal("", journal.Failure);
            journal.Append(new EntriesResumed("eve"));
            var read = Open();
            Assert.Equal(Text(journal.Entries), Text(read.Entries));
            Assert.Equal([1, 1, 1], (int[])[Count<Accepted>(read) - 1, Count<Adopted>(read) - 1, Count<EntriesResumed>(read) - 1]);
            Assert.IsType<EntriesResumed>(read.Entries[^1].Event);
        }

        static int Count<T>(Journal journal) => journal.Entries.Count(entry => entry.Event is T);
    }

    [Fact]
    public void A_file_that_was_put_back_from_an_older_copy_is_not_written_on()
    {
        var journal = Filled();
        var before = Bytes;
        _disk.FailsAfter = 0;
        journal.Record(new EntriesResumed("eve"));
        _disk.FailsAfter = null;
        _disk.Files[Journal.FileName] = before[..before.AsSpan(0, before.Length - 1).LastIndexOf((byte)'\n')];
        Assert.False(journal.TryMend());
        Assert.Contains("backup", journal.Failure, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => journal.Append(new EntriesResumed("eve")));
    }
}
