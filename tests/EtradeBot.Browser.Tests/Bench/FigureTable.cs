using System.Globalization;

namespace EtradeBot.Browser.Bench;

/// <summary>The table of what was measured: a line as soon as its figure is known; <c>bench/browser</c> writes the heading.</summary>
static class FigureTable
{
    /// <param name="limit">At most so much; negative: at least so much; null: without a target.</param>
    public static void Print(string work, string unit, double figure, double? limit = null)
    {
        var target = limit switch { null => "", < 0 => ">= " + Number(-limit.Value), _ => "<= " + Number(limit.Value) };
        var met = limit is null ? "" : (limit < 0 ? figure >= -limit : figure <= limit) ? "yes" : "no";
        Console.WriteLine($"{work,-58}{unit,-10}{Number(figure),10}{target,12}  {met,-5} {Load}");
    }

    /// <summary>The value below which this fraction of all lies.</summary>
    public static double Quantile(IReadOnlyCollection<double> values, double fraction) =>
        values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(fraction * values.Count) - 1, 0, values.Count - 1));

    /// <summary>Processes that wanted to run over the last minute; empty where the system does not tell.</summary>
    static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "";

    static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : "0.0#", CultureInfo.InvariantCulture);
}
