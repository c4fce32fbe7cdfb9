using EtradeBot.Execution.Limits.Cash;
using EtradeBot.Execution.Limits.Losses;
using EtradeBot.Execution.Limits.Regimes;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Execution.Limits.Gates;

/// <summary>The program itself, at the moment of the judgement.</summary>
public sealed record DeskPicture
{
    public required Readiness State { get; init; }

    /// <summary>Why <see cref="State"/> is not <see cref="Readiness.Ready"/>, in words.</summary>
    public string StateReason { get; init; } = "";

    /// <summary>Real money: the limits must have been reviewed, and the first week is capped.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Kill was pressed and nobody has cleared it.</summary>
    public bool IsKilled { get; init; }

    /// <summary>The broker's login holds.</summary>
    public bool IsLoggedIn { get; init; } = true;

    /// <summary>This computer's clock less the broker's; null when nobody has compared them.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>The days traded with real money, and whether each was reconciled without a difference.</summary>
    public IReadOnlyList<LiveDay> LiveDays { get; init; } = [];
}

/// <summary>What is known of the order's symbol in the market.</summary>
public sealed record MarketPicture
{
    /// <summary>The latest; null: none.</summary>
    public Quote? Quote { get; init; }

    /// <summary>Middle of the last good quote before <see cref="Quote"/>, dollars; null: there was none today.</summary>
    public double? LastGoodPrice { get; init; }

    /// <summary>The exchange has stopped trading in it, as far as anybody can tell.</summary>
    public bool IsHalted { get; init; }

    /// <summary>Shares traded on an average day; null: unknown.</summary>
    public double? AverageDailyVolume { get; init; }
}

/// <summary>Shares of one symbol in the account.</summary>
/// <param name="Shares">All of them, negative when short.</param>
/// <param name="OwnShares">Those that the program has bought or sold short, of the same sign: exits sell no others, unless a person asks.</param>
/// <param name="Price">Dollars a share at the last good quote; null: unknown.</param>
public sealed record HeldShares(Symbol Symbol, decimal Shares, int OwnShares, decimal? Price)
{
    /// <summary>Dollars a share that they were bought for; null: unknown. Only for the wash-sale warning.</summary>
    public decimal? Cost { get; init; }
}

/// <summary>The account, with all that may change it unseen.</summary>
public sealed record AccountPicture
{
    public required AccountKind Kind { get; init; }

    /// <summary>Cash and positions, dollars.</summary>
    public required decimal Equity { get; init; }

    /// <summary>What the broker says may be spent, dollars; null: it did not say.</summary>
    public decimal? BuyingPower { get; init; }

    public IReadOnlyList<HeldShares> Positions { get; init; } = [];

    /// <summary>Everything that may still fill: working, sending, unknown; own and foreign.</summary>
    public IReadOnlyList<OpenOrder> Orders { get; init; } = [];

    /// <summary>Prices of symbols that are ordered and not held, dollars.</summary>
    public IReadOnlyDictionary<Symbol, decimal> Prices { get; init; } = new Dictionary<Symbol, decimal>();

    public required LossState Losses { get; init; }

    /// <summary>Money of a cash account by the day it settles; null for other accounts.</summary>
    public CashLedger? Cash { get; init; }

    public DayTradeBook DayTrades { get; init; } = DayTradeBook.Empty;
}

/// <summary>What has happened.</summary>
public sealed record HistoryPicture
{
    /// <summary>Of today at least, in any order.</summary>
    public IReadOnlyList<SentOrder> Sent { get; init; } = [];

    /// <summary>Closed trades, as far back as the longest pause and the streak reach.</summary>
    public IReadOnlyList<ClosedTrade> Closed { get; init; } = [];

    /// <summary>For wash sales: 31 days back at least.</summary>
    public IReadOnlyList<RoundTrip> RoundTrips { get; init; } = [];

    /// <summary>Purchases of shares still held, for wash sales.</summary>
    public IReadOnlyList<Purchase> Purchases { get; init; } = [];
}

/// <summary>All that an order is judged by.</summary>
public sealed record SendRequest
{
    public required AskedOrder Order { get; init; }

    public required DeskPicture Desk { get; init; }

    public required MarketPicture Market { get; init; }

    public required AccountPicture Account { get; init; }

    public required HistoryPicture History { get; init; }

    public required TradingLimits Limits { get; init; }

    public DayTradeRules DayTradeRules { get; init; } = DayTradeRules.Standard;

    public required DateTimeOffset Now { get; init; }
}
