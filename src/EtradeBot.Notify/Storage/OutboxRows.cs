using EtradeBot.Market;
using Microsoft.Data.Sqlite;

namespace EtradeBot.Notify.Storage;

/// <summary>Rows of the database as records, and commands with their values.</summary>
static class OutboxRows
{
    public const string Select = """
        SELECT d.id, d.notice, d.channel, d.state, n.key, n.event, n.level, n.title, n.text, n.symbol, n.at, d.repeat, d.attempts, d.next_at, d.sent_at, d.answer, d.maybe_twice, n.acknowledged
        FROM delivery d JOIN notice n ON n.id = d.notice
        """;

    /// <summary>States of what is not done with.</summary>
    public const string Open = "('waiting', 'sending', 'failed', 'held')";

    static readonly Dictionary<OutboxState, string> Names = new()
    {
        [OutboxState.Waiting] = "waiting",
        [OutboxState.Sending] = "sending",
        [OutboxState.Sent] = "sent",
        [OutboxState.Failed] = "failed",
        [OutboxState.GaveUp] = "gave-up",
        [OutboxState.Grouped] = "grouped",
        [OutboxState.Held] = "held",
    };

    static readonly Dictionary<string, OutboxState> States = Names.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string Name(OutboxState state) => Names[state];

    public static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    /// <param name="values">Of <c>$1</c>, <c>$2</c>, … in the text; null and times are taken as they are.</param>
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i] switch { null => DBNull.Value, DateTimeOffset time => Milliseconds(time), var value => value });
        return command;
    }

    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first column of the first row; null where there is none.</returns>
    public static long? Number(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteScalar() is long number ? number : null;
    }

    public static List<OutboxRow> Read(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<OutboxRow>();
        while (reader.Read()) rows.Add(ReadRow(reader));
        return rows;
    }

    static OutboxRow ReadRow(SqliteDataReader row)
    {
        var state = States[row.GetString(3)];
        return new OutboxRow(row.GetInt64(0), row.GetInt64(1), row.GetString(2), state)
        {
            Key = row.GetString(4),
            Event = row.GetString(5),
            Level = (NoticeLevel)row.GetInt32(6),
            Title = row.GetString(7),
            Text = row.GetString(8),
            Symbol = row.IsDBNull(9) ? null : Symbol.Parse(row.GetString(9)),
            At = Time(row, 10)!.Value,
            Repeat = row.GetInt32(11),
            Attempts = row.GetInt32(12),
            NextAttemptAt = state is OutboxState.Waiting or OutboxState.Failed or OutboxState.Held ? Time(row, 13) : null,
            SentAt = Time(row, 14),
            Answer = row.IsDBNull(15) ? null : row.GetString(15),
            MaybeSentTwice = row.GetInt64(16) != 0,
            AcknowledgedAt = Time(row, 17),
        };
    }

    static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
