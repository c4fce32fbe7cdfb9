using System.Globalization;

namespace EtradeBot.Market;

/// <summary>The real candle files, read by the simplest means so that the calendar is judged without the product's own reader.</summary>
static class SharedCandles
{
    public static CandleSeries Daily(string name, PriceAdjustment adjustment = PriceAdjustment.Unknown) =>
        Read(Timeframe.D1, adjustment, "daily", name);

    public static CandleSeries Minutes(string name) => Read(Timeframe.M1, PriceAdjustment.Raw, "1min", name);

    public static CandleSeries Hours(string name) => Read(Timeframe.H1, PriceAdjustment.Raw, "60min", name);

    static CandleSeries Read(Timeframe timeframe, PriceAdjustment adjustment, string folder, string name)
    {
        var path = TestFolders.Shared("data", "ohlcv", folder, name + ".csv");
        var origin = new CandleOrigin(name + ".csv", Adjustment: adjustment);
        return CandleSeries.From(Symbol.Parse(name), timeframe, origin, File.ReadLines(path).Skip(1).Select(line => Parse(line, timeframe)));
    }

    static Candle Parse(string line, Timeframe timeframe)
    {
        var cells = line.Split(',');
        var openTime = timeframe.IsIntraday
            ? DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture)
            : MarketCalendar.Nyse.DailyOpen(DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return new(openTime, Price(1), Price(2), Price(3), Price(4), long.Parse(cells[5], CultureInfo.InvariantCulture));

        double Price(int cell) => double.Parse(cells[cell], CultureInfo.InvariantCulture);
    }
}
