using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EtradeBot.Execution.World;

/// <summary>All that decides a run: written on one line and read again, it gives the same run byte for byte.</summary>
/// <param name="Seed">Of latencies, of what survives on the disk, of whether a request had left when the program died, and of the market.</param>
sealed partial record Schedule(ulong Seed)
{
    /// <summary>10:30 in New York on a Tuesday.</summary>
    public static readonly DateTimeOffset UsualStart = new(2026, 3, 10, 14, 30, 0, TimeSpan.Zero);

    public DateTimeOffset Start { get; init; } = UsualStart;

    /// <summary>Most seconds from a place to the order in lists; drawn for each order with a heavy tail.</summary>
    public double VisibleAfter { get; init; }

    /// <summary>Calls and flushes take no time worth mentioning.</summary>
    public bool IsCalm { get; init; }

    public IReadOnlyList<PlannedFault> Faults { get; init; } = [];

    public override string ToString()
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"seed {Seed}");
        if (Start != UsualStart) line.Append(CultureInfo.InvariantCulture, $" start {Start.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        if (VisibleAfter > 0) line.Append(CultureInfo.InvariantCulture, $" visible {VisibleAfter:R}");
        if (IsCalm) line.Append(" calm");
        foreach (var fault in Faults) line.Append(' ').Append(Text(fault));
        return line.ToString();
    }

    /// <summary><c>name@occasion#number</c> or <c>name@time#seconds</c>, then <c>=value</c>, <c>~seconds</c>, <c>xTimes</c> and <c>:text</c> where it has them.</summary>
    public static string Text(PlannedFault fault)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{fault.Kind}@{fault.At}#{fault.Number:R}");
        if (fault.Value is { } value) text.Append(CultureInfo.InvariantCulture, $"={value:R}");
        if (fault.Seconds is { } seconds) text.Append(CultureInfo.InvariantCulture, $"~{seconds:R}");
        if (fault.Times != 1) text.Append(CultureInfo.InvariantCulture, $"x{fault.Times}");
        if (fault.Text is { } words) text.Append(':').Append(words);
        return text.ToString();
    }

    /// <exception cref="FormatException">The line is no schedule.</exception>
    public static Schedule Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var schedule = new Schedule(0);
        for (var i = 0; i < words.Length; i++)
        {
            string Next() => ++i < words.Length ? words[i] : throw new FormatException($"the schedule ends after '{words[^1]}'");
            schedule = words[i] switch
            {
                "seed" => schedule with { Seed = ulong.Parse(Next(), CultureInfo.InvariantCulture) },
                "start" => schedule with { Start = DateTimeOffset.Parse(Next(), CultureInfo.InvariantCulture) },
                "visible" => schedule with { VisibleAfter = Number(Next()) },
                "calm" => schedule with { IsCalm = true },
                var word => schedule with { Faults = [.. schedule.Faults, ParseFault(word)] },
            };
        }
        return schedule;
    }

    static PlannedFault ParseFault(string text)
    {
        var match = FaultText().Match(text);
        if (!match.Success) throw new FormatException($"'{text}' is no fault of a schedule, such as lost-answer@place#2");
        if (FaultTable.Find(match.Groups["kind"].Value) is not { } kind) throw new FormatException($"there is no fault '{match.Groups["kind"].Value}'");
        return new PlannedFault(kind.Name, match.Groups["at"].Value, Number(match.Groups["number"].Value))
        {
            Value = match.Groups["value"] is { Success: true } value ? Number(value.Value) : null,
            Seconds = match.Groups["seconds"] is { Success: true } seconds ? Number(seconds.Value) : null,
            Times = match.Groups["times"] is { Success: true } times ? (int)Number(times.Value) : 1,
            Text = match.Groups["text"] is { Success: true } words ? words.Value : null,
        };
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<kind>[a-z-]+)@(?<at>[a-z-]+)#(?<number>[0-9.]+)(=(?<value>-?[0-9.]+))?(~(?<seconds>[0-9.]+))?(x(?<times>[0-9]+))?(:(?<text>[a-z-]+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex FaultText();
}
