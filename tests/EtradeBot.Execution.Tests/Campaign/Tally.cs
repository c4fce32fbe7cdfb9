using System.Globalization;
using System.Text;
using EtradeBot.Execution.Sessions;
using EtradeBot.Execution.World;

namespace EtradeBot.Execution.Campaign;

/// <summary>Counts what many schedules have come to.</summary>
sealed class Tally
{
    static readonly string[] States = ["none", "Drafted", "Sending", "Unknown", "Working", "Partial", "Filled", "Cancelled", "Rejected", "Expired", "Refused", "Dropped"];

    readonly Dictionary<(string Class, string State), int> _fired = [];
    readonly SortedDictionary<string, int> _broken = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> _ends = new(StringComparer.Ordinal);

    public int Schedules { get; private set; }

    public int BegunAnew { get; private set; }

    /// <summary>Schedules of which nothing can be said.</summary>
    public int NotJudged => _ends.GetValueOrDefault(ScheduledLife.LeftItsThread);

    public long Orders { get; private set; }

    public long Calls { get; private set; }

    public List<LifeReport> Failures { get; } = [];

    public void Add(LifeReport report)
    {
        Schedules++;
        if (report.WasBegunAnew) BegunAnew++;
        Calls += report.World.Calls;
        Orders += report.World.Ledger.Account(report.Program.Account).Orders.Count;
        foreach (var ((kind, state), count) in report.World.Mischief.FiredAt)
            foreach (var name in FaultTable.Find(kind)!.Classes.Split(' ')) _fired[(name, state)] = _fired.GetValueOrDefault((name, state)) + count;
        foreach (var invariant in report.Broken) _broken[invariant] = _broken.GetValueOrDefault(invariant) + 1;
        _ends[report.End] = _ends.GetValueOrDefault(report.End) + 1;
        if (report.Violations.Count > 0) Failures.Add(report);
    }

    public int Fired(string name) => States.Sum(state => _fired.GetValueOrDefault((name, state)));

    /// <summary>Faults by class and state of the newest order, violations by invariant, and ends.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("| Fault | struck |");
        foreach (var state in States) text.Append(CultureInfo.InvariantCulture, $" {state} |");
        text.Append("\n|---|--:|").Append(string.Concat(States.Select(_ => "--:|"))).Append('\n');
        foreach (var name in Enumerable.Range(1, 46).Select(number => $"F{number}"))
        {
            if (!FaultTable.All.Any(kind => kind.Classes.Split(' ').Contains(name))) continue;
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Fired(name)} |");
            foreach (var state in States) text.Append(CultureInfo.InvariantCulture, $" {_fired.GetValueOrDefault((name, state))} |");
            text.Append('\n');
        }
        text.Append("\n| Invariant | schedules that broke it |\n|---|--:|\n");
        foreach (var name in Enumerable.Range(1, 16).Select(number => $"I{number}"))
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {(Judge.Judged.Contains(name) ? _broken.GetValueOrDefault(name).ToString(CultureInfo.InvariantCulture) : "not judged here")} |\n");
        text.Append("\n| End | schedules |\n|---|--:|\n");
        foreach (var (end, count) in _ends.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"| {end} | {count} |\n");
        return text.ToString();
    }
}
