using EtradeBot.Backtests;
using EtradeBot.Market;
using EtradeBot.Strategies;
using EtradeBot.Trading;

namespace EtradeBot;

/// <summary>Short candle series and scripted wishes, so that a test reads like the page of a ledger.</summary>
static class Ledger
{
    public static readonly Symbol Acme = Symbol.Parse("ACME");

    /// <summary>Daily candles from Monday 4 January 2021: open, high, low, close; a million shares each.</summary>
    public static CandleSeries Days(params (double O, double H, double L, double C)[] rows) => Days(Acme, rows);

    public static CandleSeries Days(Symbol symbol, params (double O, double H, double L, double C)[] rows) =>
        Days(symbol, 1_000_000, rows);

    public static CandleSeries Days(Symbol symbol, long volume, params (double O, double H, double L, double C)[] rows)
    {
        var day = new DateOnly(2021, 1, 4);
        var columns = new CandleColumns();
        foreach (var (o, h, l, c) in rows)
        {
            columns.Add(new Candle(MarketCalendar.Nyse.DailyOpen(day), o, h, l, c, volume));
            day = day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1);
        }
        return CandleSeries.FromColumns(symbol, Timeframe.D1, new CandleOrigin("test"), columns);
    }

    /// <summary>Runs scripted signals: the key is the index of the candle at whose close the wish is made.</summary>
    public static BacktestResult Play(CandleSeries candles, BacktestSettings settings, params (int At, Signal Wish)[] wishes) =>
        Backtest.Run(settings, () => new Scripted(wishes), candles);

    public static BacktestSettings Shares(int count) => new() { Cash = 100_000, Sizing = new Sizing(SizingKind.Shares, count) };

    public static Signal Buy => new() { Side = Side.Buy, Because = "in" };

    public static Signal Sell => new() { Side = Side.Sell, Because = "out" };

    sealed class Scripted((int At, Signal Wish)[] wishes) : Strategy
    {
        public override Signal? OnCandle(View view) => wishes.FirstOrDefault(wish => wish.At == view.Index).Wish;
    }
}
