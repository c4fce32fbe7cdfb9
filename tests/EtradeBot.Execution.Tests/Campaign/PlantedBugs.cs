namespace EtradeBot.Execution.Campaign;

/// <summary>Defects that programs of this kind have had, as small changes of the product's source.</summary>
static class PlantedBugs
{
    const string Path = "EtradeBot.Execution/Brokerage/OrderPath.cs", Room = "EtradeBot.Execution/Brokerage/ExitRoom.cs", Guard = "EtradeBot.Execution/Brokerage/PositionGuard.cs", Reconciler = "EtradeBot.Execution/Brokerage/Reconciler.cs",
        Journal = "EtradeBot.Execution/Journaling/Journal.cs", Format = "EtradeBot.Execution/Journaling/JournalFormat.cs", Life = "EtradeBot.Execution/Orders/OrderLife.cs",
        Book = "EtradeBot.Execution/Orders/OrderBook.cs", Kill = "EtradeBot.Execution/Sessions/KillFlag.cs", Trader = "EtradeBot.Execution/Sessions/Trader.cs",
        SendJudge = "EtradeBot.Execution/Sessions/SendJudge.cs", Shape = "EtradeBot.Execution/Limits/Gates/ShapeGates.cs", Lock = "EtradeBot.Execution/Sessions/TraderLock.cs",
        List = "EtradeBot.ETrade/Api/OrderList.cs", Retry = "EtradeBot.ETrade/Http/ReadRetry.cs";

    public static IReadOnlyList<PlantedBug> All { get; } = [.. Sending(), .. Resolving(), .. Protecting(), .. Keeping(), .. Forbidding()];

    static IEnumerable<PlantedBug> Sending() =>
    [
        new("fresh-id", "after a lost answer the order is sent again under a fresh client id",
            new Edit(Path, "return Lose(intent, problem.Message);", """
                _book.Record(new Refused(intent.Id, problem.Message, null));
                var again = intent with { Id = intent.Id + "r" };
                _book.Write(new IntentMade(again));
                return await AttemptAsync(again, CancellationToken.None).ConfigureAwait(false);
                """)),
        new("sent-twice", "after a lost answer the same request is sent once more",
            new Edit(Path, "return Lose(intent, problem.Message);", """
                if (intent.Replaces is not null) return Lose(intent, problem.Message);
                try
                {
                    return Accept(intent, await _line.Client.PlaceAsync(_line.AccountKey, preview, CancellationToken.None).ConfigureAwait(false));
                }
                catch (BrokerException)
                {
                    return Lose(intent, problem.Message);
                }
                """)),
        new("writes-retried", "the connection repeats every call that failed, reads or not", new Edit(Retry, "if (!failure.State.Call.IsRead) return false;", "")),
        new("failure-is-refusal", "every failure of a request counts as the broker's no",
            new Edit(Path, "catch (BrokerException problem) when (problem.Fate is RequestFate.NotSent or RequestFate.Refused)", "catch (BrokerException problem)")),
        new("crash-is-refusal", "what was on its way when the program died counts as never sent",
            new Edit(Book, "Write(new BecameUnknown(order.Id, \"the program ended while this was on its way to the broker\"));", "Write(new Refused(order.Id, \"the program ended\", null));")),
        new("brake-unseen-after-preview", "between the preview and the request nobody looks at the brake again",
            new Edit(Path, "if (Forbids(intent) is { Length: > 0 } closed) return Give(intent, closed);", "if (!intent.IsEntry && Forbids(intent) is { Length: > 0 } closed) return Give(intent, closed);")),
        new("whole-size-again", "what the strategy wished is doubled on its way", new Edit(Path, "intent.Ticket, stop);\n        var number", "intent.Ticket with { Shares = intent.Shares * 2 }, stop);\n        var number")),
    ];

    static IEnumerable<PlantedBug> Resolving() =>
    [
        new("unknown-is-free", "an order whose fate nobody knows does not freeze its symbol",
            new Edit(Path, "order.IsUnresolved && order.Intent.Symbol == intent.Symbol", "order.IsUnresolved && order.Id.Length == 0")),
        new("absent-at-once", "one list without it proves that an order is absent",
            new Edit(Reconciler, "AbsentTimes = 3;", "AbsentTimes = 1;"), new Edit(Reconciler, "AbsentFor = TimeSpan.FromSeconds(120);", "AbsentFor = TimeSpan.Zero;")),
        new("empty-is-none", "an empty list means that there are no orders",
            new Edit(List, "Pages == 1 && IsWhole && Orders.Count > 0;", "Pages == 1 && IsWhole;"),
            new Edit(Reconciler, "        var found = Candidates(lost, listing);", """
                        if (listing.Orders.Count == 0 && lost.State == OrderState.Unknown) book.Record(new Dropped(lost.Id, "there are no orders", "the program"));
                        var found = Candidates(lost, listing);
                """)),
        new("refused-forgotten", "an order that the broker refused is never looked for", new Edit(Reconciler, "&& time.GetUtcNow() - sent < RefusedFor", "&& sent == default")),
        new("foreign-adopted", "any new order of the symbol is taken for the lost one",
            new Edit(Reconciler, "fresh.Where(order => ListedOrder.Fits(order, lost.Intent))", "fresh.Where(order => order.Symbol == lost.Intent.Symbol.Ticker)")),
        new("cancelled-on-receipt", "the receipt of a cancel is taken for the cancel",
            new Edit(Life, "CancelAnswered answered => this", "CancelAnswered { IsTaken: true } taken => this with { State = OrderState.Cancelled, Words = taken.Words },\n        CancelAnswered answered => this")),
        new("filled-twice", "shares are booked again with every list that shows them", new Edit(Life, "Filled = seen.Filled,", "Filled = Filled + seen.Filled,")),
        new("first-page-only", "the first page of the list is taken for all of it", new Edit(List, "if (!page.HasNext || reading.IsCut || reading.IsLost) return reading;", "return reading;")),
    ];

