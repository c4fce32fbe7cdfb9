using EtradeBot.Market;

namespace EtradeBot.Execution.Limits;

/// <summary>What no order of the program, the bot's or a person's, may exceed. A strategy can neither see nor raise it. Exits are never limited by it.</summary>
/// <remarks>Every number has its name in the file, its range, its unit and its plain words in <see cref="LimitCatalog"/>. Fractions are fractions: 0.03 is 3 %.</remarks>
public sealed record TradingLimits
{
    /// <summary>What holds until a person writes something else: meant to be too small rather than too large.</summary>
    public static TradingLimits Safe { get; } = new();

    /// <summary>Shares of one order.</summary>
    public int MostShares { get; init; } = 1_000;

    /// <summary>Dollars of one order at its worst price.</summary>
    public decimal MostNotional { get; init; } = 25_000;

    /// <summary>How far, as a fraction, the limit or stop of an entry may lie from the middle of the last good quote.</summary>
    public decimal PriceCollar { get; init; } = 0.03m;

    /// <summary>Fraction of the shares that trade on an average day.</summary>
    public decimal VolumeShare { get; init; } = 0.01m;

    /// <summary>Entries of one symbol a day.</summary>
    public int OrdersPerSymbol { get; init; } = 10;

    /// <summary>Entries in any 60 s.</summary>
    public int OrdersPerMinute { get; init; } = 5;

    /// <summary>Entries a day.</summary>
    public int OrdersPerDay { get; init; } = 50;

    /// <summary>Dollars of all entries of a day together, filled or not.</summary>
    public decimal DayNotional { get; init; } = 250_000;

    /// <summary>Entries of the same symbol, action, kind and number of shares within <see cref="RepeatWindow"/>.</summary>
    public int Repeats { get; init; } = 1;

    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Dollars of all positions, long and short added up, with every order that may fill counted as filled.</summary>
    public decimal GrossExposure { get; init; } = 100_000;

    /// <summary>Dollars by which long positions may outweigh short ones or the other way round, read as <see cref="GrossExposure"/> is.</summary>
    public decimal NetExposure { get; init; } = 100_000;

    /// <summary>Dollars of one symbol, read as <see cref="GrossExposure"/> is.</summary>
    public decimal Position { get; init; } = 25_000;

    /// <summary>Dollars lost since the last session's end after which no entry leaves until the next session.</summary>
    public decimal DailyLossSoft { get; init; } = 500;

    /// <summary>Dollars lost since the last session's end after which everything is sold and no entry leaves until a person clears it.</summary>
    public decimal DailyLossHard { get; init; } = 1_000;

    /// <summary>Fraction below the highest account value after which no entry leaves until a person clears it.</summary>
    public decimal Drawdown { get; init; } = 0.1m;

    /// <summary>No entry for so long after a losing trade.</summary>
    public TimeSpan LossPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Losing trades one after the other that start <see cref="StreakPause"/>.</summary>
    public int StreakLength { get; init; } = 3;

    public TimeSpan StreakPause { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>No entry into a symbol for so long after its stop was hit.</summary>
    public TimeSpan StopOutPause { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The oldest quote an entry may rest upon.</summary>
    public TimeSpan QuoteAge { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Ask less bid over their middle.</summary>
    public decimal Spread { get; init; } = 0.01m;

    /// <summary>How far a quote may lie from the good one before it, as a fraction.</summary>
    public decimal QuoteJump { get; init; } = 0.1m;

    /// <summary>How far this computer's clock may be off.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>No entry so long after the session's open.</summary>
    public TimeSpan AfterOpen { get; init; } = TimeSpan.Zero;

    /// <summary>No entry so long before the session's close, be it 16:00 or 13:00.</summary>
    public TimeSpan BeforeClose { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Entries before 09:30 and after 16:00.</summary>
    public bool AllowExtendedHours { get; init; }

    public bool AllowShort { get; init; }

    /// <summary>In a cash account: buy with settled money only, so that the shares may be sold the same day without a violation.</summary>
    public bool SettledCashOnly { get; init; } = true;

    /// <summary>Symbols that are never entered.</summary>
    public IReadOnlySet<Symbol> Restricted { get; init; } = new HashSet<Symbol>();

    /// <summary>The New York day on which a person last read these limits and meant them; null: never.</summary>
    public DateOnly? ReviewedAt { get; init; }

    public string ReviewedBy { get; init; } = "";

    /// <summary>Two sets of limits are equal when they allow the same, and the same review stands behind them.</summary>
    public bool Equals(TradingLimits? other) =>
        other is not null && LimitCatalog.All.All(limit => limit.Read(this) == limit.Read(other))
        && Restricted.SetEquals(other.Restricted) && ReviewedAt == other.ReviewedAt && ReviewedBy == other.ReviewedBy;

    public override int GetHashCode() => HashCode.Combine(MostShares, MostNotional, GrossExposure, DailyLossHard, Restricted.Count, ReviewedAt, ReviewedBy);
}
