namespace EtradeBot.App.Commands;

public class OutputTests
{
    static readonly Column[] Columns = [Column.Text("name"), Column.Number("count"), Column.Text("end")];

    [Fact]
    public void A_piped_table_is_plain_and_aligned()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new Output(writer, isTerminal: false).Table(Columns, [["a", "1", "x"], ["long name", "1,000", ""]]);
        Assert.Equal("name       count  end\na              1  x\nlong name  1,000\n", writer.ToString());
    }

    [Fact]
    public void A_terminal_gets_a_table_with_lines_and_takes_brackets_literally()
    {
        using var writer = new StringWriter();
        new Output(writer, isTerminal: true).Table(Columns, [["[red]a[/]", "1", "x"]]);
        Assert.Contains("[red]a[/]", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains('─', writer.ToString());
    }

    [Fact]
    public void A_table_that_is_too_wide_for_the_terminal_keeps_its_words_and_loses_its_frame()
    {
        var wide = new string('9', 600);
        using var writer = new StringWriter { NewLine = "\n" };
        new Output(writer, isTerminal: true).Table(Columns, [["long name", wide, "word"]]);
        Assert.Equal($"name       {"count",600}  end\nlong name  {wide}  word\n", writer.ToString());
    }

    [Fact]
    public void Json_keeps_its_order_and_its_letters()
    {
        using var writer = new StringWriter();
        new Output(writer, isTerminal: false).Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("b", "a+b é");
            json.WriteNull("a");
            json.WriteEndObject();
        });
        Assert.Equal("{\n  \"b\": \"a+b é\",\n  \"a\": null\n}\n", writer.ToString().ReplaceLineEndings("\n"));
    }
}
