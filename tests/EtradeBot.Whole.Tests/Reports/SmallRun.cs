using EtradeBot.Backtests;
using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.App.Reports;

/// <summary>Six hourly candles on both sides of a clock change, with every kind of cell that a result file can hold.</summary>
static class SmallRun
{
    static readonly Symbol Ticker = Symbol.Parse("BRK.B");

    /// <summary>15:30 on Friday 8 March 2024, then 09:30 and later on Monday 11 March, an hour earlier in UTC.</summary>
    static readonly DateTimeOffset[] Opens =
    [
        new(2024, 3, 8, 20, 30, 0, TimeSpan.Zero), new(2024, 3, 11, 13, 30, 0, TimeSpan.Zero), new(2024, 3, 11, 14, 30, 0, TimeSpan.Zero),
        new(2024, 3, 11, 15, 30, 0, TimeSpan.Zero), new(2024, 3, 11, 16, 30, 0, TimeSpan.Zero), new(2024, 3, 11, 17, 30, 0, TimeSpan.Zero),
    ];

    public static RunRecord Record => SampleRun.From(Result) with
    {
        Warnings = ["2 candles had no volume."],
        Intrabar = new IntrabarOutcome("worst", 10_060.5, 10_100.75),
    };

    public static BacktestResult Result => new()
    {
        Candles = [Candles],
        Curve = new EquityCurve
        {
            Timeframe = Timeframe.H1,
            StartingCash = 10_000,
            Times = Opens.Select(open => open.UtcTicks).ToArray(),
            Equity = [10_000, 10_012.5, 9_900.00004, 9_950.123449, 10_100, 10_060.5],
            Exposure = [0, 0.40012345678, 0.5, 0, 1, 0.0503],
        },
        RoundTrips = [Long, Short],
        OpenPositions = [Open],
        Orders = [.. Orders()],
        Fills = [Filled(1, 0), Filled(2, 1), Filled(2, 2)],
        Denials =
        [
            new(Opens[2], Ticker, Side.Buy, "gross_exposure", "1.20 of the account, limit 1.00"),
            new(Opens[3], Ticker, Side.Buy, "daily_loss", "$310.00, limit $300.00"),
            new(Opens[4], Ticker, Side.Buy, "gross_exposure", "1.10 of the account, limit 1.00"),
        ],
        AmbiguousCandles = 1,
        GapFills = 2,
        GapCost = 3.50m,
        Warnings = ["Slippage is a guess."],
    };

    static CandleSeries Candles => CandleSeries.From(Ticker, Timeframe.H1, new CandleOrigin("BRK.B.csv", Adjustment: PriceAdjustment.Raw), Opens.Select((open, i) =>
        new Candle(open, 400 + i, 402 + i, 399 + i, 401.25 + i, 1000 * (i + 1))));

    static RoundTrip Long => new()
    {
        Symbol = Ticker,
        Side = Side.Buy,
        Shares = 10,
        EntryTime = Opens[1],
        EntryPrice = 401m,
        ExitTime = Opens[2],
        ExitPrice = 389.7600m,
        ProfitAndLoss = -114.4m,
        Fees = 2m,
        R = -1.01774,
        Mae = -120.000m,
        Mfe = 12.5m,
        CandlesHeld = 1,
        EntryReason = "hammer, above \"its\" trend",
        ExitReason = "=2*ATR stop",
    };

    static RoundTrip Short => new()
    {
        Symbol = Ticker,
        Side = Side.Sell,
        Shares = 1,
        EntryTime = Opens[3],
        EntryPrice = 402.622499942779541m,
        ExitTime = Opens[4],
        ExitPrice = 252.5m,
        ProfitAndLoss = 150.122499942779541m,
        Fees = 0m,
        R = null,
        Mae = 0m,
        Mfe = 150.122499942779541m,
        CandlesHeld = 1,
        EntryReason = "two\nlines",
        ExitReason = "target",
    };

    static OpenPosition Open => new()
    {
        Symbol = Ticker,
        Shares = -2,
        EntryTime = Opens[5],
        AveragePrice = 405m,
        LastPrice = 406.25m,
        UnrealizedProfitAndLoss = -2.5m,
        EntryReason = "again",
    };

    static IEnumerable<OrderReport> Orders()
    {
        Order order = new() { Id = 1, Symbol = Ticker, Side = Side.Buy, Type = OrderType.Market, Shares = 10, SubmittedAt = Opens[0], Because = "hammer, above \"its\" trend" };
        yield return new(order, OrderStatus.Filled, 10, 401m, Opens[1], "");
        yield return new(order with { Id = 2, Side = Side.Sell, Type = OrderType.StopLimit, Stop = 390m, Limit = 389.5m, SubmittedAt = Opens[1], Because = "+stop" }, OrderStatus.Filled, 10, 389.76m, Opens[2], "gap");
        yield return new(order with { Id = 3, Side = Side.Sell, Type = OrderType.Limit, Limit = 420m, SubmittedAt = Opens[1], Because = "target" }, OrderStatus.Cancelled, 0, 0m, Opens[2], "the other one filled");
        yield return new(order with { Id = 4, Type = OrderType.TrailingStop, Trail = 2m, SubmittedAt = Opens[5], Because = "trail" }, OrderStatus.Working, 0, 0m, Opens[5], "");
    }

    static Fill Filled(int order, int candle) =>
        new(Orders().ElementAt(order - 1).Order, 5, order == 1 ? 401m : 389.76m, 0.6667m, 0.02m, Opens[candle + 1 - order / 2].UtcTicks);
}
