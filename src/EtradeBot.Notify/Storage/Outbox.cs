using Microsoft.Data.Sqlite;

namespace EtradeBot.Notify.Storage;

/// <summary>Where a notice may go: the plan, and the channels that are ready.</summary>
sealed record Routes(NoticePlan Plan, IReadOnlyList<string> Ready)
{
    public IEnumerable<string> For(string happening, NoticeLevel level) => Ready.Where(channel => Plan.For(channel).Takes(happening, level));

    public IEnumerable<string> Enabled => Ready.Where(channel => Plan.For(channel).IsEnabled);
}

/// <summary>What a channel may send at this moment.</summary>
/// <param name="QuietUntil">Notices below critical are held until then; null where no quiet hours hold.</param>
/// <param name="TakesCritical">False while the gap after the last message lasts.</param>
sealed record ClaimRules(DateTimeOffset Now, DateTimeOffset? QuietUntil, bool TakesCritical, bool TakesOthers);

/// <summary>Notices on their way, one row for each channel, in <c>notices.db</c>: they outlive the program.</summary>
/// <remarks>Every method throws <see cref="IOException"/>, which says why, where the file cannot be read or written.</remarks>
sealed class Outbox(OutboxConnection file)
{
    const string Pending = "d.state IN ('waiting', 'failed', 'held')";

    /// <summary>Takes notices whose key is not known yet, for the channels of their routes.</summary>
    /// <param name="told">Keys of those that were sent without a record before.</param>
    public void Add(IReadOnlyList<Notice> notices, Routes routes, IReadOnlySet<string> told) => file.Use(connection =>
    {
        foreach (var notice in notices) Add(connection, notice, routes, told.Contains(notice.Key));
    });

    void Add(SqliteConnection connection, Notice notice, Routes routes, bool wasTold)
    {
        var now = file.Clock.GetUtcNow();
        var plan = routes.Plan;
        var level = plan.LevelOf(notice);
        DateTimeOffset? repeatAt = level == NoticeLevel.Critical && plan.RepeatEvery > TimeSpan.Zero ? now + plan.RepeatEvery : null;
        var id = connection.Number("""
            INSERT INTO notice (key, event, level, title, text, symbol, at, posted, repeat_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id
            """, notice.Key, notice.Event, (int)level, notice.Title, notice.Text, notice.Symbol?.Ticker, notice.At, now, repeatAt);
        if (id is null) return;
        var due = level == NoticeLevel.Critical ? now : now + plan.GroupingWindow;
        foreach (var channel in routes.For(notice.Event, level).Where(channel => channel != notice.ExceptBy))
            connection.Run("INSERT INTO delivery (notice, channel, since, next_at, maybe_twice) VALUES ($1, $2, $3, $4, $5)", id, channel, now, due, wasTold ? 1 : 0);
    }

    /// <summary>What a program that died was just sending: it may have arrived, and is sent again.</summary>
    public void Recover() => file.Use(connection =>
        connection.Run("UPDATE delivery SET state = 'waiting', maybe_twice = 1, next_at = $1 WHERE state = 'sending'", file.Clock.GetUtcNow()));

    /// <summary>Takes what goes into the channel's next message and marks it as being sent: all that waits as soon as one is due, critical ones by themselves.</summary>
    /// <returns>Empty where nothing is due.</returns>
    public IReadOnlyList<OutboxRow> Claim(string channel, ClaimRules rules) => file.Use(connection =>
    {
        if (rules.QuietUntil is { } end) Hold(connection, channel, rules.Now, end);
        var rows = rules.TakesCritical ? Due(connection, channel, rules.Now, NoticeLevel.Critical) : [];
        if (rows.Count == 0 && rules.TakesOthers && rules.QuietUntil is null) rows = Due(connection, channel, rules.Now, NoticeLevel.Info);
        foreach (var row in rows) connection.Run("UPDATE delivery SET state = 'sending', attempts = attempts + 1 WHERE id = $1", row.Id);
        return rows;
    });

    static void Hold(SqliteConnection connection, string channel, DateTimeOffset now, DateTimeOffset end) => connection.Run($"""
        UPDATE delivery AS d SET state = 'held', next_at = $3 WHERE channel = $1 AND {Pending} AND next_at <= $2 AND (SELECT level FROM notice WHERE id = d.notice) < {(int)NoticeLevel.Critical}
        """, channel, now, end);

    /// <summary>All that waits from this level on, where at least one of them is due.</summary>
    static List<OutboxRow> Due(SqliteConnection connection, string channel, DateTimeOffset now, NoticeLevel from)
    {
        var due = connection.Number($"SELECT 1 FROM delivery d JOIN notice n ON n.id = d.notice WHERE d.channel = $1 AND {Pending} AND d.next_at <= $2 AND n.level >= $3 LIMIT 1", channel, now, (int)from);
        if (due is null) return [];
        using var command = connection.Command($"{OutboxRows.Select} WHERE d.channel = $1 AND {Pending} AND n.level >= $2 ORDER BY n.level DESC, n.at, d.id", channel, (int)from);
        return OutboxRows.Read(command);
    }

