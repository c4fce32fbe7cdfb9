namespace EtradeBot.Execution.World;

/// <summary>Every fault a world can suffer. Those of the classes F43 to F46 need the program's help: see <see cref="FaultMaker.Driver"/>.</summary>
static class FaultTable
{
    const string Time = PlannedFault.Time;

    /// <summary>Calls after which it matters whether they were carried out.</summary>
    static readonly string[] Deeds = ["place", "change-place", "cancel"];

    static readonly string[] Orders = ["preview", .. Deeds, "change-preview"];

    static readonly string[] Lists = ["orders", "portfolio", "transactions"];

    static readonly string[] Reads = ["orders", "order", "portfolio", "balance", "quote", "transactions"];

    static readonly string[] Calls = [.. Orders, .. Reads];

    static readonly string[] Logins = ["request-token", "access-token", "renew-token"];

    static readonly double[] Statuses = [500, 502, 503, 504];

    static readonly double[] Codes = [100, 101, 102, 163, 670, 1033, 1508, 1524, 2084, 2085, 1029, 4186, 5011, 900, 1037, 5001, 9876];

    public static IReadOnlyList<FaultKind> All { get; } = [.. Wire(), .. Answers(), .. Tokens(), .. Market(), .. Accounts(), .. Machine(), .. People()];

    static readonly Dictionary<string, FaultKind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Incidents are pairs: these are drawn together more often than chance would.</summary>
    public static IReadOnlyList<(string First, string Second)> Pairs { get; } =
    [
        ("lost-answer", "crash"), ("late-visible", "kill-token"), ("cancel-race", "change-shows-neither"), ("outage", "midnight"),
        ("disk-full", "foreign-sell"), ("lost-answer", "empty-list"), ("late-visible", "crash"), ("partial-fill", "cancel-race"),
        ("flush-error", "crash"), ("lost-answer", "kill-token"), ("reset", "late-visible"), ("clock-jump", "crash"),
        ("reject-after", "outage"), ("partial-fill", "crash"), ("status-after", "late-visible"), ("freeze", "foreign-cancel"),
    ];

    public static FaultKind? Find(string name) => ByName.GetValueOrDefault(name);

    static IEnumerable<FaultKind> Wire() =>
    [
        new("lost-answer", "F1", FaultMaker.Broker, Calls) { Times = 3 },
        new("lost-request", "F2", FaultMaker.Broker, Calls) { Times = 3 },
        new("reset", "F4", FaultMaker.Broker, Calls) { Values = [0, 1, 20, 200] },
        new("duplicate-answer", "F5 F6", FaultMaker.Broker, Calls) { Times = 2 },
        new("captive-page", "F7", FaultMaker.Broker, Calls) { Times = 5 },
        new("no-name", "F7", FaultMaker.Wire, Calls) { Times = 5 },
        new("no-tls", "F7", FaultMaker.Wire, Calls) { Times = 5 },
        new("no-connection", "F9", FaultMaker.Wire, Calls) { Times = 5 },
        new("slow", "F6 F8", FaultMaker.Broker, [.. Calls, "renew-token"]) { Value = (1, 40), Times = 3 },
        new("drip", "F8", FaultMaker.Broker, Calls) { Value = (0.05, 2) },
        new("outage", "F9", FaultMaker.Wire, Time) { Seconds = (1, 21_600) },
        new("flapping", "F9", FaultMaker.Wire, Time) { Value = (1, 60), Seconds = (30, 1_800) },
        new("slow-hour", "F8", FaultMaker.Wire, Time) { Value = (2, 100), Seconds = (10, 3_600) },
    ];

    static IEnumerable<FaultKind> Answers() =>
    [
        new("status-before", "F10 F11", FaultMaker.Broker, Calls) { Values = Statuses, Times = 6 },
        new("status-after", "F11", FaultMaker.Broker, Calls) { Values = Statuses, Times = 2 },
        new("rate-limit", "F12", FaultMaker.Broker, Calls) { Values = [400, 429], Texts = ["html", "json"], Times = 10 },
        new("error-before", "F13 F14 F34", FaultMaker.Broker, Calls) { Values = Codes, Times = 3 },
        new("error-after", "F13", FaultMaker.Broker, Orders) { Values = Codes },
        new("xml-error", "F16", FaultMaker.Broker, Calls) { Values = Codes },
        new("malformed", "F16", FaultMaker.Broker, Calls) { Texts = ["truncated", "wrong-type", "null", "nan", "huge-number", "bare-object", "unknown-word", "duplicate-key", "bom"] },
        new("garbled", "F16", FaultMaker.Wire, Calls) { Value = (1, 40) },
        new("empty-list", "F17", FaultMaker.Broker, Lists) { Times = 4 },
        new("paging-shift", "F18", FaultMaker.Broker, "orders"),
        new("preview-differs", "F14", FaultMaker.Broker, "preview", "change-preview") { Value = (-0.5, 0.5) },
        new("place-differs", "F15", FaultMaker.Broker, "place", "change-place") { Values = [0.5, 2, 10] },
        new("wrong-account", "F37", FaultMaker.Broker, "balance", "portfolio") { Times = 3 },
    ];

