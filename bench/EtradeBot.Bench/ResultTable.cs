using System.Globalization;

namespace EtradeBot.Bench;

/// <summary>The table as text: a line as soon as its row is measured.</summary>
static class ResultTable
{
    public static void PrintHeader()
    {
        Console.WriteLine($"{"work",-44}{"unit",-8}{"min",8}{"median",8}{"max",8}{"target",8}  {"met",-5}peers");
    }

    public static void Print(BenchRow row, Figures figures)
    {
        var (min, median, max) = figures.Runs.Length > 0 ? (Number(figures.Min), Number(figures.Median), Number(figures.Max)) : ("-", "-", "-");
        var target = row.Target is { } most ? Number(most) : "";
        var met = row.Target is null || figures.Runs.Length == 0 ? "" : figures.Median <= row.Target ? "yes" : "no";
        var words = string.Join("; ", new[] { figures.Note, row.Peers }.Where(text => text.Length > 0));
        Console.WriteLine($"{row.Work,-44}{row.Unit,-8}{min,8}{median,8}{max,8}{target,8}  {met,-5}{words}".TrimEnd());
    }

    static string Number(double value) => value.ToString(value >= 1 ? "0.0" : "0.0000", CultureInfo.InvariantCulture);
}