    /// <summary>Writes down what the provider said to a message.</summary>
    /// <param name="nextAt">When it is tried again, where it is.</param>
    public void Record(IReadOnlyList<OutboxRow> rows, ChannelAnswer answer, DateTimeOffset nextAt) => file.Use(connection =>
    {
        var now = file.Clock.GetUtcNow();
        var again = answer as ChannelAnswer.TryAgain;
        for (var i = 0; i < rows.Count; i++)
        {
            var state = answer switch
            {
                ChannelAnswer.Delivered => i == 0 ? OutboxState.Sent : OutboxState.Grouped,
                ChannelAnswer.Refused => OutboxState.GaveUp,
                _ => OutboxState.Failed,
            };
            connection.Run("UPDATE delivery SET state = $2, answer = $3, next_at = $4, sent_at = $5, maybe_twice = maybe_twice | $6 WHERE id = $1",
                rows[i].Id, OutboxRows.Name(state), answer.Words, nextAt, answer is ChannelAnswer.Delivered ? now : null, again is { MayHaveArrived: true } ? 1 : 0);
        }
    });

    /// <summary>Puts critical notices that nobody acknowledged on their way once more, unless the time before is still on its way there.</summary>
    public void Repeat(Routes routes) => file.Use(connection =>
    {
        var now = file.Clock.GetUtcNow();
        foreach (var (notice, happening, repeats) in Unacknowledged(connection, now))
        {
            var repeat = repeats + 1;
            var wait = Math.Min(routes.Plan.RepeatEvery.TotalMinutes * Math.Pow(2, repeat), Math.Max(60, routes.Plan.RepeatEvery.TotalMinutes));
            DateTimeOffset? next = routes.Plan.RepeatEvery > TimeSpan.Zero ? now.AddMinutes(wait) : null;
            connection.Run("UPDATE notice SET repeats = $2, repeat_at = $3 WHERE id = $1", notice, repeat, next);
            if (next is null) continue;
            foreach (var channel in repeat >= routes.Plan.EscalateFromRepeat ? routes.Enabled : routes.For(happening, NoticeLevel.Critical))
                connection.Run($"""
                    INSERT INTO delivery (notice, channel, repeat, since, next_at) SELECT $1, $2, $3, $4, $4
                    WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE notice = $1 AND channel = $2 AND state IN {OutboxRows.Open})
                    """, notice, channel, repeat, now);
        }
    });

    static List<(long Notice, string Event, int Repeats)> Unacknowledged(SqliteConnection connection, DateTimeOffset now)
    {
        using var command = connection.Command("SELECT id, event, repeats FROM notice WHERE repeat_at <= $1 AND acknowledged IS NULL", now);
        using var reader = command.ExecuteReader();
        var found = new List<(long, string, int)>();
        while (reader.Read()) found.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2)));
        return found;
    }

    /// <summary>Gives up what could not be sent for too long, and forgets what has been done with for long.</summary>
    public void Tidy(NoticePlan plan) => file.Use(connection =>
    {
        var now = file.Clock.GetUtcNow();
        connection.Run($"UPDATE delivery AS d SET state = 'gave-up', answer = coalesce(answer || '; ', '') || 'could not be sent for too long' WHERE {Pending} AND since < $1", now - plan.GiveUpAfter);
        connection.Run($"DELETE FROM notice WHERE posted < $1 AND id NOT IN (SELECT notice FROM delivery WHERE state IN {OutboxRows.Open})", now - plan.KeepFor);
    });

    /// <summary>What waits for a channel that was switched off is not sent when it is switched on again some day.</summary>
    public void GiveUp(string channel, string words) => file.Use(connection =>
        connection.Run($"UPDATE delivery AS d SET state = 'gave-up', answer = $2 WHERE channel = $1 AND {Pending}", channel, words));

    /// <summary>Held ones are looked at again: the quiet hours may have changed.</summary>
    public void Release() => file.Use(connection => connection.Run("UPDATE delivery SET next_at = $1 WHERE state = 'held'", file.Clock.GetUtcNow()));

    /// <returns>How many notices were acknowledged now.</returns>
    /// <param name="notice">Null for all critical ones.</param>
    public int Acknowledge(long? notice) => file.Use(connection =>
    {
        var count = connection.Run($"UPDATE notice SET acknowledged = $2, repeat_at = NULL WHERE acknowledged IS NULL AND ($1 IS NULL AND level = {(int)NoticeLevel.Critical} OR id = $1)", notice, file.Clock.GetUtcNow());
        connection.Run("DELETE FROM delivery WHERE repeat > 0 AND state IN ('waiting', 'failed', 'held') AND notice IN (SELECT id FROM notice WHERE acknowledged IS NOT NULL)");
        return count;
    });

    /// <returns>False where there is no such row, or it was sent or is being sent.</returns>
    public bool Retry(long row) => file.Use(connection =>
        connection.Run("UPDATE delivery SET state = 'waiting', since = $2, next_at = $2 WHERE id = $1 AND state IN ('waiting', 'failed', 'gave-up', 'held')", row, file.Clock.GetUtcNow())) > 0;

    public IReadOnlyList<OutboxRow> Rows(OutboxQuery query) => file.Use(connection =>
    {
        using var command = connection.Command($"""
            {OutboxRows.Select} WHERE ($1 IS NULL OR d.channel = $1) AND ($2 IS NULL OR d.state = $2) AND ($3 IS NULL OR n.key = $3)
            AND ($4 = 0 OR n.level = {(int)NoticeLevel.Critical} AND n.acknowledged IS NULL) ORDER BY d.id DESC LIMIT $5
            """, query.Channel, query.State is { } state ? OutboxRows.Name(state) : null, query.Key, query.OnlyUnacknowledged ? 1 : 0, query.Limit);
        return OutboxRows.Read(command);
    });
}
