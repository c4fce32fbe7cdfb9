using System.Globalization;
using System.Text;
using CsCheck;

namespace EtradeBot.Market;

public class CsvTimesTests
{
    [Theory]
    [InlineData("2025-03-17", "2025-03-17T00:00:00", null)]
    [InlineData("2025/3/7", "2025-03-07T00:00:00", null)]
    [InlineData("2025.03.17", "2025-03-17T00:00:00", null)]
    [InlineData("20250317", "2025-03-17T00:00:00", null)]
    [InlineData("17-Mar-25", "2025-03-17T00:00:00", null)]
    [InlineData("7-march-1999", "1999-03-07T00:00:00", null)]
    [InlineData("Mar 17, 2025", "2025-03-17T00:00:00", null)]
    [InlineData("3/17/2025", "2025-03-17T00:00:00", null)]
    [InlineData("17.3.2025", "2025-03-17T00:00:00", null)]
    [InlineData("3/17/70", "1970-03-17T00:00:00", null)]
    [InlineData("3/17/69", "2069-03-17T00:00:00", null)]
    [InlineData(" \"2025-03-17 09:30\" ", "2025-03-17T09:30:00", null)]
    [InlineData("2025-03-17T09:30:05", "2025-03-17T09:30:05", null)]
    [InlineData("2025-03-17 09:30:00.500", "2025-03-17T09:30:00.5", null)]
    [InlineData("20250317 093000", "2025-03-17T09:30:00", null)]
    [InlineData("20250317 93000", "2025-03-17T09:30:00", null)]
    [InlineData("20250317093000", "2025-03-17T09:30:00", null)]
    [InlineData("202503170930", "2025-03-17T09:30:00", null)]
    [InlineData("3/17/2025 12:05 AM", "2025-03-17T00:05:00", null)]
    [InlineData("3/17/2025 12:05 pm", "2025-03-17T12:05:00", null)]
    [InlineData("2025-03-17T13:30:00Z", "2025-03-17T13:30:00", 0)]
    [InlineData("2025-03-17T13:30:00.123456Z", "2025-03-17T13:30:00.123456", 0)]
    [InlineData("2025-03-17 13:30:00 UTC", "2025-03-17T13:30:00", 0)]
    [InlineData("2025-03-17 09:30:00-04:00", "2025-03-17T09:30:00", -240)]
    [InlineData("2025-03-17T09:30-0400", "2025-03-17T09:30:00", -240)]
    [InlineData("2025-03-17T19:00:00+05:30", "2025-03-17T19:00:00", 330)]
    [InlineData("2025-03-17T09:30:00-04", "2025-03-17T09:30:00", -240)]
    [InlineData("1742218200", "2025-03-17T13:30:00", 0)]
    [InlineData("1742218200.0", "2025-03-17T13:30:00", 0)]
    [InlineData("1742218200000", "2025-03-17T13:30:00", 0)]
    [InlineData("1742218200000000", "2025-03-17T13:30:00", 0)]
    [InlineData("1742218200000000000", "2025-03-17T13:30:00", 0)]
    public void Every_usual_way_to_write_a_time_is_read(string text, string wall, int? offset)
    {
        var (isRead, found, minutes) = Read(text);

        Assert.True(isRead);
        Assert.Equal(DateTime.Parse(wall, CultureInfo.InvariantCulture).Ticks, found);
        Assert.Equal(offset ?? CsvClock.NoOffset, minutes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("11:34")]
    [InlineData("2025-02-29")]
    [InlineData("2025-13-01")]
    [InlineData("13/13/2025")]
    [InlineData("1899-12-31")]
    [InlineData("2101-01-01")]
    [InlineData("2025-03-17 25:00")]
    [InlineData("2025-03-17 09:60")]
    [InlineData("2025-03-17 13:00 PM")]
    [InlineData("2025-03-17T")]
    [InlineData("2025-03-17x")]
    [InlineData("2025-03-17 09:30:00+15:00")]
    [InlineData("2025-03-17 09:30:00 EST")]
    [InlineData("31-Foo-10")]
    [InlineData("2025-03")]
    [InlineData("9999999999999999999")]
    [InlineData("123")]
    public void What_is_no_time_is_refused(string text) => Assert.False(Read(text).IsRead);

    [Fact]
    public void A_time_reads_the_same_after_any_other_row() =>
        Gen.Select(Gen.DateTime[new DateTime(1995, 1, 1), new DateTime(2034, 12, 31)], Gen.Int[0, 3], Gen.Int[0, 3]).List[2, 6].Sample(rows =>
        {
            string[] forms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss-05:00", "yyyyMMdd HHmmss", "yyyy-MM-dd"];
            var together = new CsvTimes(new CsvDates(CsvDateOrder.Unknown));
            foreach (var (time, form, sameDay) in rows)
            {
                var text = Encoding.ASCII.GetBytes((sameDay > 0 ? rows[0].Item1.Date + time.TimeOfDay : time).ToString(forms[form], CultureInfo.InvariantCulture));
                var alone = new CsvTimes(new CsvDates(CsvDateOrder.Unknown));
                if (!together.TryRead(text, default, 1, out var found, out var offset) || !alone.TryRead(text, default, 1, out var wanted, out var wantedOffset)) return false;
                if (found != wanted || offset != wantedOffset) return false;
            }
            return true;
        });

    [Fact]
    public void A_date_column_beside_a_clock_column_is_one_time()
    {
        var times = new CsvTimes(new CsvDates(CsvDateOrder.Unknown));

        foreach (var clock in new[] { "09:30", "09:31:00", "093200" })
            Assert.True(times.TryRead("2025-03-17"u8, Encoding.ASCII.GetBytes(clock), 1, out _, out _));
        Assert.True(times.TryRead("2025-03-17"u8, "09:33"u8, 1, out var wall, out _));
        Assert.Equal(new DateTime(2025, 3, 17, 9, 33, 0).Ticks, wall);
        Assert.True(times.TryRead("2025-03-17 00:00:00"u8, "09:34"u8, 1, out wall, out _));
        Assert.Equal(new DateTime(2025, 3, 17, 9, 34, 0).Ticks, wall);
        Assert.False(times.TryRead("2025-03-17 09:30"u8, "09:34"u8, 1, out _, out _));
    }

    [Fact]
    public void Swapping_day_and_month_touches_only_dates_that_were_in_doubt()
    {
        Assert.Equal(new DateOnly(2025, 4, 3), CsvDates.Swap(new DateOnly(2025, 3, 4)));
        Assert.Equal(new DateOnly(2025, 3, 13), CsvDates.Swap(new DateOnly(2025, 3, 13)));
    }

    static (bool IsRead, long Wall, short Offset) Read(string text)
    {
        var isRead = new CsvTimes(new CsvDates(CsvDateOrder.Unknown)).TryRead(Encoding.UTF8.GetBytes(text), default, 1, out var wall, out var offset);
        return (isRead, wall, offset);
    }
}
