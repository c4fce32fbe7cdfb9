using System.Globalization;
using EtradeBot.Execution.Sessions;
using EtradeBot.Notify;

namespace EtradeBot.App.Hosting.Notices;

/// <summary>Looks at the pulses of all traders of a data folder, from another process, and says which of them has died or hangs.</summary>
sealed class Watchdog(string stateFolder, TimeProvider time)
{
    /// <summary>A pulse comes every three seconds.</summary>
    public static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(20);

    /// <summary>The order path does a round every second or two; a broker that is away keeps it longer.</summary>
    public static readonly TimeSpan HangsAfter = TimeSpan.FromMinutes(2);

    readonly Dictionary<string, string> _alarms = new(StringComparer.Ordinal);

    /// <summary>Nobody is missed.</summary>
    public bool IsCalm => _alarms.Count == 0;

    /// <returns>What has to be told, and whose trading folder it is about.</returns>
    public IReadOnlyList<(TradingFolder Folder, Notice Notice)> Look()
    {
        var told = new List<(TradingFolder, Notice)>();
        foreach (var folder in TradingFolder.In(stateFolder))
        {
            if (TraderPulse.Read(folder.Path) is not { } pulse) continue;
            var alarm = AlarmOf(pulse);
            if (alarm.Length == 0)
            {
                if (_alarms.Remove(folder.Path)) told.Add((folder, Make(folder, ("back", pulse), (pulse.HasEnded ? "the trader was stopped by a person" : "the trader lives again", ""), NoticeLevel.Info)));
            }
            else if (_alarms.GetValueOrDefault(folder.Path) is var before && before != alarm)
            {
                _alarms[folder.Path] = alarm;
                told.Add((folder, alarm == "dead" ? Dead(folder, pulse) : Hangs(folder, pulse)));
            }
        }
        return told;
    }

    string AlarmOf(TraderPulse pulse)
    {
        var now = time.GetUtcNow();
        if (pulse.HasEnded || pulse is { HasBot: false, Held: 0 }) return "";
        return now - pulse.At > DeadAfter ? "dead" : now - pulse.BeatAt > HangsAfter ? "hangs" : "";
    }

    Notice Dead(TradingFolder folder, TraderPulse pulse) => Make(folder, ("dead", pulse), (Words($"the trader has been silent for {(time.GetUtcNow() - pulse.At).TotalSeconds:0} seconds"),
        Words($"Process {pulse.Process} wrote its last pulse at {pulse.At:yyyy-MM-dd HH:mm:ss} UTC; {Decision(pulse)}. {(pulse.Held == 0 ? "It held nothing." : Words($"It held shares of {pulse.Held} symbols: their stops rest at the broker, targets and time exits are watched by nobody."))} Start it again with the same command.")), NoticeLevel.Critical);

    Notice Hangs(TradingFolder folder, TraderPulse pulse) => Make(folder, ("hangs", pulse), ("the trader lives but has not looked at its orders",
        Words($"The last look was at {pulse.BeatAt:yyyy-MM-dd HH:mm:ss} UTC; {Decision(pulse)}. The broker may be away or the login over: see the page Health.")), NoticeLevel.Warning);

    static string Decision(TraderPulse pulse) => pulse.Decided is { } at ? Words($"its last decision was at {at:HH:mm:ss}") : "it had decided nothing yet";

    static Notice Make(TradingFolder folder, (string Kind, TraderPulse Pulse) of, (string Title, string Text) words, NoticeLevel level) =>
        new(NoticeEvents.Watchdog, Words($"watchdog/{of.Kind}/{folder.Mode}-{folder.Account}/{of.Pulse.At.UtcTicks}"), $"{folder.Mode.ToString().ToUpperInvariant()} {words.Title}", words.Text, of.Pulse.At) { Level = level };

    static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
