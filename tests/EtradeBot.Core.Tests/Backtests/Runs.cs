using EtradeBot.Market;
using EtradeBot.Trading;

namespace EtradeBot.Backtests;

/// <summary>Small results of a backtest, written down instead of run.</summary>
static class Runs
{
    public static readonly Symbol Symbol = Symbol.Parse("TEST");

    /// <summary>Daily candles in a year of the tests: one weekday each.</summary>
    public static readonly MetricsOptions Options = new() { PeriodsPerYear = 252, Resamples = 0 };

    /// <summary>An account with one value for each weekday from 4 January 2021, without candles of its own.</summary>
    public static BacktestResult Account(double start, params double[] equity) => new()
    {
        Candles = [],
        Curve = new EquityCurve
        {
            Timeframe = Timeframe.D1,
            StartingCash = start,
            OpenTicks = Weekdays(equity.Length),
            Equity = equity,
            Exposure = new double[equity.Length],
        },
        RoundTrips = [],
        OpenPositions = [],
        Orders = [],
        Fills = [],
        Denials = [],
        AmbiguousCandles = 0,
        GapFills = 0,
        GapCost = 0,
        Warnings = [],
    };

    /// <summary>Puts candles that open where the one before closed under an account.</summary>
    public static BacktestResult Holding(this BacktestResult result, double firstOpen, params double[] closes) =>
        result with { Candles = [Series(result.Curve.OpenTicks, firstOpen, closes)] };

    public static CandleSeries Series(long[] openTicks, double firstOpen, double[] closes, bool simulated = false)
    {
        var columns = new CandleColumns();
        for (var i = 0; i < closes.Length; i++)
        {
            var open = i == 0 ? firstOpen : closes[i - 1];
            columns.Add(openTicks[i], open, Math.Max(open, closes[i]), Math.Min(open, closes[i]), closes[i], 1000);
        }
        return CandleSeries.FromColumns(Symbol, Timeframe.D1, new CandleOrigin("test", simulated), columns);
    }

    public static BacktestResult Trades(this BacktestResult result, params decimal[] profits) =>
        result with { RoundTrips = [.. profits.Select(profit => Trip(profit))] };

    public static RoundTrip Trip(decimal profit, double? r = null, int candlesHeld = 1) => new()
    {
        Symbol = Symbol,
        Side = Side.Buy,
        Shares = 10,
        EntryTime = MarketCalendar.Nyse.DailyOpen(new DateOnly(2021, 1, 5)),
        EntryPrice = 100,
        ExitTime = MarketCalendar.Nyse.DailyOpen(new DateOnly(2021, 1, 6)),
        ExitPrice = 100 + profit / 10,
        ProfitAndLoss = profit,
        Fees = 0,
        R = r,
        Mae = 0,
        Mfe = 0,
        CandlesHeld = candlesHeld,
        EntryReason = "test",
        ExitReason = "test",
    };

    public static Fill Fill(int shares, decimal price, decimal fees, decimal slippage) => new()
    {
        OrderId = 1,
        Symbol = Symbol,
        Side = Side.Buy,
        Shares = shares,
        Price = price,
        Fees = fees,
        Slippage = slippage,
        FilledAt = MarketCalendar.Nyse.DailyOpen(new DateOnly(2021, 1, 5)),
        Because = "test",
    };

    public static long[] Weekdays(int count)
    {
        var ticks = new long[count];
        var day = new DateOnly(2021, 1, 4);
        for (var i = 0; i < count; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                ticks[i++] = MarketCalendar.Nyse.DailyOpen(day).UtcTicks;
        return ticks;
    }

    /// <summary>An account that earns independent returns: the same for the same seed.</summary>
    public static double[] Walk(ulong seed, int count, double mean, double spread)
    {
        var random = new SplitMix64(seed);
        var equity = new double[count];
        var value = 1000.0;
        for (var i = 0; i < count; i++)
        {
            // The sum of twelve uniform numbers less six is as good as normal here.
            var normal = -6.0;
            for (var k = 0; k < 12; k++) normal += random.Next(1 << 30) / (double)(1 << 30);
            equity[i] = value *= 1 + mean + spread * normal;
        }
        return equity;
    }
}
