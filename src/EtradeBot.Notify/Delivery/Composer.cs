using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EtradeBot.Market;

namespace EtradeBot.Notify.Delivery;

/// <summary>Makes one message of the rows that go together.</summary>
static class Composer
{
    /// <summary>Of more notices in one message, the rest is counted only.</summary>
    const int MostLines = 40;

    /// <summary>Of more, only the titles are told.</summary>
    const int MostWithText = 5;

    /// <param name="rows">At least one; the most important first.</param>
    public static Message Compose(IReadOnlyList<OutboxRow> rows)
    {
        var first = rows[0];
        var isTwice = rows.Any(row => row.MaybeSentTwice);
        var (title, text) = rows.Count == 1 ? (Title(first), first.Text) : (GroupTitle(rows), GroupText(rows));
        if (isTwice) text += $"\n\n{(rows.Count == 1 ? "This" : "Some of this")} may be a second copy: what became of the first try is not known.";
        return new(Id(rows), rows.Max(row => row.Level), title, text, rows.Max(row => row.At))
        {
            Event = rows.All(row => row.Event == first.Event) ? first.Event : null,
            Symbol = rows.All(row => row.Symbol == first.Symbol) ? first.Symbol : null,
            Keys = [.. rows.Select(row => row.Key)],
            Repeat = rows.Max(row => row.Repeat),
            MaybeSentTwice = isTwice,
        };
    }

    static string Title(OutboxRow row) =>
        row.Repeat == 0 ? row.Title : string.Create(CultureInfo.InvariantCulture, $"{row.Title} (not acknowledged, told for the {Ordinal(row.Repeat + 1)} time)");

    static string Ordinal(int number) => number.ToString(CultureInfo.InvariantCulture) + (number % 100 is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });

    static string GroupTitle(IReadOnlyList<OutboxRow> rows)
    {
        var kinds = rows.CountBy(row => row.Event).OrderByDescending(kind => kind.Value)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value} {kind.Key.Replace('-', ' ')}"));
        return string.Create(CultureInfo.InvariantCulture, $"{rows.Count} messages: {string.Join(", ", kinds)}");
    }

    static string GroupText(IReadOnlyList<OutboxRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Take(MostLines))
        {
            text.Append(NewYork(row.At)).Append(' ').Append(Title(row)).Append('\n');
            if (rows.Count <= MostWithText) text.Append(row.Text).Append("\n\n");
        }
        if (rows.Count > MostLines) text.Append(CultureInfo.InvariantCulture, $"and {rows.Count - MostLines} more: etrade-bot notify outbox\n");
        return text.ToString().TrimEnd('\n');
    }

    static string NewYork(DateTimeOffset at) => at.ToOffset(MarketCalendar.Nyse.OffsetAt(at)).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    static string Id(IReadOnlyList<OutboxRow> rows)
    {
        var name = string.Join('\n', rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Channel} {row.Repeat} {row.Key}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
    }
}