    static IEnumerable<FaultKind> Tokens() =>
    [
        new("kill-token", "F19", FaultMaker.Broker, Calls),
        new("kill-token-after", "F19", FaultMaker.Broker, Calls),
        new("midnight", "F20", FaultMaker.Machine, Time),
        new("renew-fails", "F21", FaultMaker.Broker, "renew-token") { Times = 2 },
        new("key-rejected", "F22", FaultMaker.Broker, [.. Calls, .. Logins]) { Times = 2 },
        new("timestamp-refused", "F22", FaultMaker.Broker, [.. Calls, .. Logins]) { Times = 2 },
        new("nonce-used", "F22", FaultMaker.Broker, [.. Calls, .. Logins]) { Times = 2 },
        new("signature-invalid", "F22", FaultMaker.Broker, [.. Calls, .. Logins]) { Times = 2 },
    ];

    static IEnumerable<FaultKind> Market() =>
    [
        new("frozen", "F23", FaultMaker.Broker, Time) { Seconds = (10, 1_200) },
        new("stale", "F23 F28", FaultMaker.Broker, Time) { Value = (5, 600), Seconds = (10, 600) },
        new("crossed", "F24", FaultMaker.Broker, "quote") { Times = 10 },
        new("zero-price", "F24", FaultMaker.Broker, "quote") { Times = 10 },
        new("negative-price", "F24", FaultMaker.Broker, "quote") { Times = 10 },
        new("missing-side", "F24", FaultMaker.Broker, "quote") { Times = 10 },
        new("spike", "F25", FaultMaker.Broker, "quote") { Values = [0.1, 0.5, 1.5, 2, 10] },
        new("delayed", "F26", FaultMaker.Broker, Time) { Seconds = (10, 600) },
        new("adjusted", "F26", FaultMaker.Broker, "quote") { Times = 10 },
        new("after-hours-print", "F26", FaultMaker.Broker, "quote") { Times = 10 },
        new("halt", "F27", FaultMaker.Broker, Time) { Seconds = (30, 3_600) },
        new("volume-reset", "F28", FaultMaker.Broker, "quote"),
        new("missing-symbol", "F28", FaultMaker.Broker, "quote") { Times = 20 },
        new("closed", "F29", FaultMaker.Broker, Time) { Seconds = (60, 7_200) },
    ];

    static IEnumerable<FaultKind> Accounts() =>
    [
        new("late-visible", "F3", FaultMaker.Broker, "place", "change-place") { Value = (1, 120), Times = 3 },
        new("partial-fill", "F30", FaultMaker.Broker, Time) { Value = (0.01, 0.9), Times = 8 },
        new("no-fill", "F30", FaultMaker.Broker, Time) { Times = 20 },
        new("reject-after", "F34", FaultMaker.Broker, "place", "change-place"),
        new("cancel-race", "F31 F32", FaultMaker.Broker, "cancel"),
        new("cancel-lost", "F32", FaultMaker.Broker, "cancel"),
        new("slow-cancel", "F31", FaultMaker.Broker, "cancel") { Value = (1, 60) },
        new("slow-change", "F33", FaultMaker.Broker, "change-place") { Value = (1, 30) },
        new("change-shows-both", "F33", FaultMaker.Broker, "change-place") { Value = (1, 60) },
        new("change-shows-neither", "F33", FaultMaker.Broker, "change-place") { Value = (1, 60) },
        new("bust", "F35", FaultMaker.Broker, Time),
        new("reopen", "F35", FaultMaker.Broker, Time),
        new("split", "F38", FaultMaker.Broker, Time) { Values = [0.1, 2, 10] },
    ];

    static IEnumerable<FaultKind> Machine() =>
    [
        new("crash", "F39", FaultMaker.Machine, [.. Deeds, "point", "write", "orders", Time]),
        new("freeze", "F40", FaultMaker.Machine, [.. Deeds, "write", Time]) { Value = (1, 7_200) },
        new("sleep", "F40", FaultMaker.Machine, Time) { Value = (1, 43_200) },
        new("disk-full", "F41", FaultMaker.Machine, "write") { Value = (-0.5, 1), Times = 20 },
        new("disk-read-only", "F41", FaultMaker.Machine, "write") { Times = 20 },
        new("disk-unreadable", "F41", FaultMaker.Machine, "read"),
        new("flush-error", "F41", FaultMaker.Machine, "write"),
        new("corrupt-tail", "F41", FaultMaker.Machine, "boot"),
        new("corrupt-middle", "F41", FaultMaker.Machine, "boot"),
        new("clock-skew", "F42", FaultMaker.Machine, "boot", Time) { Value = (-600, 600) },
        new("clock-jump", "F42", FaultMaker.Machine, Time) { Values = [-3_600, -600, -30, -1, 1, 30, 600, 3_600] },
    ];

    static IEnumerable<FaultKind> People() =>
    [
        new("foreign-order", "F36", FaultMaker.Broker, Time) { Value = (1, 50) },
        new("foreign-cancel", "F36", FaultMaker.Broker, Time),
        new("foreign-sell", "F36", FaultMaker.Broker, Time),
        new("second-copy", "F43", FaultMaker.Driver, Time),
        new("settings-changed", "F46", FaultMaker.Driver, Time),
    ];
}
