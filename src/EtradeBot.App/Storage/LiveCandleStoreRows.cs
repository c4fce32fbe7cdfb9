using System.Globalization;
using EtradeBot.Market;
using Microsoft.Data.Sqlite;

namespace EtradeBot.App.Storage;

/// <summary>A live candle as a row, and back.</summary>
static class LiveCandleStoreRows
{
    public const string Columns = "open_time, open, high, low, close, volume, polls, longest_hole, first_poll_delay, last_poll_lead, flaws, refused, source";

    /// <summary>Inserts a row with every column bound; what happens to a row that is there already is said by the caller.</summary>
    public const string Insert = $"INSERT INTO candle (series, {Columns}) VALUES ($series, $open_time, $open, $high, $low, $close, $volume, $polls, $longest_hole, $first_poll_delay, $last_poll_lead, $flaws, $refused, $source)";

    public const string Overwrite = """
        UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
        polls = excluded.polls, longest_hole = excluded.longest_hole, first_poll_delay = excluded.first_poll_delay, last_poll_lead = excluded.last_poll_lead,
        flaws = excluded.flaws, refused = excluded.refused, source = excluded.source
        """;

    /// <summary>The flaws of an incomplete candle as SQL has them: started late, has a hole.</summary>
    public const string Incomplete = "flaws & 3) <> 0";

    public const string Complete = "flaws & 3) = 0";

    public static void Bind(SqliteCommand command, long series, in Candle candle, CandleQuality quality)
    {
        Set(command, "$series", series);
        Set(command, "$open_time", candle.OpenTime.ToUnixTimeSeconds());
        Set(command, "$open", candle.Open);
        Set(command, "$high", candle.High);
        Set(command, "$low", candle.Low);
        Set(command, "$close", candle.Close);
        Set(command, "$volume", candle.Volume);
        Set(command, "$polls", quality.Polls);
        Set(command, "$longest_hole", Milliseconds(quality.LongestHole));
        Set(command, "$first_poll_delay", Milliseconds(quality.FirstPollDelay));
        Set(command, "$last_poll_lead", Milliseconds(quality.LastPollLead));
        Set(command, "$flaws", (int)quality.Flaws);
        Set(command, "$refused", quality.Refused.Total == 0 ? null : quality.Refused.ToString());
        Set(command, "$source", quality.BackfilledFrom);
    }

    public static Candle ReadCandle(SqliteDataReader row) =>
        new(DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(0)), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4), row.GetInt64(5));

    public static CandleQuality ReadQuality(SqliteDataReader row) => new()
    {
        Polls = row.GetInt32(6),
        LongestHole = TimeSpan.FromMilliseconds(row.GetInt64(7)),
        FirstPollDelay = TimeSpan.FromMilliseconds(row.GetInt64(8)),
        LastPollLead = TimeSpan.FromMilliseconds(row.GetInt64(9)),
        Flaws = (CandleFlaws)row.GetInt32(10),
        Refused = row.IsDBNull(11) ? default : Refused(row.GetString(11)),
        BackfilledFrom = row.IsDBNull(12) ? null : row.GetString(12),
    };

    public static void Set(SqliteCommand command, string name, object? value)
    {
        var index = command.Parameters.IndexOf(name);
        if (index < 0) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        else command.Parameters[index].Value = value ?? DBNull.Value;
    }

    static long Milliseconds(TimeSpan length) => (long)length.TotalMilliseconds;

    /// <summary>Back from the words of <see cref="RefusedQuotes.ToString"/>.</summary>
    static RefusedQuotes Refused(string words)
    {
        var refused = new RefusedQuotes();
        foreach (var part in words.Split(", "))
        {
            var blank = part.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0 || !int.TryParse(part.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || !Enum.TryParse<QuoteRefusal>(part.AsSpan(blank + 1), out var why)) continue;
            for (var i = 0; i < count; i++) refused = refused.And(why);
        }
        return refused;
    }
}