    static IEnumerable<PlantedBug> Protecting() =>
    [
        new("stop-of-the-wish", "the stop is sized by what was wished, not by what has filled", new Edit(Guard, "var wanted = book.HeldOf(entry.Id) - exits", "var wanted = entry.Intent.Shares - exits")),
        new("stop-not-resized", "the stop stays as it is when more fills", new Edit(Guard, "(resting.Open != wanted || IsTighter(", "(IsTighter(")),
        new("stop-at-the-target", "the stop rests at the price of the target", new Edit(Guard, "Type = OrderPriceType.Stop, Stop = level,", "Type = OrderPriceType.Stop, Stop = entry.Intent.PlannedTarget ?? level,")),
        new("hands-take-the-bots", "a person's sale may take the shares that the bot has and no stop holds yet",
            new Edit(Room, "bots = exit.IsByPerson ?", "bots = exit is null ?")),
        new("sold-over-the-stop", "the target is sold while the stop still rests",
            new Edit(Guard, "if (entry.MayFill || exits.Any(exit => exit.Intent.Role == OrderRole.Stop || exit.IsUnresolved))", "if (entry.MayFill)"),
            new Edit(Guard, "var shares = book.HeldOf(entry.Id) - exits.Sum(exit => exit.Open);", "var shares = book.HeldOf(entry.Id);"),
            new Edit(Room, "return held - leaving.Sum(order => order.Open);", "return held - 0 * leaving.Count;"),
            new Edit(Room, "if (exit.Shares <= free) return \"\";", "if (free >= decimal.MinValue) return \"\";")),
    ];

    static IEnumerable<PlantedBug> Keeping() =>
    [
        new("acknowledged-unwritten", "a write that the disk refused counts as done",
            new Edit(Journal, "                Failure = $\"{problem.Message}; until that is mended nothing is sent to the broker\";\n                throw new IOException(Failure, problem);",
                "                return new JournalEntry(_entries.Count + 1L, _time.GetUtcNow(), what, problem.Message);")),
        new("flushed-later", "the journal's line about a request is on the disk with the next one only",
            new Edit(Journal, "    long _length;\n", "    long _length;\n    byte[] _late = [];\n"),
            new Edit(Journal, "        _disk.Append(FileName, line);", "        _late = [.. _late, .. line];\n        if (what is not Sending)\n        {\n            _disk.Append(FileName, _late);\n            _late = [];\n        }")),
        new("hash-unchecked", "an altered journal is opened as if nothing were", new Edit(Format, "if (hash != HashOf(previous, body))", "if (hash.Length == 0)")),
        new("torn-end-kept", "an unfinished last line stays where it is, and the next is written behind it", new Edit(Journal, "disk.Replace(FileName, bytes.AsSpan(0, (int)found.Length));", "disk.Replace(FileName, bytes);")),
        new("mended-over-rubbish", "after a failed write the rest of it stays in the journal", new Edit(Journal, "if (bytes.Length > _length)", "if (bytes.Length < 0)")),
        new("lock-shared", "a second copy of the program gets the same lock", new Edit(Lock, "FileShare.None);", "FileShare.ReadWrite);")),
    ];

    static IEnumerable<PlantedBug> Forbidding() =>
    [
        new("brake-in-memory", "the brake is kept in memory only",
            new Edit(Kill, "if (disk.Read(TradingFolder.KillFile) is not { } bytes) return KillFacts.None;", "if (disk.Read(TradingFolder.KillFile) is not { } bytes) return _facts;"),
            new Edit(Kill, "void Write(KillFacts facts) => disk.Replace(TradingFolder.KillFile, JsonSerializer.SerializeToUtf8Bytes(facts, Options));", "KillFacts _facts = KillFacts.None;\n\n    void Write(KillFacts facts) => _facts = facts;")),
        new("brake-read-at-start", "the brake is looked at when the program starts, and not again",
            new Edit(Trader, "        _parts.Book.TryMend();\n        MirrorKill();", "        _parts.Book.TryMend();"),
            new Edit(Trader, "if (intent.IsEntry && _parts.Kill?.Read() is { IsKilled: true } kill)", "if (intent.Shares < 0 && _parts.Kill?.Read() is { IsKilled: true } kill)")),
        new("limit-too-wide", "the limit on shares is ten times what was set", new Edit(Shape, "new Measure(order.Shares, limits.MostShares,", "new Measure(order.Shares, limits.MostShares * 10,")),
        new("settings-cached", "changed limits count from the next start only",
            new Edit(SendJudge, "            Limits = parts.Limits(),", "            Limits = _limits ??= parts.Limits(),"),
            new Edit(SendJudge, "    static readonly TimeSpan Past", "    TradingLimits? _limits;\n\n    static readonly TimeSpan Past")),
        new("local-time", "the end of an entry's time is read in the machine's own zone",
            new Edit(Trader, "        var now = _parts.Time.GetUtcNow();\n        var areForbidden", "        var now = new DateTimeOffset(_parts.Time.GetLocalNow().DateTime, TimeSpan.Zero);\n        var areForbidden")),
        new("limits-in-local-time", "the limits judge by the machine's own zone",
            new Edit(SendJudge, "        var now = parts.Time.GetUtcNow();", "        var now = new DateTimeOffset(parts.Time.GetLocalNow().DateTime, TimeSpan.Zero);")),
    ];
}
