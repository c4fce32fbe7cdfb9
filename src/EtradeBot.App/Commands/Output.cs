using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace EtradeBot.App.Commands;

/// <summary>How a line is meant; colours on a terminal, nothing in a file.</summary>
enum Tone
{
    Plain,
    Good,
    Warning,
    Bad,
    Faint,
}

/// <summary>A table column; numbers stand to the right.</summary>
readonly record struct Column(string Title, bool IsNumber)
{
    public static Column Text(string title) => new(title, false);

    public static Column Number(string title) => new(title, true);
}

/// <summary>Where a command prints: tables and colours on a terminal; plain, aligned text or JSON when piped.</summary>
/// <remarks>Spectre.Console is touched on a terminal only: what is piped starts without it.</remarks>
sealed class Output(TextWriter writer, bool isTerminal)
{
    static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsTerminal { get; } = isTerminal;

    /// <summary>The output of the command being run.</summary>
    public static Output Of(ParseResult parse)
    {
        var writer = parse.InvocationConfiguration.Output;
        return new Output(writer, ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected);
    }

    public void Line(string text = "", Tone tone = Tone.Plain)
    {
        if (IsTerminal && tone != Tone.Plain) ColouredLine(text, tone);
        else writer.WriteLine(Printable(text));
    }

    /// <summary>A finished text, as it is.</summary>
    public void Text(string text) => writer.Write(text);

    /// <summary>Runs the work with a progress bar on a terminal; without one when piped.</summary>
    public void Progress(string words, Action<Action<double>?> work)
    {
        if (IsTerminal) TerminalProgress(words, work);
        else work(null);
    }

    /// <summary>On a terminal only: runs the work with a bar whose words change as it goes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public T Progress<T>(Func<Action<string, double>, T> work) =>
        Terminal().Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("starting", maxValue: 1);
            return work((words, fraction) =>
            {
                task.Description = Markup.Escape(Printable(words));
                task.Value = Math.Max(task.Value, fraction);
            });
        });

    public void Table(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows)
    {
        if (IsTerminal) TerminalTable(columns, rows);
        else PlainTable(columns, rows);
    }

    /// <summary>Prints one indented JSON document. Names are snake_case, in the order written; use <c>null</c> for what is not a number.</summary>
    public void Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions)) write(json);
        writer.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Text from files may carry control characters, which a terminal would obey.</summary>
    public static string Printable(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.Contains('\u007f')
            ? text
            : string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' and not '\t' ? '?' : c));

    void PlainTable(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows)
    {
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Title.Length).Max()).ToArray();
        PlainRow(columns, widths, [.. columns.Select(column => column.Title)]);
        foreach (var row in rows) PlainRow(columns, widths, row);
    }

    void PlainRow(IReadOnlyList<Column> columns, int[] widths, string[] cells)
    {
        var line = new StringBuilder();
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) line.Append("  ");
            line.Append(columns[i].IsNumber ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i]));
        }
        writer.WriteLine(Printable(line.ToString().TrimEnd()));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void TerminalTable(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column.Title)) { Alignment = column.IsNumber ? Justify.Right : Justify.Left, NoWrap = column.IsNumber });
        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(Printable(cell))));
        var terminal = Terminal();
        if (NarrowestTable(columns, rows) <= terminal.Profile.Width) terminal.Write(table);
        else PlainTable(columns, rows);
    }

    /// <summary>A frame that squeezes words into columns of three letters helps nobody. Numbers keep their width, texts may break between words.</summary>
    static int NarrowestTable(IReadOnlyList<Column> columns, IReadOnlyList<string[]> rows)
    {
        const int frame = 3;
        return 1 + columns.Select((column, i) => frame + rows.Select(row => row[i]).Append(column.Title)
            .Max(cell => column.IsNumber ? cell.Length : cell.Split(' ').Max(word => word.Length))).Sum();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void TerminalProgress(string words, Action<Action<double>?> work) =>
        Terminal().Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask(words, maxValue: 1);
            work(fraction => task.Value = fraction);
        });

    [MethodImpl(MethodImplOptions.NoInlining)]
    void ColouredLine(string text, Tone tone)
    {
        var style = tone switch
        {
            Tone.Good => new Style(Color.Green),
            Tone.Warning => new Style(Color.Yellow),
            Tone.Bad => new Style(Color.Red),
            _ => new Style(decoration: Decoration.Dim),
        };
        Terminal().Write(new Text(Printable(text) + Environment.NewLine, style));
    }

    IAnsiConsole Terminal() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
