using System.Text;
using CsCheck;

namespace EtradeBot.Market;

public class CsvRowsTests
{
    static readonly Gen<string> Cell = Gen.OneOf(
        Gen.String[Gen.Char['0', '9'], 0, 12],
        Gen.String[Gen.Char["a,1 "], 0, 40].Select(s => $"\"{s}\""));

    [Fact]
    public void Rows_come_back_as_they_were_joined_whatever_the_line_end_and_the_size_of_each_read() =>
        Gen.Select(Cell.Array[2, 9].Array[1, 40], Gen.OneOf("\n", "\r\n", "\r"), Gen.Int[1, 50], Gen.Bool).Sample((rows, lineEnd, step, ended) =>
        {
            var text = string.Join(lineEnd, rows.Select(r => string.Join(',', r))) + (ended ? lineEnd : "");
            var found = Split(new SteppedStream(Encoding.ASCII.GetBytes(text), step));
            return found.Count == rows.Length && found.Zip(rows).All(p => p.First.SequenceEqual(p.Second));
        });

    [Fact]
    public void A_file_of_many_buffers_is_split_like_its_lines()
    {
        var lines = Enumerable.Range(0, 60_000).Select(i => $"{i},{i * 7919L % 100_003},{new string('x', i % 50)}").ToArray();

        var found = Split(new MemoryStream(Encoding.ASCII.GetBytes(string.Join("\r\n", lines))));

        Assert.Equal(lines, found.Select(r => string.Join(',', r)));
    }

    [Fact]
    public void Blank_lines_are_passed_over_and_counted()
    {
        var rows = new CsvRows(new MemoryStream("a,b\n\n  \nc,d"u8.ToArray()), "file.csv");

        Assert.True(rows.Next());
        Assert.Equal(1, rows.Line);
        Assert.True(rows.Next());
        Assert.Equal((4L, true, "d"), (rows.Line, rows.IsUnfinished, Encoding.ASCII.GetString(rows.Cell(1))));
        Assert.False(rows.Next());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_line_has_the_same_number_whatever_ends_it(string lineEnd)
    {
        var rows = new CsvRows(new SteppedStream(Encoding.ASCII.GetBytes(string.Join(lineEnd, Enumerable.Repeat("a,b", 30_000))), 7_001), "file.csv");

        for (var line = 1; line <= 30_000; line++)
        {
            Assert.True(rows.Next());
            Assert.Equal(line, rows.Line);
        }
        Assert.False(rows.Next());
    }

    [Fact]
    public void A_quote_that_never_closes_spoils_one_row_only() =>
        Assert.Equal([["\"a,b"], ["c", "d"]], Split(new MemoryStream("\"a,b\nc,d\n"u8.ToArray())));

    [Fact]
    public void A_row_may_have_thousands_of_cells() =>
        Assert.Equal(5_001, Split(new MemoryStream(Encoding.ASCII.GetBytes(new string(',', 5_000)))).Single().Length);

    static List<string[]> Split(Stream stream)
    {
        var rows = new CsvRows(stream, "file.csv");
        var found = new List<string[]>();
        while (rows.Next()) found.Add([.. Enumerable.Range(0, rows.CellCount).Select(i => Encoding.ASCII.GetString(rows.Cell(i)))]);
        return found;
    }

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    sealed class SteppedStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));
    }
}
