namespace EtradeBot.Market;

/// <summary>Why a quote must not feed a candle.</summary>
public enum QuoteRefusal
{
    /// <summary>The last price is missing, zero or negative.</summary>
    NoPrice,

    /// <summary>The bid is above the ask.</summary>
    Crossed,

    /// <summary>Not a price that anybody traded at.</summary>
    Indicative,

    /// <summary>Some 15 minutes old, and delayed quotes were not asked for.</summary>
    Delayed,

    /// <summary>Marked as outside the regular session although its time lies inside.</summary>
    AfterHours,

    /// <summary>Older than a quote before it.</summary>
    OutOfOrder,

    /// <summary>Arrives anew and yet bears the same time for too long.</summary>
    Frozen,

    /// <summary>Far off the price before it, and the next quote did not confirm it.</summary>
    Spike,

    /// <summary>The mark for adjusted prices changed within a session, so that its prices do not compare with those before.</summary>
    Adjusted,
}

/// <summary>How many quotes were refused, by reason.</summary>
public readonly record struct RefusedQuotes
{
    public int NoPrice { get; init; }

    public int Crossed { get; init; }

    public int Indicative { get; init; }

    public int Delayed { get; init; }

    public int AfterHours { get; init; }

    public int OutOfOrder { get; init; }

    public int Frozen { get; init; }

    public int Spike { get; init; }

    public int Adjusted { get; init; }

    public int this[QuoteRefusal why] => why switch
    {
        QuoteRefusal.NoPrice => NoPrice,
        QuoteRefusal.Crossed => Crossed,
        QuoteRefusal.Indicative => Indicative,
        QuoteRefusal.Delayed => Delayed,
        QuoteRefusal.AfterHours => AfterHours,
        QuoteRefusal.OutOfOrder => OutOfOrder,
        QuoteRefusal.Frozen => Frozen,
        QuoteRefusal.Spike => Spike,
        _ => Adjusted,
    };

    public int Total => NoPrice + Crossed + Indicative + Delayed + AfterHours + OutOfOrder + Frozen + Spike + Adjusted;

    /// <summary>One more for that reason.</summary>
    public RefusedQuotes And(QuoteRefusal why) => why switch
    {
        QuoteRefusal.NoPrice => this with { NoPrice = NoPrice + 1 },
        QuoteRefusal.Crossed => this with { Crossed = Crossed + 1 },
        QuoteRefusal.Indicative => this with { Indicative = Indicative + 1 },
        QuoteRefusal.Delayed => this with { Delayed = Delayed + 1 },
        QuoteRefusal.AfterHours => this with { AfterHours = AfterHours + 1 },
        QuoteRefusal.OutOfOrder => this with { OutOfOrder = OutOfOrder + 1 },
        QuoteRefusal.Frozen => this with { Frozen = Frozen + 1 },
        QuoteRefusal.Spike => this with { Spike = Spike + 1 },
        _ => this with { Adjusted = Adjusted + 1 },
    };

    /// <summary>Such as <c>2 Crossed, 1 Spike</c>; empty without any.</summary>
    public override string ToString()
    {
        var counts = this;
        return string.Join(", ", Enum.GetValues<QuoteRefusal>().Where(why => counts[why] > 0).Select(why => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{counts[why]} {why}")));
    }
}

/// <summary>What may be wrong with a candle that was built from polled quotes.</summary>
[Flags]
public enum CandleFlaws
{
    None = 0,

    /// <summary>Nobody was looking when it began: its first trades may be missing.</summary>
    StartedLate = 1,

    /// <summary>Something traded during a pause between polls that was too long.</summary>
    HasHole = 2,

    /// <summary>The volume is not the whole one: the day's total was missing, fell, or spans candles that nobody saw.</summary>
    VolumeUnknown = 4,

    /// <summary>The day's total fell within the session.</summary>
    VolumeReset = 8,

    /// <summary>The volume counts shares that were traded before the open.</summary>
    PremarketVolume = 16,

    /// <summary>The volume counts shares of an earlier candle, reported after that was closed.</summary>
    LateVolume = 32,

    /// <summary>Built from delayed quotes.</summary>
    Delayed = 64,

    /// <summary>A quote that the broker marked as after hours gave its last price; its volume may count shares traded after the close.</summary>
    AfterHours = 128,

    /// <summary>Its session opened away from the one before in the ratio of a split.</summary>
    SplitJump = 256,

    /// <summary>The broker began, or ceased, to mark prices as adjusted since the session before.</summary>
    Adjusted = 512,

    /// <summary>No quote came after its end: closed by the clock.</summary>
    ClosedByTime = 1024,
}

/// <summary>How well a candle is founded. Times are those of the quotes, not of their arrival.</summary>
/// <remarks>
/// Polling cannot see every trade. What was missed lies in the pauses between polls: an open differs from the true one only if the
/// first trade fell into a pause, a close by no more than what traded in <see cref="LastPollLead"/>, a high is never too high and a low
/// never too low, and volume of a pause across a candle's edge is counted in the later candle.
/// </remarks>
public sealed record CandleQuality
{
    /// <summary>Accepted quotes that told of its span; 0 for a backfilled candle.</summary>
    public int Polls { get; init; }

    /// <summary>Longest pause between polls inside its span, those from its start and to its end included.</summary>
    public TimeSpan LongestHole { get; init; }

    /// <summary>From its start to the first poll.</summary>
    public TimeSpan FirstPollDelay { get; init; }

    /// <summary>From the last poll to its end; zero when a later quote proves that nothing traded in between.</summary>
    public TimeSpan LastPollLead { get; init; }

    public CandleFlaws Flaws { get; init; }

    /// <summary>Quotes refused since the candle before.</summary>
    public RefusedQuotes Refused { get; init; }

    /// <summary>Name of the history source of a candle that was not built from quotes; null: live.</summary>
    public string? BackfilledFrom { get; init; }

    public bool IsBackfilled => BackfilledFrom is not null;

    public bool StartedLate => Has(CandleFlaws.StartedLate);

    public bool HasHole => Has(CandleFlaws.HasHole);

    /// <summary>Prices may lack trades: started late, or with a hole.</summary>
    public bool IsIncomplete => StartedLate || HasHole;

    public bool VolumeUnknown => Has(CandleFlaws.VolumeUnknown);

    public bool IsDelayed => Has(CandleFlaws.Delayed);

    public bool HasAfterHours => Has(CandleFlaws.AfterHours);

    public bool Has(CandleFlaws flaw) => (Flaws & flaw) != 0;

    public static CandleQuality Backfilled(string source) => new() { BackfilledFrom = source };
}
